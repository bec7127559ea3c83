import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { reportOf, withoutCost } from '../support/report-of.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

describe('integration: streams', () => {
  const { path, write, fifo } = useScratch();

  const contents: Record<string, string> = {
    'ordinary lines': logLines(3000),
    'lines without a last newline': logLines(50).trimEnd(),
    'odd lines': `\ufeff${logLines(3)}\r\n\0\0\0${logLines(3)}\0\n${'x'.repeat(1_200_000)}\n${logLines(2)}`,
    'a long run of NUL': `${'\0'.repeat(1_500_000)}${logLines(2)}`,
    nothing: '',
  };
  for (const [what, content] of Object.entries(contents)) {
    it(`give the report of a file with the same bytes: ${what}`, async () => {
      write('app.log', content);
      const args = ['--json', '--chunk-size', '16KiB'];
      const pipe = fifo('pipe');

      const file = await runMillrace(['analyze', path('app.log'), ...args]);
      const stdin = await runMillrace(['analyze', '-', ...args], { input: content });
      const [named] = await Promise.all([runMillrace(['analyze', pipe, ...args]), writeFile(pipe, content)]);

      const expected = JSON.stringify(withoutCost(reportOf(file)));
      expect(JSON.stringify(withoutCost(reportOf(stdin)))).to.equal(renamed(expected, path('app.log'), '-'));
      expect(JSON.stringify(withoutCost(reportOf(named)))).to.equal(renamed(expected, path('app.log'), pipe));
      expect([stdin.code, named.code]).to.deep.equal([file.code, file.code]);
    }).timeout(20_000);
  }

  it('are read once, however often standard input is named', async () => {
    const run = await runMillrace(['analyze', '-', '-', '/dev/stdin', '--json'], { input: logLines(5) });

    expect([run.code, reportOf(run).lines, reportOf(run).files.length, run.stderr]).to.deep.equal([0, 5, 1, '']);
  });

  it('are read beside files', async () => {
    write('app.log', logLines(7));

    const run = await runMillrace(['analyze', path('app.log'), '-', '--json'], { input: logLines(5) });

    expect(reportOf(run).files.map(({ path: name, lines }) => [name, lines])).to.deep.equal([
      ['-', 5],
      [path('app.log'), 7],
    ]);
  });
});

function renamed(json: string, from: string, to: string): string {
  return json.replaceAll(JSON.stringify(from), JSON.stringify(to));
}
