/** What is shipped is bundled from what the other tests run: here it must do the same, from where it is installed. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runMillrace, STEADY } from './support/run-millrace.js';
import { ROOT } from './support/repository.js';
import { useScratch } from './support/scratch.js';

interface Manifest {
  readonly bin: { readonly millrace: string };
  readonly files: readonly string[];
}

const MANIFEST = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as Manifest; // our own file
const SAMPLES = join(ROOT, 'samples');

describe('bundle', () => {
  const { path, write } = useScratch();

  /** Installs what `files` of package.json names, beside it, with the dependencies of the project. */
  function install(): string {
    const home = path('millrace');
    for (const file of ['package.json', ...MANIFEST.files]) {
      cpSync(join(ROOT, file), join(home, file), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
    return join(home, MANIFEST.bin.millrace);
  }

  function run(main: string, args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
    const env = { ...process.env, ...STEADY };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
    return { code: status, stdout, stderr };
  }

  it('says and refuses what the command line does', async () => {
    const main = install();

    for (const args of [
      ['--help'],
      ['--version'],
      ['analyze', '--help'],
      ['analyze'],
      ['analyze', 'no-such.log'],
      ['backtest', '--help'],
      ['status', '--socket', '/nowhere/millrace.sock'],
    ]) {
      const { signal: _signal, ...expected } = await runMillrace(args);
      expect(run(main, args)).to.deep.equal(expected);
    }
  }).timeout(20_000);

  /** Each loads another part: threads, compiler of programs, reference parser, patterns, own log, generator. */
  const ANALYSES: readonly (readonly string[])[] = [
    [SAMPLES],
    [SAMPLES, '--format', 'plain'],
    [SAMPLES, '--engine', 'reference'],
    [join(SAMPLES, '*.log'), '--log-level', 'debug'],
    [SAMPLES, '--chunk-size', '8KiB', '--chaos', 'crash=0.3,exit=0.2,duplicate=0.3,seed=7'],
    [SAMPLES, '--chaos', 'poison=rejected'],
  ];

  it('gives the same answers', async () => {
    const main = install();

    for (const args of ANALYSES) {
      const bundled = run(main, ['analyze', '--json', ...args]);
      const plain = await runMillrace(['analyze', '--json', ...args]);
      expect([bundled.code, digestOf(bundled.stdout)], args.join(' ')).to.deep.equal([
        plain.code,
        digestOf(plain.stdout),
      ]);
    }
  }).timeout(60_000);

  it('tests alert rules alike', async () => {
    const rules = write('a.rules', 'p95 > 400 for 1m by path');
    const args = ['backtest', rules, SAMPLES, '--json'];

    const bundled = run(install(), args);

    expect(bundled.stdout).to.match(/"firedAt"/);
    expect(bundled.stdout).to.equal((await runMillrace(args)).stdout);
  }).timeout(20_000);

  it('reads the same settings', async () => {
    const args = ['config', 'show', '--config', write('settings.yaml', 'top: 3\nkeys-per-window: [path]\n')];

    const { signal: _signal, ...expected } = await runMillrace(args);
    expect(run(install(), args)).to.deep.equal(expected);
    expect(expected.stdout).to.include('settings.yaml:2');
  }).timeout(20_000);

  it('generates the same logs', async () => {
    const bundled = run(install(), ['generate', '--size', '20kB', '--out', '-']);

    expect(bundled.stdout).to.equal((await runMillrace(['generate', '--size', '20kB', '--out', '-'])).stdout);
  }).timeout(20_000);

  it('holds no more than is shipped', () => {
    expect(MANIFEST.files).to.include(dirname(MANIFEST.bin.millrace));
  });
});

function digestOf(json: string): string {
  return (JSON.parse(json) as { coverage: { digest: string } }).coverage.digest; // the contract
}
