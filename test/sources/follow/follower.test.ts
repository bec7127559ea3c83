import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { NODE_FILES } from '../../../src/sources/follow/follow-files.js';
import { asNobody } from '../../support/as-nobody.js';
import { FollowRun, realMachine } from '../../support/follow-run.js';
import { useScratch } from '../../support/scratch.js';

describe('sources/follow/follower', () => {
  const { path, write, fifo } = useScratch();
  let run: FollowRun;
  afterEach(() => run.follower.close());

  function start(options: ConstructorParameters<typeof FollowRun>[1] = {}): FollowRun {
    run = new FollowRun(path(), options);
    return run;
  }

  /** What is passed over, with names as seen from the scratch directory. */
  function passedOver(): Record<string, string> {
    const { refused, unreadable } = run.follower.passedOver;
    return Object.fromEntries([...refused, ...unreadable].map(([name, why]) => [name.slice(path().length + 1), why]));
  }

  it('counts what is there and what is appended, once, also after a crash', () => {
    write('app.log', 'one\ntwo\n');
    start().follow();
    appendFileSync(path('app.log'), 'three\n');
    run.crash();
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two', 'three']);
  });

  it('counts late writes on the old descriptor after a rename, deleted or not', () => {
    const descriptor = openSync(path('app.log'), 'a');
    writeSync(descriptor, 'one\n');
    start().follow();
    renameSync(path('app.log'), path('app.log.1'));
    write('app.log', 'new\n');
    writeSync(descriptor, 'late\n');
    run.follow();
    unlinkSync(path('app.log.1'));
    writeSync(descriptor, 'later\n');
    closeSync(descriptor);
    run.follow();

    expect(run.lines.sort()).to.deep.equal(['late', 'later', 'new', 'one']);
    expect(run.follower.openFiles).to.equal(1);
  });

  it('knows a copy of another name among any number of files whose first lines begin alike', () => {
    const lineOf = (file: number): string => `10.0.0.1 - - [24/Jan/2024:00:00:02 +0000] "GET /file-${file} HTTP/1.1"\n`;
    for (let file = 0; file < 70; file += 1) write(`app.log.${file}`, lineOf(file));
    start().follow();
    copyFileSync(path('app.log.3'), path('backup.log'));
    run.follow();
    appendFileSync(path('app.log.3'), 'more\n');
    copyFileSync(path('app.log.3'), path('app.log.70'));
    truncateSync(path('app.log.3'));
    run.follow();

    expect(run.lines.length).to.equal(71);
  });

  it('reads new files whole that begin as a line that is not ended yet, however many come at once', () => {
    write('app.log', 'same start');
    start().follow();
    write('app.log.1', 'same start, one\n');
    write('app.log.2', 'same start, and two\n');
    run.follow();
    appendFileSync(path('app.log'), ', three\n');
    run.follow();

    expect(run.lines.sort()).to.deep.equal(['same start, and two', 'same start, one', 'same start, three']);
  });

  it('goes on in the copy where a truncated file was not read to its end', () => {
    write('app.log', 'one\ntwo\n');
    start().follow();
    appendFileSync(path('app.log'), 'tail\n');
    copyFileSync(path('app.log'), path('app.log.1'));
    truncateSync(path('app.log'));
    appendFileSync(path('app.log'), 'regrown past the old offset\n');
    run.follow();

    expect(run.lines.sort()).to.deep.equal(['one', 'regrown past the old offset', 'tail', 'two']);
    expect(run.gaps).to.deep.equal([]);
  });

  it('says what was lost where a file is truncated without a copy', () => {
    write('app.log', 'one\n');
    start().follow();
    appendFileSync(path('app.log'), 'half');
    run.step();
    writeFileSync(path('app.log'), 'new\n');
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'new']);
    expect(run.gaps.map(({ from, to, why }) => [from, to, why])).to.deep.equal([[4, 8, 'truncated']]);
  });

  it('throws away what was read of a file that was truncated and regrown meanwhile', () => {
    write('app.log', 'old one\nold two\n');
    start().step();
    const chunk = run.follower.next();
    writeFileSync(path('app.log'), 'new one\nnew two\nnew three\n');

    if (chunk !== null) run.commit(chunk, run.bytesOf(chunk));
    run.follow();

    expect(run.lines).to.deep.equal(['new one', 'new two', 'new three']);
    expect(run.follower.counters.raced).to.equal(1);
  });

  it('does not count a backup while the original lives, and lets a copy that grows apart be a file of its own', () => {
    write('app.log', 'a line that both have\n');
    start().follow();
    copyFileSync(path('app.log'), path('backup.log'));
    copyFileSync(path('app.log'), path('other.log'));
    run.follow();
    appendFileSync(path('app.log'), 'mine\n');
    appendFileSync(path('other.log'), 'his\n');
    run.follow();

    expect(run.lines.sort()).to.deep.equal(['a line that both have', 'a line that both have', 'his', 'mine']);
  });

  it('goes on in a copy that was taken for one of another file when it had a few bytes', () => {
    write('a.log', '2026 a\n');
    write('b.log', '2026 b\n');
    start().follow();
    write('copy.log', '2026');
    run.step();
    const original = [...run.rows.values()].find(({ copyOf }) => copyOf !== null)?.copyOf?.key ?? '';
    const rest = run.rows.get(original)?.path.endsWith('/a.log') === true ? ' b\nmore\n' : ' a\nmore\n';
    appendFileSync(path('copy.log'), rest);
    for (const name of ['a.log', 'b.log']) truncateSync(path(name));
    run.follow();

    expect(run.lines.sort()).to.deep.equal(['2026 a', '2026 b', 'more']);
    expect(run.gaps).to.deep.equal([]);
  });

  it('goes on in the longest of all copies that were files of their own before it', () => {
    write('app.log', 'zero\n');
    start().follow();
    write('first.log', 'one\n');
    run.follow();
    truncateSync(path('app.log'));
    appendFileSync(path('app.log'), 'on');
    run.follow();
    write('long.log', 'one\ntwo\n');
    run.follow();
    appendFileSync(path('app.log'), 'ce\n');
    run.follow();

    const copies = [...run.rows.values()].filter(({ copyOf }) => copyOf !== null);
    expect(copies.map((row) => row.path)).to.deep.equal([path('first.log')]);
    expect(run.lines).to.deep.equal(['zero', 'one', 'two', 'once']);
  });

  it('waits for the copy that a scan missed before it says what was lost, or counts a shorter one', () => {
    let isMissed = true;
    const list = (name: string) => NODE_FILES.list(name).filter((entry) => entry.name !== 'app.log.1' || !isMissed);
    write('app.log', 'one\ntwo\n');
    run = new FollowRun(path(), {}, realMachine({ ...NODE_FILES, list }));
    run.follow();
    appendFileSync(path('app.log'), 'three\n');
    run.scan();
    run.crash();
    run.scan();
    copyFileSync(path('app.log'), path('app.log.1'));
    write('backup.log', 'one\n');
    truncateSync(path('app.log'));
    run.step();
    isMissed = false;
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two', 'three']);
    expect(run.gaps).to.deep.equal([]);
  });

  it('counts a file that begins as a truncated one did once no copy of that was found', () => {
    write('app.log', 'one\ntwo\n');
    start().follow();
    truncateSync(path('app.log'));
    write('other.log', 'one\n');
    run.step();
    const before = [...run.lines];
    run.follow();
    run.follow();

    expect(before).to.deep.equal(['one', 'two']);
    expect(run.lines).to.deep.equal(['one', 'two', 'one']);
  });

  it('does not count what is restored from a backup after the original is gone', () => {
    write('app.log', 'one\ntwo\n');
    start().follow();
    copyFileSync(path('app.log'), path('kept.bak'));
    unlinkSync(path('app.log'));
    run.follow();
    renameSync(path('kept.bak'), path('app.log'));
    appendFileSync(path('app.log'), 'three\n');
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two', 'three']);
  });

  it('takes a recreated file for another one, its inode used again or not, while running and over a restart', () => {
    write('app.log', 'one\n');
    start().follow();
    unlinkSync(path('app.log'));
    write('app.log', 'two\n');
    run.follow();
    run.crash();
    unlinkSync(path('app.log'));
    write('app.log', 'three\n');
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two', 'three']);
  });

  it('counts files with one long head in common', () => {
    const head = '# Fields: date time s-ip cs-method\n'.repeat(200);
    for (const name of ['a', 'b', 'c']) write(`${name}.log`, `${head}${name}\n`);
    start().follow();
    appendFileSync(path('b.log'), 'more\n');
    run.follow();

    expect(run.lines.filter((line) => !line.startsWith('#')).sort()).to.deep.equal(['a', 'b', 'c', 'more']);
    expect(run.lines.length).to.equal(3 * 200 + 4);
  });

  it('reads a last line when its newline comes, or when the file is final', () => {
    write('app.log', 'one\npart');
    start().follow();
    const before = [...run.lines];
    appendFileSync(path('app.log'), 'ial\nlast');
    run.follow();
    const completed = [...run.lines];
    renameSync(path('app.log'), path('app.log.1'));
    run.follow();

    expect(before).to.deep.equal(['one']);
    expect(completed).to.deep.equal(['one', 'partial']);
    expect(run.lines).to.deep.equal(['one', 'partial', 'last']);
  });

  it('keeps a file that became shorter behind what was counted', () => {
    write('app.log', 'one\nunfinished');
    start().follow();
    truncateSync(path('app.log'), 4);
    run.follow();
    appendFileSync(path('app.log'), 'two\n');
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two']);
  });

  it('reads empty files, single newlines, CRLF, NULs, and lines longer than a chunk', () => {
    const long = 'x'.repeat(200_000);
    write('empty.log', '');
    write('newline.log', '\n');
    write('mixed.log', `a\r\n\0\0b\n${long}\nc\n`);
    start({ maxChunkBytes: 4096 }).follow();

    expect(run.lines.sort()).to.deep.equal(['', '\0\0b', 'a\r', 'c', long].sort());
  });

  it('refuses links, FIFOs and sockets without waiting for them', () => {
    write('app.log', 'one\n');
    symlinkSync('/etc/passwd', path('link.log'));
    symlinkSync(path('loop.log'), path('loop.log'));
    linkSync(path('app.log'), path('hard.log'));
    fifo('pipe.log');
    start().follow();

    expect(run.lines).to.deep.equal(['one']);
    expect(passedOver()).to.deep.equal({
      'link.log': 'it is a symbolic link',
      'loop.log': 'it is a symbolic link',
      'pipe.log': 'it is no regular file',
    });
  });

  it('does not open a link or a FIFO that took the place of a file after the scan', () => {
    for (const swap of [() => symlinkSync('/etc/passwd', path('app.log')), () => fifo('app.log')]) {
      write('app.log', 'one\n');
      let isDue = true;
      const open = (name: string): number => {
        if (isDue) {
          isDue = false;
          unlinkSync(path('app.log'));
          swap();
        }
        return NODE_FILES.open(name);
      };
      run = new FollowRun(path(), {}, realMachine({ ...NODE_FILES, open }));
      run.follow();
      run.follower.close();

      expect(run.lines).to.deep.equal([]);
      unlinkSync(path('app.log'));
    }
  });

  it('reads a file when it may', () => {
    chmodSync(path(), 0o777);
    write('app.log', 'one\n');
    chmodSync(path('app.log'), 0);
    start();
    asNobody(() => run.follow());
    const before = passedOver();
    chmodSync(path('app.log'), 0o644);
    run.wait(60_000);
    asNobody(() => run.follow());

    expect(before).to.deep.equal({ 'app.log': 'permission denied' });
    expect(run.lines).to.deep.equal(['one']);
    expect(passedOver()).to.deep.equal({});
  });

  it('names compressed logs, and tells those that were counted before', () => {
    write('app.log.1', 'one\ntwo\n');
    start().follow();
    write('app.log.1.gz', gzipSync(readFileSync(path('app.log.1'))));
    write('app.log.2.gz', gzipSync('never seen\n'));
    write('app.log.3.gz', 'no gzip');
    unlinkSync(path('app.log.1'));
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'two']);
    expect(passedOver()).to.deep.equal({
      'app.log.1.gz': 'it is compressed, and was counted before it was',
      'app.log.2.gz': 'it is compressed, and is not read',
      'app.log.3.gz': 'it is compressed, and is not read',
    });
  });

  it('takes names as bytes', () => {
    for (const name of ['new\nline.log', 'esc\x1b[31m.log', '.hidden.log', `${'n'.repeat(251)}.log`, 'caf\xe9.log']) {
      writeFileSync(Buffer.from(path(name), 'latin1'), `this is ${JSON.stringify(name)}\n`);
    }
    start().follow();

    expect(run.lines.sort()).to.deep.equal([
      'this is "caf\xc3\xa9.log"',
      'this is "esc\\u001b[31m.log"',
      'this is "new\\nline.log"',
      `this is "${'n'.repeat(251)}.log"`,
    ]);
  });

  it('follows a directory that is moved away and made anew', () => {
    write('logs/app.log', 'one\n');
    run = new FollowRun(path('logs'));
    run.follow();
    renameSync(path('logs'), path('old'));
    appendFileSync(path('old/app.log'), 'late\n');
    run.follow();
    mkdirSync(path('logs'));
    write('logs/app.log', 'new\n');
    run.follow();

    expect(run.lines).to.deep.equal(['one', 'late', 'new']);
    rmSync(path('old'), { recursive: true });
  });

  it('begins where it is told to with what is there at the first start', () => {
    write('old.log', 'old\n');
    utimesSync(path('old.log'), 1000, 1000);
    write('app.log', 'here\n');
    const linesFrom = (from: 'start' | 'end' | number): string[] => {
      start({ from }).follow();
      write('fresh.log', 'fresh\n');
      run.follow();
      unlinkSync(path('fresh.log'));
      run.follower.close();
      return run.lines;
    };

    expect(linesFrom('start')).to.deep.equal(['here', 'old', 'fresh']); // the newest file first
    expect(linesFrom('end')).to.deep.equal(['fresh']);
    expect(linesFrom(2_000_000)).to.deep.equal(['here', 'fresh']);
  });

  it('reads more files than it may open at a time', () => {
    for (let number = 0; number < 50; number += 1) write(`${number}.log`, `${number}\n`);
    start({ maxDescriptors: 8 }).step();
    run.read();
    for (let number = 0; number < 50; number += 1) appendFileSync(path(`${number}.log`), `again ${number}\n`);
    run.follow();

    expect(run.follower.openFiles).to.be.at.most(8);
    expect(new Set(run.lines).size).to.equal(100);
    expect(run.lines).to.have.length(100);
  });

  it('forgets a file a day after it was gone', () => {
    write('app.log', 'one\n');
    start().follow();
    unlinkSync(path('app.log'));
    run.follow();
    const tombs = [...run.rows.values()].filter(({ goneAt }) => goneAt !== null).length;
    run.wait(24 * 3600 * 1000);
    run.step();

    expect(tombs).to.equal(1);
    expect(run.rows.size).to.equal(0);
  });
});
