/** The README shows real runs: each `$ command` in a console block is run, and must print what stands below it. */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { ROOT, textOf } from './support/repository.js';

const DOCUMENTS = [
  'README.md',
  'docs/semantics.md',
  'docs/formats.md',
  'docs/generate.md',
  'docs/alerts.md',
  'docs/config.md',
];
const MAIN = `${ROOT}dist/src/app/main.js`;

interface Run {
  readonly document: string;
  readonly command: string;
  readonly output: string;
}

function runsIn(document: string): Run[] {
  const blocks = textOf(document).matchAll(/^```console\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((run) => {
        const [command = '', ...output] = run.split('\n');
        return { document, command, output: output.join('\n') };
      }),
  );
}

/** Runs a command of the README from the root of the repository, in a shell where `millrace` is ours. */
function outputOf(command: string): string {
  const script = `millrace() { "$NODE" "$MAIN" "$@"; }\n${command}`;
  const env = { PATH: process.env['PATH'], NODE: process.execPath, MAIN, TZ: 'UTC' };
  return spawnSync('sh', ['-c', script], { cwd: ROOT, env, encoding: 'utf8' }).stdout;
}

/** What every run has anew: time and memory. */
function steady(output: string): string {
  return output.replaceAll(/^resources .*$/gm, 'resources').trimEnd();
}

describe('documents: console blocks', () => {
  const runs = DOCUMENTS.flatMap(runsIn);

  it('show the main job', () => {
    expect(runs.map(({ command }) => command)).to.include('millrace analyze samples');
  });

  for (const { document, command, output } of runs) {
    it(`${document}: ${command}`, () => {
      expect(steady(outputOf(command))).to.equal(steady(output));
    }).timeout(20_000);
  }
});

describe('documents: set-up', () => {
  it('has two commands, of which the second is what .ci/run runs', () => {
    const [, block = ''] = /^```sh\n(npm ci[\s\S]*?)^```$/m.exec(textOf('README.md')) ?? [];

    expect(block.trim().split('\n')).to.deep.equal(['npm ci && npx millrace analyze samples', 'npm ci && npm test']);
    expect(textOf('.ci/run')).to.match(/^npm ci\b[\s\S]*^timeout \d+ npm test$/m);
  });
});
