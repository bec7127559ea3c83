import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { reportOf } from '../support/report-of.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const POISON = '2024-01-24 10:16:00.000 ERROR skull and bones, processed in 1ms\n';

describe('integration: lines that kill their thread', () => {
  const { write } = useScratch();

  it('are quarantined, exactly they, and every other line is counted', async () => {
    const before = logLines(100);
    const between = logLines(40);
    const content = `${POISON}${before}${POISON}${POISON}${between}${POISON.trimEnd()}`;
    const file = write('app.log', content);

    const run = await runMillrace(['analyze', file, '--json', '--workers', '2', '--chaos', 'poison=skull']);

    const { lines, parsed, quarantined, coverage, samples, requests } = reportOf(run);
    expect({ lines, parsed, quarantined, requests: requests.total }).to.deep.equal({
      lines: 144,
      parsed: 140,
      quarantined: 4,
      requests: 140,
    });
    expect(samples.quarantined.map(({ offset }) => offset)).to.deep.equal([
      0,
      POISON.length + before.length,
      POISON.length * 2 + before.length,
    ]);
    expect([coverage.complete, coverage.counted, coverage.quarantined]).to.deep.equal([true, content.length, 4]);
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
  }).timeout(30_000);

  it('are quarantined in a stream, too', async () => {
    const input = `${logLines(20)}${POISON}${logLines(20)}`;

    const run = await runMillrace(['analyze', '-', '--json', '--workers', '1', '--chaos', 'poison=skull'], { input });

    const { parsed, quarantined, coverage } = reportOf(run);
    expect({ parsed, quarantined, complete: coverage.complete }).to.deep.equal({
      parsed: 40,
      quarantined: 1,
      complete: true,
    });
  }).timeout(20_000);
});
