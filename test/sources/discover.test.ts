import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { relative } from 'node:path';
import { expect } from 'chai';
import { type Discovery, discover } from '../../src/sources/discover.js';
import { identityOf } from '../../src/sources/file-identity.js';
import { asNobody } from '../support/as-nobody.js';
import { useScratch } from '../support/scratch.js';

const NAMES_OF_LOGS = [
  'access.log',
  'access_log',
  'access_log.1',
  'app.log.1',
  'app.log.2024-01-24',
  'app.log-20240124',
  'app.log.old',
  'app.2024-01-24.log',
  'auth.log',
  'catalina.out',
  'catalina.out.3',
  'cron-20240121',
  'events.json',
  'events.jsonl',
  'events.ndjson.1',
  'messages',
  'messages-20240121',
  'notes.txt',
  'secure',
  'stderr.err',
  'syslog',
  'syslog.1',
];

describe('sources/discover', () => {
  const { path, write, fifo } = useScratch();

  /** What was found, with paths as seen from the scratch directory. */
  function pathsOf({ inputs }: Discovery): string[] {
    return inputs.map((input) => relative(path(), input.path));
  }

  function failuresOf({ failures }: Discovery): { path: string; message: string }[] {
    return failures.map((failed) => ({ path: relative(path(), failed.path), message: failed.error.message }));
  }

  it('takes a named file whatever it is called', () => {
    write('strange name', '');

    expect(discover([path('strange name')])).to.deep.equal({
      inputs: [
        {
          path: path('strange name'),
          kind: 'file',
          isNamed: true,
          identity: execFileSync('stat', ['-c', '%d:%i', path('strange name')], { encoding: 'utf8' }).trim(),
        },
      ],
      failures: [],
      passedOver: [],
    });
  });

  it('finds in a directory what has the name of a log, rotated or not, in byte order of the paths', () => {
    for (const name of NAMES_OF_LOGS) write(`logs/${name}`, name);
    for (const name of ['wtmp', 'lastlog', 'faillog', 'data.db', 'core', 'app.log~', '.hidden.log', 'README.md']) {
      write(`logs/${name}`, name);
    }

    const found = discover([path('logs')]);

    expect(pathsOf(found)).to.deep.equal(NAMES_OF_LOGS.map((name) => `logs/${name}`).sort(byBytes));
    expect(found.inputs.every(({ isNamed }) => !isNamed)).to.equal(true);
    expect(found.failures).to.deep.equal([]);
  });

  it('goes down into directories, but not into hidden ones and node_modules', () => {
    for (const name of ['a/b/c/deep.log', '.git/x.log', 'node_modules/y.log', 'z.log']) write(name, name);

    expect(pathsOf(discover([path()]))).to.deep.equal(['a/b/c/deep.log', 'z.log']);
  });

  it('tells what has the name of a log and is passed over: compressed files, links, FIFOs', () => {
    write('app.log', 'x');
    write('app.log.2.gz', 'x');
    symlinkSync(path('app.log'), path('current.log'));
    fifo('pipe.log');

    const { inputs, passedOver, failures } = discover([path()]);

    expect(inputs.map((input) => input.path)).to.deep.equal([path('app.log')]);
    expect(failures).to.deep.equal([]);
    expect([...passedOver].sort((a, b) => byBytes(a.path, b.path))).to.deep.equal([
      { path: path('app.log.2.gz'), why: 'it is compressed' },
      { path: path('current.log'), why: 'it is a symbolic link' },
      { path: path('pipe.log'), why: 'it is no regular file' },
    ]);
  });

  it('says of a directory without logs which names it looked for', () => {
    write('only.log.gz', 'x');

    expect(failuresOf(discover([path()]))).to.deep.equal([
      {
        path: '',
        message: `${path()} holds no log file (looked for *.log, *.log.*, *.log-*, *log, *.out, *.err, *.txt, *.json, *.jsonl, *.ndjson, messages, secure, cron, debug, also rotated; compressed files and links are not read)`,
      },
    ]);
  });

  it('reads a file once that is named twice, by another spelling, by a hard link, by a link, and by a pattern', () => {
    write('app.log', 'x');
    linkSync(path('app.log'), path('hard.log'));
    symlinkSync(path('app.log'), path('soft'));

    const names = ['app.log', 'app.log', './/app.log', 'hard.log', 'soft', '*.log', ''].map(
      (name) => `${path()}/${name}`,
    );

    const found = discover(names);

    expect(pathsOf(found)).to.deep.equal(['app.log']);
    expect(found.failures).to.deep.equal([]);
    expect(pathsOf(discover([path()]))).to.have.length(1);
  });

  it('counts an input as named that is found first and named then, so that its faults are told', () => {
    write('app.log', 'x');

    const found = discover([path(), path('app.log')]);

    expect(found.inputs.map(({ isNamed }) => isNamed)).to.deep.equal([true]);
  });

  it('keeps files apart whose inodes differ beyond the precision of a double', () => {
    expect(identityOf({ dev: 1n, ino: 2n ** 60n })).not.to.equal(identityOf({ dev: 1n, ino: 2n ** 60n + 1n }));
  });

  it('takes standard input once', () => {
    const found = discover(['-', '-']);

    expect(found.inputs.map((input) => [input.path, input.kind])).to.deep.equal([['-', 'stream']]);
    expect(found.failures).to.deep.equal([]);
  });

  it('follows a named link, and says of a dangling one that it is missing', () => {
    write('target', 'x');
    symlinkSync(path('target'), path('link'));
    symlinkSync(path('nowhere'), path('dangling'));
    symlinkSync(path('loop'), path('loop'));

    const found = discover([path('link'), path('dangling'), path('loop')]);

    expect(pathsOf(found)).to.deep.equal(['link']);
    expect(failuresOf(found)).to.deep.equal([
      {
        path: 'dangling',
        message: `${path('dangling')} does not exist; check the name, or quote the pattern if it is one`,
      },
      { path: 'loop', message: `Cannot read ${path('loop')}: too many symbolic links` },
    ]);
  });

  it('takes a named FIFO as a stream, and refuses sockets and devices', async () => {
    fifo('pipe');
    const server = await listen(path('socket'));

    const found = discover([path('pipe'), path('socket'), '/dev/null']);
    server.close();

    expect(found.inputs.map(({ kind }) => kind)).to.deep.equal(['stream']);
    expect(found.failures.map(({ error }) => error.message)).to.deep.equal([
      `${path('socket')} is a socket; name a file, a directory, a FIFO or -`,
      '/dev/null is a character device; name a file, a directory, a FIFO or -',
    ]);
  });

  it('expands patterns: files that match, or else the logs in the directories that match', () => {
    for (const name of ['a/x.log', 'a/y.dat', 'b/z.log', 'b/z.bin', '.h/v.log']) write(name, name);

    expect(pathsOf(discover([path('*/*')]))).to.deep.equal(['.h/v.log', 'a/x.log', 'a/y.dat', 'b/z.bin', 'b/z.log']);
    expect(pathsOf(discover([path('{a,b}/*.log')]))).to.deep.equal(['a/x.log', 'b/z.log']);
    expect(pathsOf(discover([path('?')]))).to.deep.equal(['a/x.log', 'b/z.log']);
    expect(failuresOf(discover([path('c*')]))).to.deep.equal([
      { path: 'c*', message: `${path('c*')} does not exist; check the name, or quote the pattern if it is one` },
    ]);
  });

  it('takes unusual names as they are', () => {
    const names = [
      '-dash.log',
      '[a]*?{b}.log',
      'back\\slash.log',
      'esc\x1b[31m.log',
      'new\nline.log',
      'ümläut 日.log',
      '\ufffd.log',
    ];
    for (const name of names) write(`in [x]/${name}`, name);

    expect(pathsOf(discover([path('in [x]')]))).to.deep.equal(names.map((name) => `in [x]/${name}`).sort(byBytes));
    expect(pathsOf(discover(names.map((name) => path(`in [x]/${name}`))))).to.have.length(names.length);
  });

  it('does not lose a file whose name is no UTF-8 in silence', () => {
    write('good.log', 'x');
    renameSync(write('bad.log', 'x'), Buffer.from(path('caf\xe9.log'), 'latin1'));

    const found = discover([path()]);

    expect(pathsOf(found)).to.deep.equal(['good.log']);
    expect(failuresOf(found)).to.deep.equal([
      { path: 'caf\ufffd.log', message: `Cannot read ${path('caf\ufffd.log')}: its name is no UTF-8` },
    ]);
  });

  it('names the directories that it may not look into, and goes on with the rest', () => {
    write('open.log', 'x');
    write('closed/secret.log', 'x');
    chmodSync(path('closed'), 0);

    const found = asNobody(() => discover([path()]));
    const alone = asNobody(() => discover([path('closed')]));
    const inside = asNobody(() => discover([path('closed/secret.log')]));

    expect(pathsOf(found)).to.deep.equal(['open.log']);
    expect(failuresOf(found)).to.deep.equal([
      { path: 'closed', message: `Cannot read ${path('closed')}: permission denied` },
    ]);
    expect(failuresOf(alone)).to.deep.equal(failuresOf(found));
    expect(failuresOf(inside)).to.deep.equal([
      { path: 'closed/secret.log', message: `Cannot read ${path('closed/secret.log')}: permission denied` },
    ]);
  });

  it('collects the failures of all names and still gives what can be read', () => {
    write('app.log', 'x');
    mkdirSync(path('empty'));
    unlinkSync(write('gone.log', 'x'));

    const found = discover([path('gone.log'), path('app.log'), path('empty'), `/${'n'.repeat(5000)}`]);

    expect(pathsOf(found)).to.deep.equal(['app.log']);
    expect(found.failures.map(({ error }) => error.code)).to.deep.equal([
      'MR_ERR_INPUT_MISSING',
      'MR_ERR_INPUT_NONE',
      'MR_ERR_INPUT_UNREADABLE',
    ]);
  });
});

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(path, () => resolve(server));
  });
}
