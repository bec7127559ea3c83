import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import type { EntrySampleReport } from '../../src/report/summary-report.js';
import { mixedLog } from '../support/make-logs.js';
import { reportOf } from '../support/report-of.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

/** The line of an example as a user would get it: `tail` counts from 1. */
function lineAt({ file, offset, bytes }: EntrySampleReport): Buffer {
  return execFileSync('sh', ['-c', `tail -c +${offset + 1} "$0" | head -c ${bytes}`, file]);
}

describe('integration: places of errors and slow entries', () => {
  const { write } = useScratch();

  for (const engine of ['scanner', 'reference']) {
    it(`lead to whole lines in their files, and the slowest is the largest duration: ${engine}`, async () => {
      const files = [write('a.log', mixedLog(3000, 5)), write('b.log', mixedLog(3000, 6))];

      const run = await runMillrace(['analyze', ...files, '--json', '--chunk-size', '16KiB', '--engine', engine]);

      const { samples, durationMs, errors } = reportOf(run);
      expect([samples.errors.length, samples.slowest.length]).to.deep.equal([Math.min(6, errors.total), 5]);
      expect(samples.slowest.map((each) => each.durationMs)[0]).to.equal(durationMs?.max);
      for (const sample of [...samples.errors, ...samples.slowest]) {
        const line = lineAt(sample).toString();
        expect(line.replace(/\r?\n$/, '').slice(0, 256)).to.equal(sample.text);
        expect(line.endsWith('\n')).to.equal(true);
      }
      for (const { kind, text } of samples.errors) {
        expect(text).to.match(kind === 'ERROR' ? / ERROR Order / : /" 5\d\d /);
      }
    });
  }
});
