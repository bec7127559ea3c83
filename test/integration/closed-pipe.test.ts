import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { reportOf } from '../support/report-of.js';
import { startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

describe('integration: a reader who has enough', () => {
  const { write, path } = useScratch();

  for (const args of [['analyze', 'app.log'], ['analyze', 'app.log', '--json', '--window', '1s'], ['--help'], []]) {
    it(`is no error: millrace ${args.join(' ')} | true`, async () => {
      write('app.log', logLines(5000));
      const running = startMillrace(args.map((arg) => (arg === 'app.log' ? path(arg) : arg)));
      running.process.stdout?.destroy();

      const { code, stderr } = await running.done;

      expect([code, stderr]).to.deep.equal([0, '']);
    });
  }

  it('of a report is no error where he took its first line', async () => {
    const file = write('app.log', logLines(20_000));
    const running = startMillrace(['analyze', file, '--json', '--window', '1s']);
    running.process.stdout?.once('data', () => running.process.stdout?.destroy());

    const { code, stderr, stdout } = await running.done;

    expect([code, stderr, stdout.slice(0, 2)]).to.deep.equal([0, '', '{\n']);
  });

  it('of the own log changes nothing else', async () => {
    const running = startMillrace(['analyze', write('app.log', logLines(100)), '--json', '--log-level', 'debug']);
    running.process.stderr?.destroy();

    const run = await running.done;

    expect([run.code, reportOf(run).lines]).to.deep.equal([0, 100]);
  });
});
