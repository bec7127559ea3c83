import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const PACKAGE = new URL('../../../package.json', import.meta.url);

describe('app/main', () => {
  const { path, write } = useScratch();

  it('prints its help, and nothing else, when it is called bare', async () => {
    const bare = await runMillrace([]);
    const asked = await runMillrace(['--help']);

    expect(bare).to.deep.equal(asked);
    expect([bare.code, bare.stderr]).to.deep.equal([0, '']);
    expect(bare.stdout).to.match(/^Usage: millrace .*\n\nAnswers for any pile of logs/);
  });

  it('explains a command, its options with their defaults, and the exit codes', async () => {
    const { code, stdout, stderr } = await runMillrace(['analyze', '--help']);

    expect([code, stderr]).to.deep.equal([0, '']);
    for (const option of [
      '--format',
      '--timezone',
      '--window',
      '--top',
      '--no-fold-ids',
      '--workers',
      '--chunk-size',
      '--json',
    ]) {
      expect(stdout).to.include(option);
    }
  });

  it('explains how to test alert rules', async () => {
    const { code, stdout, stderr } = await runMillrace(['backtest', '--help']);

    expect([code, stderr]).to.deep.equal([0, '']);
    for (const option of [
      '<rules>',
      '--format',
      '--timezone',
      '--window',
      '--workers',
      '--engine',
      '--json',
      '--fail',
    ]) {
      expect(stdout).to.include(option);
    }
  });

  it('explains how to generate a log', async () => {
    const { code, stdout, stderr } = await runMillrace(['generate', '--help']);

    expect([code, stderr]).to.deep.equal([0, '']);
    for (const option of ['--format', '--size', '--out', '--truth', '--seed', '--rate', '--errors', '--distinct']) {
      expect(stdout).to.include(option);
    }
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }; // our own file

    expect(await runMillrace(['--version'])).to.deep.equal({
      code: 0,
      signal: null,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('takes options from the environment, and the command line before it', async () => {
    write('app.log', logLines(10));
    const env = { MILLRACE_WORKERS: '3', MILLRACE_TIMEZONE: 'Asia/Tokyo', MILLRACE_CHUNK_SIZE: '100' };

    const fromEnv = await runMillrace(['analyze', path('app.log'), '--json'], { env });
    const overridden = await runMillrace(['analyze', path('app.log'), '--json', '--workers', '1'], { env });

    expect(settingsOf(fromEnv.stdout)).to.deep.equal({ workers: 3, timezone: 'Asia/Tokyo', chunks: 6 });
    expect(settingsOf(overridden.stdout)).to.deep.equal({ workers: 1, timezone: 'Asia/Tokyo', chunks: 6 });
  });

  it('names the environment where a value from there is wrong', async () => {
    write('app.log', logLines(1));

    const { code, stderr } = await runMillrace(['analyze', path('app.log')], { env: { MILLRACE_WORKERS: 'many' } });

    expect([code, stderr]).to.deep.equal([
      2,
      "millrace: MILLRACE_WORKERS wants a whole number from 1 to 256, found 'many' (MR_ERR_OPTION_INVALID)\n",
    ]);
  });

  it('reads a file whose name begins with a dash behind --', async () => {
    write('-x.log', logLines(3));

    const { code, stdout } = await runMillrace(['analyze', '--json', '--', path('-x.log')]);

    expect([code, (JSON.parse(stdout) as { lines: number }).lines]).to.deep.equal([0, 3]);
  });

  it('runs in a zone that the runtime does not know the name of', async () => {
    write('app.log', logLines(3));

    const { code, stdout, stderr } = await runMillrace(['analyze', path('app.log'), '--json'], {
      env: { TZ: ':/etc/localtime' },
    });

    expect([code, settingsOf(stdout).timezone, stderr]).to.deep.equal([0, 'UTC', '']);
  });
});

function settingsOf(json: string): { workers: number; timezone: string; chunks: number } {
  const report = JSON.parse(json) as {
    timezone: string;
    resources: { workers: number };
    coverage: { chunks: number };
  }; // the contract
  return { workers: report.resources?.workers, timezone: report.timezone, chunks: report.coverage.chunks };
}
