import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { reportOf, withoutCost } from '../support/report-of.js';
import { type Run, runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

describe('integration: workers that fail', () => {
  const { path, write } = useScratch();

  function analyze(chaos: readonly string[]): Promise<Run> {
    return runMillrace([
      'analyze',
      path('a.log'),
      path('b.log'),
      '--json',
      '--chunk-size',
      '4KiB',
      '--workers',
      '2',
      '--stall-timeout',
      '400ms',
      ...chaos,
    ]);
  }

  beforeEach(() => {
    write('a.log', `${logLines(1500)}no log line\n\n\0\0${logLines(10)}`);
    write('b.log', logLines(300).slice(0, -5));
  });

  for (const chaos of [
    'crash=0.5',
    'exit=0.3',
    'hang=0.05',
    'slow=0.1',
    'duplicate=0.5',
    'crash=0.2,exit=0.1,hang=0.02,slow=0.05,duplicate=0.2',
  ]) {
    it(`leave the report as it is, for two seeds: ${chaos}`, async () => {
      const quiet = reportOf(await analyze([]));
      expect(quiet.coverage.complete).to.equal(true);
      let disturbances = 0;

      for (const seed of [1, 2]) {
        const run = await analyze(['--chaos', `${chaos},seed=${seed}`]);

        const report = reportOf(run);
        expect(withoutCost(report)).to.deep.equal(withoutCost(quiet));
        expect([run.code, run.stderr, report.coverage.split]).to.deep.equal([0, '', 0]);
        disturbances += report.coverage.retried + report.coverage.duplicates;
      }

      expect(disturbances > 0).to.equal(!chaos.startsWith('slow'));
    }).timeout(30_000);
  }

  it('leave the report of a stream as it is', async () => {
    const input = logLines(1500);
    const args = ['analyze', '-', '--json', '--chunk-size', '4KiB', '--workers', '2'];

    const quiet = reportOf(await runMillrace(args, { input }));
    const run = await runMillrace([...args, '--chaos', 'crash=0.3,exit=0.1,duplicate=0.2,seed=5'], { input });

    expect(withoutCost(reportOf(run))).to.deep.equal(withoutCost(quiet));
    expect(reportOf(run).coverage.retried).to.be.greaterThan(0);
  }).timeout(20_000);
});
