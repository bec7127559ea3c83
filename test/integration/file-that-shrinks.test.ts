import { rmSync, truncateSync } from 'node:fs';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { reportOf } from '../support/report-of.js';
import { type RunningCommand, startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const LINES = 1000;

describe('integration: files that change while they are read', () => {
  const { path, write } = useScratch();

  /** Starts a run that is slow enough to be overtaken, and waits until it has planned its inputs. */
  async function startSlowly(): Promise<RunningCommand> {
    write('app.log', logLines(LINES));
    const running = startMillrace([
      'analyze',
      path('app.log'),
      '--json',
      '--workers',
      '1',
      '--chunk-size',
      '16KiB',
      '--chaos',
      'slow=1',
      '--log-level',
      'debug',
    ]);
    await running.untilStderr('/supervisor/coordinator/worker-');
    return running;
  }

  it('one that shrinks costs what is gone: coverage incomplete, exit code 5, the rest is counted', async () => {
    const running = await startSlowly();

    truncateSync(path('app.log'), 100);
    const run = await running.done;

    const { coverage, bytes } = reportOf(run);
    expect([run.code, coverage.complete, coverage.counted < bytes]).to.deep.equal([5, false, true]);
    expect(coverage.abandoned.length).to.be.greaterThan(0);
    expect(coverage.abandoned.map(({ reason }) => reason.slice(0, reason.indexOf(':')))).to.deep.equal(
      coverage.abandoned.map(() => `${path('app.log')} became shorter while it was read`),
    );
  }).timeout(10_000);

  it('one that grows is read up to the size that it had', async () => {
    const running = await startSlowly();
    const { length } = logLines(LINES);

    write('app.log', logLines(LINES + 50));
    const run = await running.done;

    expect([run.code, reportOf(run).bytes, reportOf(run).lines]).to.deep.equal([0, length, LINES]);
  }).timeout(10_000);

  it('one that is removed is read to its end', async () => {
    const running = await startSlowly();

    rmSync(path('app.log'));
    const run = await running.done;

    expect([run.code, reportOf(run).lines, reportOf(run).coverage.complete]).to.deep.equal([0, LINES, true]);
  }).timeout(10_000);
});
