/** Both engines, as a user chooses them: the same report and the same digest, also when everything goes wrong. */
import { expect } from 'chai';
import { FORMAT_CHOICES } from '../../src/generate/options.js';
import { generatedLog, writeGenerated } from '../support/generated-log.js';
import { reportOf, withoutCost } from '../support/report-of.js';
import { filesIn, ROOT } from '../support/repository.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const CHUNKS = ['--workers', '2', '--chunk-size', '64KiB'];
const DIGEST = /^[\da-f]{64}$/;
const SAMPLES = filesIn('samples', '.log').map((name) => `${ROOT}samples/${name}`);

/** What both engines report of one input. */
interface Agreed {
  /** Without cost. */
  readonly report: object;
  readonly digest: string | null;
  /** Attempts that were repeated, by both together. */
  readonly retried: number;
}

/** Runs both engines; they must end alike and report the same. */
async function runBoth(args: readonly string[], input?: Uint8Array): Promise<Agreed> {
  const runs = await Promise.all(
    ['reference', 'scanner'].map((engine) =>
      runMillrace(['analyze', ...args, '--json', '--engine', engine], input === undefined ? {} : { input }),
    ),
  );
  expect(runs.map(({ code, stderr }) => [code, stderr])).to.deep.equal([
    [0, ''],
    [0, ''],
  ]);
  const reports = runs.map(reportOf);
  const [expected, found] = reports.map(withoutCost);
  expect(found).to.deep.equal(expected);
  return {
    report: expected ?? {},
    digest: reports[0]?.coverage.digest ?? null,
    retried: reports.reduce((sum, { coverage }) => sum + coverage.retried, 0),
  };
}

describe('integration: both engines', function () {
  this.timeout(60_000);
  const scratch = useScratch();

  for (const args of [
    [],
    ['--window', '10s'],
    ['--no-fold-ids'],
    ['--timezone', 'Europe/Berlin', '--top', '50'],
    ['--keys-per-window', 'path,method,clientIp,logger'],
  ]) {
    it(`give one report of the samples, digest included: ${args.join(' ') || 'as they are'}`, async () => {
      const { digest } = await runBoth([...SAMPLES, ...args]);

      expect(digest).to.match(DIGEST);
    });
  }

  for (const format of FORMAT_CHOICES) {
    it(`give one report of a generated log with dirt: ${format}`, async () => {
      const path = writeGenerated(generatedLog({ format, dirt: 0.1, seed: 5 }), scratch);

      const { digest } = await runBoth([path, ...CHUNKS]);

      expect(digest).to.match(DIGEST);
    });
  }

  it('give one report where attempts crash and threads die, which is that of a quiet run', async () => {
    const path = writeGenerated(generatedLog({ format: 'mixed', dirt: 0.05 }), scratch);

    const quiet = await runBoth([path, ...CHUNKS]);

    for (const seed of [1, 2]) {
      const disturbed = await runBoth([path, ...CHUNKS, '--chaos', `crash=0.2,exit=0.1,seed=${seed}`]);

      expect(disturbed.report).to.deep.equal(quiet.report);
      expect(disturbed.retried).to.be.greaterThan(0);
    }
  });

  it('put the same lines into quarantine, and count the others', async () => {
    const { bytes, truth } = generatedLog({ format: 'mixed', dirt: 0.05, sizeBytes: 200_000 });
    const poison = '2024-01-24 10:16:00.000 ERROR skull and bones, processed in 1ms\n';
    const text = bytes.toString('latin1');
    const middle = text.indexOf('\n', text.length / 2) + 1;
    const poisoned = poison + text.slice(0, middle) + poison + poison + text.slice(middle) + poison.trimEnd();
    const path = scratch.write('poisoned.log', Buffer.from(poisoned, 'latin1'));

    const { report } = await runBoth([path, ...CHUNKS, '--chaos', 'poison=skull']);

    expect(report).to.include({ quarantined: 4, lines: truth.lines + 4 });
  });

  it('give one report of a stream', async () => {
    const { bytes } = generatedLog({ format: 'mixed', dirt: 0.05 });

    const { report, retried } = await runBoth(['-', ...CHUNKS, '--chaos', 'crash=0.2,exit=0.1,seed=3'], bytes);

    expect(report).to.include({ bytes: bytes.length });
    expect(retried).to.be.greaterThan(0);
  });
});
