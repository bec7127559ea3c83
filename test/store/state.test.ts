import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { networkFileSystemOf } from '../../src/store/folder.js';
import { asNobody } from '../support/as-nobody.js';
import { failureOf } from '../support/failure-of.js';
import { startNode } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';
import { STORE_WRITER } from '../support/store-writer.js';
import { commitFirst, useStores } from '../support/stored.js';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('store/state', () => {
  const { path, write } = useScratch();
  const { take, open } = useStores();

  it('is a folder for its owner alone, whatever the umask, and so is every file in it', () => {
    const umask = process.umask(0);
    try {
      const state = take(path('deep/state'));
      commitFirst(open(state).store);
    } finally {
      process.umask(umask);
    }

    expect(modeOf(path('deep/state'))).to.equal('700');
    const names = ['millrace.db', 'millrace.db-wal', 'millrace.db-shm', 'lock.db', 'owner.json'];
    expect(names.map((name) => modeOf(path(`deep/state/${name}`)))).to.deep.equal(names.map(() => '600'));
  });

  it('closes a folder that was open to others', () => {
    mkdirSync(path('state'), { mode: 0o755 });
    take(path('state'));

    expect(modeOf(path('state'))).to.equal('700');
  });

  it('is refused while this process has it, in words that name it, and free once it is released', () => {
    const state = take(path('state'));
    const startedAt = new Date(Math.round(performance.timeOrigin)).toISOString();
    const sentence = `The state in ${path('state')} is in use by process ${process.pid}, which started at ${startedAt}`;

    expect([failureOf(() => take(path('state'))), failureOf(() => take(path('state')))]).to.deep.equal([
      sentence,
      sentence,
    ]);
    state.release();
    expect(failureOf(() => take(path('state')))).to.equal(null);
  });

  it('is refused while another process has it, and free once that is killed', async () => {
    const writer = startNode([STORE_WRITER, path('state')]);
    await writer.untilStderr('committed');
    const { pid = 0 } = writer.process;

    expect(failureOf(() => take(path('state')))).to.include(`is in use by process ${pid}, which started at `);
    writer.process.kill('SIGKILL');
    await writer.done;
    expect(failureOf(() => take(path('state')))).to.equal(null);
  });

  it('has a lock that the database does not share: the state is refused with a store open or closed', () => {
    const state = take(path('state'));
    const refused = [failureOf(() => take(path('state')))];
    const { store } = open(state);
    refused.push(failureOf(() => take(path('state'))));
    store.close();
    refused.push(failureOf(() => take(path('state'))));

    expect(refused.filter((sentence) => sentence?.includes('is in use by process'))).to.have.length(3);
  });

  it('of a newer schema is refused, and not a byte of it is changed', () => {
    const state = take(path('state'));
    open(state).store.close();
    state.release();
    const newer = readFileSync(state.database);
    newer.writeUInt32BE(2, 60);
    writeFileSync(state.database, newer);
    const sentence = `The state in ${state.database} has schema 2, this version knows up to 1; it was left as it is`;

    expect(failureOf(() => take(path('state')))).to.equal(sentence);
    expect(readFileSync(state.database)).to.deep.equal(newer);
    expect(statSync(`${state.database}-wal`).size).to.equal(0);
    expect(failureOf(() => take(path('state')))).to.equal(sentence); // the lock was given up
  });

  it('is refused where a file is in the place of its folder', () => {
    write('state', 'no folder');

    expect(failureOf(() => take(path('state')))).to.match(/^The state cannot be kept in .*state: EEXIST/);
  });

  it('is refused in a folder of someone else', () => {
    mkdirSync(path('state'), { mode: 0o755 });

    expect(failureOf(() => asNobody(() => take(path('state'))))).to.match(
      /^The state cannot be kept in .*state: EPERM/,
    );
  });

  it('knows file systems over a network, on which locks are not to be relied upon', () => {
    const EXT4 = 0xef53;

    expect([0x6969, 0x517b, EXT4].map(networkFileSystemOf)).to.deep.equal(['NFS', 'SMB', null]);
  });
});
