import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import type { TruthReport } from '../../src/generate/truth-report.js';
import { expectSentences, reportOf } from '../support/report-of.js';
import { runMillrace, startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const truthAt = (path: string): TruthReport => JSON.parse(readFileSync(path, 'utf8')) as TruthReport; // of our own

describe('integration: generate', () => {
  const { path, write } = useScratch();

  it('writes a log and its truth, and analyze finds that truth', async () => {
    const log = path('big.log');

    const { code, stdout, stderr } = await runMillrace(['generate', '--size', '2MiB', '--out', log, '-f', 'mixed']);

    const truth = truthAt(`${log}.truth.json`);
    const { lines, malformed, requests, errors } = reportOf(await runMillrace(['analyze', log, '--json']));
    expect([code, stderr, statSync(log).size]).to.deep.equal([0, '', truth.bytes]);
    expect(stdout).to.match(
      /^.*big\.log · 2\.00 MiB · [\d,]+ lines · 2024-\S+ → 2024-\S+ · truth in .*big\.log\.truth\.json\n$/,
    );
    expect([lines, malformed, requests.total, errors.total]).to.deep.equal([
      truth.lines,
      truth.malformed,
      truth.requests.total,
      truth.errors.total,
    ]);
  });

  it('writes the same bytes to standard output as to a file, and no truth unless asked', async () => {
    const options = ['generate', '--size', '300k', '--format', 'json', '--seed', '9', '--dirt', '0'];
    await runMillrace([...options, '--out', path('a.log'), '--truth', path('a.json')]);

    const { code, stdout, stderr } = await runMillrace([...options, '--truth', path('b.json')]);

    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.equal(readFileSync(path('a.log'), 'utf8'));
    expect(truthAt(path('b.json'))).to.deep.equal(truthAt(path('a.json')));
  });

  it('prints the truth where it is asked for there', async () => {
    const { stdout } = await runMillrace(['generate', '--size', '9k', '--out', path('a.log'), '--truth', '-']);

    expect((JSON.parse(stdout) as TruthReport).bytes).to.equal(statSync(path('a.log')).size);
  });

  it('takes every option over into the truth', async () => {
    const args = ['--size', '50k', '--seed', '3', '--rate', '7', '--start', '2030-05-01', '--errors', 'flat'];
    const more = ['--dirt', '1%', '--routes', '5', '--paths', '1k', '--clients', '2M', '--distinct', '10'];
    await runMillrace(['generate', '-f', 'logfmt', ...args, ...more, '--out', path('a.log')]);

    expect(truthAt(path('a.log.truth.json')).options).to.deep.equal({
      format: 'logfmt',
      errors: 'flat',
      sizeBytes: 51_200,
      seed: 3,
      rate: 7,
      startAt: Date.UTC(2030, 4, 1),
      dirt: 0.01,
      routes: 5,
      paths: 1000,
      clients: 2_000_000,
      distinct: 10,
    });
  });

  it('gives the file the age of its last line, by which stamps without year are read', async () => {
    const log = path('a.log');
    await runMillrace(['generate', '-f', 'syslog3164', '--size', '1MiB', '--start', '2019-12-31T22:00', '-o', log]);

    const report = reportOf(await runMillrace(['analyze', log, '--json']));
    const truth = truthAt(`${log}.truth.json`);

    expect([report.from, report.to]).to.deep.equal([truth.from, truth.to]);
    expect(statSync(log).mtime.toISOString()).to.equal(truth.to);
  });

  it('ends quietly, without a truth, when its reader has enough', async () => {
    const running = startMillrace(['generate', '--size', '1GiB', '--truth', path('a.json')]);
    running.process.stdout?.once('data', () => running.process.stdout?.destroy());

    const { code, stderr } = await running.done;

    expect([code, stderr]).to.deep.equal([0, '']);
    expect(statSync(path('a.json'), { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('takes the truth about an earlier log away before it writes another', async () => {
    const old = write('a.log.truth.json', '{}');
    const running = startMillrace(['generate', '--size', '1GiB', '--truth', old]);
    running.process.stdout?.once('data', () => running.process.stdout?.destroy());

    await running.done;

    expect(statSync(old, { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('says in one sentence where it cannot write', async () => {
    const full = openSync('/dev/full', 'w');
    const runs = [
      await runMillrace(['generate', '--size', '1k'], { stdout: full }),
      await runMillrace(['generate', '--size', '1k', '--out', '/dev/full']),
      await runMillrace(['generate', '--size', '1k', '--out', '/nowhere/a.log']),
      await runMillrace(['generate', '--size', '1k', '--out', path('a.log'), '--truth', '/nowhere/a.json']),
    ];
    closeSync(full);

    expect(runs.map(({ code }) => code)).to.deep.equal([4, 4, 4, 4]);
    expectSentences(runs.map(({ stderr }) => stderr).join(''), [
      'Cannot write the log: no space left on device (MR_ERR_OUTPUT_WRITE)',
      'Cannot write /dev/full: no space left on device (MR_ERR_OUTPUT_WRITE)',
      'Cannot write /nowhere/a.log: its directory does not exist (MR_ERR_OUTPUT_WRITE)',
      'Cannot write /nowhere/a.json: its directory does not exist (MR_ERR_OUTPUT_WRITE)',
    ]);
  });

  it('names the choices where a format or a kind of errors is unknown', async () => {
    const format = await runMillrace(['generate', '--format', 'xml']);
    const errors = await runMillrace(['generate', '--errors', 'none', '--out', path('a.log')]);

    expect([format.code, errors.code]).to.deep.equal([2, 2]);
    expect(format.stderr).to.match(/^millrace: .*'xml'.*plain, common, combined.*mixed.*\n$/);
    expect(errors.stderr).to.match(/^millrace: .*'none'.*burst, flat.*millrace generate --help\)\n$/);
  });
});
