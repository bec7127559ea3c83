import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { reportOf } from '../support/report-of.js';
import { type RunningCommand, startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const LINES = 3000;
/** More than a head of 64 KiB, and less than that and a full pipe: nobody reads on. */
const FEW_LINES = 1800;
/** The log says so once a chunk is at work: the handlers of signals are in place by then. */
const AT_WORK = '/supervisor/coordinator/worker-';

describe('integration: signals', () => {
  const { path, write, fifo } = useScratch();
  let writer = -1;

  /** Starts a run over a FIFO that has lines to read, and whose end does not come. */
  async function startEndless(args: readonly string[] = [], lines = LINES): Promise<RunningCommand> {
    const running = startMillrace(['analyze', fifo('pipe'), '--chunk-size', '4KiB', '--log-level', 'debug', ...args]);
    writer = openSync(path('pipe'), 'r+');
    await writeFile(path('pipe'), logLines(lines));
    await running.untilStderr(AT_WORK);
    return running;
  }

  afterEach(() => {
    if (writer >= 0) closeSync(writer);
    writer = -1;
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${signal} gives a report of what was read, which says that it is partial, and ${code}`, async () => {
      const running = await startEndless(['--json']);

      running.process.kill(signal);
      const run = await running.done;

      const { lines, parsed, bytes, coverage } = reportOf(run);
      expect([run.code, run.signal]).to.deep.equal([code, null]);
      expect([coverage.complete, coverage.counted, coverage.abandoned]).to.deep.equal([false, bytes, []]);
      expect(lines).to.be.greaterThan(0);
      expect(lines).to.be.at.most(LINES);
      expect(parsed).to.equal(lines); // no line is cut in the middle
    });
  }

  it('gives a partial report of files, too', async () => {
    write('app.log', logLines(LINES));
    const running = startMillrace([
      'analyze',
      path('app.log'),
      '--json',
      '--chunk-size',
      '1KiB',
      '--workers',
      '1',
      '--chaos',
      'slow=1',
      '--log-level',
      'debug',
    ]);
    await running.untilStderr(AT_WORK);

    running.process.kill('SIGINT');
    const run = await running.done;

    const { coverage, lines } = reportOf(run);
    expect([run.code, coverage.complete, coverage.counted < coverage.bytes]).to.deep.equal([130, false, true]);
    expect(lines).to.be.greaterThan(0);
  }).timeout(10_000);

  it('does not wait longer than two seconds for workers that hang', async () => {
    const running = await startEndless(['--json', '--chaos', 'hang=1', '--stall-timeout', '1h'], FEW_LINES);

    running.process.kill('SIGINT');
    const run = await running.done;

    const { coverage } = reportOf(run);
    expect([run.code, coverage.complete, coverage.counted]).to.deep.equal([130, false, 0]);
  }).timeout(10_000);

  it('a second signal ends it at once, without a report', async () => {
    const running = await startEndless(['--chaos', 'hang=1', '--stall-timeout', '1h'], FEW_LINES);

    running.process.kill('SIGINT');
    running.process.kill('SIGTERM');
    const { code, signal, stdout } = await running.done;

    expect([signal, stdout]).to.deep.equal([null, '']);
    expect(code).to.be.oneOf([130, 143]); // the system hands on two waiting signals in any order
  });

  it('ends while it waits for the first writer of a FIFO', async () => {
    const running = startMillrace(['analyze', fifo('pipe'), '--json', '--log-level', 'debug']);
    await running.untilStderr('/supervisor/coordinator');

    running.process.kill('SIGINT');
    const run = await running.done;

    const { lines, coverage } = reportOf(run);
    expect([run.code, lines, coverage.complete]).to.deep.equal([130, 0, false]);
  });

  it('has no child processes that a kill -9 could leave behind', async () => {
    const running = await startEndless(['--workers', '2']);
    const pid = running.process.pid ?? 0;

    const children = readdirSync(`/proc/${pid}/task`).map((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'),
    );
    running.process.kill('SIGKILL');
    const { signal } = await running.done;

    expect([children.join(''), signal]).to.deep.equal(['', 'SIGKILL']);
  });
});
