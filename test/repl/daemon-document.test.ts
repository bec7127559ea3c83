/** docs/daemon.md shows real answers: each block is asked of a daemon over its socket, and must be what is printed. */
import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { ControlClient } from '../../src/repl/control-client.js';
import { ControlServer } from '../../src/repl/control-server.js';
import { daemonCommands } from '../../src/repl/daemon-commands.js';
import { renderAnswer } from '../../src/report/daemon/render-answer.js';
import { demoDaemon } from '../support/demo-daemon.js';
import { textOf } from '../support/repository.js';
import { useScratch } from '../support/scratch.js';
import { NOON, useStores } from '../support/stored.js';

const DOCUMENT = textOf('docs/daemon.md');
const SECTION = DOCUMENT.split('\n## Commands\n')[1]?.split('\n## ')[0] ?? '';
const OPTIONS = { widthColumns: 100, useColor: false };

/** Commands with what is printed below them. */
function shownIn(section: string): readonly (readonly [string, string])[] {
  const blocks = section.matchAll(
    /^```console\n\$ millrace (?:exec '([^'\n]+)'|exec ([^'\n]+)|(status))\n([\s\S]*?)^```$/gm,
  );
  return [...blocks].map(([, quoted, bare, alone, output = '']) => [quoted ?? bare ?? alone ?? '', output] as const);
}

describe('docs/daemon.md: commands', () => {
  const scratch = useScratch();
  const { fresh } = useStores();
  let server: ControlServer;
  let client: ControlClient;

  beforeEach(async () => {
    const port = demoDaemon(fresh(scratch.path('state')));
    mkdirSync(scratch.path('run'), { mode: 0o700 });
    server = new ControlServer({ table: daemonCommands({ port, now: () => NOON }), version: '1.2.3' });
    await server.listen(scratch.path('run/s.sock'));
    client = await ControlClient.connect(scratch.path('run/s.sock'));
  });

  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('lists each command with its usage, and no other', () => {
    const rows = [...SECTION.matchAll(/^\| `([^`]+)` +\| (\S[^|]*\S) +\|$/gm)].map(([, call, help]) => [
      call?.replaceAll('¦', '|'),
      help,
    ]);

    const known = client.hello.commands.map(({ name, usage, help }) => [`${name} ${usage}`.trim(), help]);
    expect(rows).to.deep.equal(known);
  });

  it('shows an answer of each command', () => {
    const names = new Set(shownIn(SECTION).map(([line]) => line.split(' ')[0]));

    expect(names).to.deep.equal(new Set(client.hello.commands.map(({ name }) => name)));
  });

  for (const [line, output] of shownIn(SECTION)) {
    it(`shows what '${line}' prints`, async () => {
      expect(renderAnswer(await client.run(line), OPTIONS)).to.equal(output);
    });
  }
});
