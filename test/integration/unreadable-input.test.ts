import { chmodSync, mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { logLines } from '../support/log-lines.js';
import { expectSentences, reportOf } from '../support/report-of.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const NOBODY = 65_534;

describe('integration: inputs that cannot be read', () => {
  const { path, write } = useScratch();

  const useless: Record<string, readonly [() => readonly string[], (at: string) => readonly string[]]> = {
    'a missing file': [
      () => [path('nope.log')],
      (at) => [`${at} does not exist; check the name, or quote the pattern if it is one (MR_ERR_INPUT_MISSING)`],
    ],
    'two missing files': [
      () => [path('nope.log'), '/nope'],
      (at) => [
        `${at} does not exist; check the name, or quote the pattern if it is one (MR_ERR_INPUT_MISSING)`,
        '/nope does not exist; check the name, or quote the pattern if it is one (MR_ERR_INPUT_MISSING)',
      ],
    ],
    'a directory without logs': [
      () => {
        mkdirSync(path('empty'));
        return [path('empty')];
      },
      (at) => [
        `${at} holds no log file (looked for *.log, *.log.*, *.log-*, *log, *.out, *.err, *.txt, *.json, *.jsonl, *.ndjson, messages, secure, cron, debug, also rotated; compressed files and links are not read) (MR_ERR_INPUT_NONE)`,
      ],
    ],
    'a binary': [
      () => [write('old.log.gz', gzipSync('x'))],
      (at) => [`${at} is no text log but a gzip file: try zcat FILE | millrace analyze - (MR_ERR_INPUT_BINARY)`],
    ],
    'a directory of binaries under the names of logs': [
      () => {
        write('logs/old.log', gzipSync('x'));
        return [path('logs')];
      },
      (at) => [
        `${at}/old.log is no text log but a gzip file: try zcat FILE | millrace analyze - (MR_ERR_INPUT_BINARY)`,
      ],
    ],
    'a device': [
      () => ['/dev/null'],
      () => ['/dev/null is a character device; name a file, a directory, a FIFO or - (MR_ERR_INPUT_KIND)'],
    ],
    'a file that nobody can read': [
      () => ['/proc/self/mem'],
      () => ['Cannot read /proc/self/mem: input/output error (MR_ERR_INPUT_UNREADABLE)'],
    ],
    'a name with escape codes': [
      () => ['/nope\x1b[31m\n.log'],
      () => [
        '/nope\\x1b[31m\\n.log does not exist; check the name, or quote the pattern if it is one (MR_ERR_INPUT_MISSING)',
      ],
    ],
  };
  for (const [what, [prepare, sentences]] of Object.entries(useless)) {
    it(`${what}: one sentence each, no report, exit code 3`, async () => {
      const names = prepare();

      const { code, stdout, stderr } = await runMillrace(['analyze', ...names]);

      expectSentences(stderr, sentences(names[0] ?? ''));
      expect([code, stdout]).to.deep.equal([3, '']);
    });
  }

  it('a file without the right to read it: one sentence, exit code 3', async () => {
    const file = write('closed.log', logLines(3));
    chmodSync(file, 0);

    const { code, stderr } = await runMillrace(['analyze', file], process.getuid?.() === 0 ? { uid: NOBODY } : {});

    expectSentences(stderr, [`Cannot read ${file}: permission denied (MR_ERR_INPUT_UNREADABLE)`]);
    expect(code).to.equal(3);
  });

  it('binary standard input: one sentence, no report, exit code 3', async () => {
    const { code, stdout, stderr } = await runMillrace(['analyze', '-'], { input: gzipSync(logLines(10)) });

    expectSentences(stderr, [
      '- is no text log but a gzip file: try zcat FILE | millrace analyze - (MR_ERR_INPUT_BINARY)',
    ]);
    expect([code, stdout]).to.deep.equal([3, '']);
  });

  describe('beside one that can', () => {
    const missing = (): string =>
      `${path('nope.log')} does not exist; check the name, or quote the pattern if it is one`;

    beforeEach(() => write('app.log', logLines(10)));

    it('the text report is printed and names what is missing', async () => {
      const { code, stdout, stderr } = await runMillrace(['analyze', path('nope.log'), path('app.log')]);

      expect([code, stderr]).to.deep.equal([3, '']);
      expect(stdout).to.include('incomplete  1 input not readable\n');
      expect(stdout.replace(/\s+/g, ' ')).to.include(`unreadable ${missing()} (MR_ERR_INPUT_MISSING)`);
    });

    it('the JSON is printed and names what is missing, and so does standard error', async () => {
      const run = await runMillrace(['analyze', path('nope.log'), path('app.log'), '--json']);

      expect(reportOf(run).unreadable).to.deep.equal([
        { path: path('nope.log'), code: 'MR_ERR_INPUT_MISSING', message: missing() },
      ]);
      expect([run.code, reportOf(run).lines]).to.deep.equal([3, 10]);
      expectSentences(run.stderr, [`${missing()} (MR_ERR_INPUT_MISSING)`]);
    });

    it('the CSV has no room for what is missing, so standard error names it', async () => {
      const run = await runMillrace(['analyze', path('nope.log'), path('app.log'), '--csv']);

      expect([run.code, run.stdout.split('\n').length]).to.deep.equal([3, 3]);
      expectSentences(run.stderr, [`${missing()} (MR_ERR_INPUT_MISSING)`]);
    });

    it('a binary that is found is passed over; it would have been a failure if it had been named', async () => {
      write('old.log', gzipSync('x'));

      const found = await runMillrace(['analyze', path(), '--json']);
      const named = await runMillrace(['analyze', path('app.log'), path('old.log'), '--json']);
      const text = await runMillrace(['analyze', path()]);

      expect([found.code, found.stderr, reportOf(found).unreadable]).to.deep.equal([0, '', []]);
      expect(reportOf(found).passedOver.map((file) => file.path)).to.deep.equal([path('old.log')]);
      expect(text.stdout).to.match(/^passed over .*old\.log: it is no text log but a gzip file/m);
      expect([named.code, reportOf(named).unreadable.length]).to.deep.equal([3, 1]);
    });
  });
});
