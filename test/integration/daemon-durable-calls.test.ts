/** The daemon, killed at one of the calls with which it makes things durable: each line is counted once by the next one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describeWith } from '../support/capability.js';
import { CountsOnDisk } from '../support/counts-on-disk.js';
import { inMode } from '../support/long-mode.js';
import { MAIN } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';
import { cellsOf, stormLine } from '../support/storm-lines.js';
import { Watching } from '../support/watching.js';

const CALLS = 'pwrite64,fsync,fdatasync,ftruncate,unlink';
const LINES = 3000;
/** All of these calls are made on the way from nothing to the first commits. */
const LAST_CALL = 60;

describeWith('strace, with the right to trace', 'integration: durable calls of the daemon', () => {
  const { path, write } = useScratch();
  let daemon: Watching | null = null;
  afterEach(() => daemon?.end('SIGKILL'));

  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => stormLine(from + index)).join('');

  it('lose and double nothing where it is killed at one of them, and files are renamed then', async () => {
    for (let call = 5; call <= LAST_CALL; call += inMode(25, 5)) {
      const folder = path(`at-${call}`);
      const [root, state] = [join(folder, 'logs'), join(folder, 'state')];
      mkdirSync(root, { recursive: true });
      write(`at-${call}/logs/app.log`, lines(0, 2000));
      const inject = ['-e', `trace=${CALLS}`, '-e', `inject=${CALLS}:signal=KILL:when=${call}`];
      const watch = [process.execPath, MAIN, 'watch', root, '--state', state, '--timezone', 'UTC'];
      const killed = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', ...inject, ...watch], { timeout: 20_000 });
      renameSync(join(root, 'app.log'), join(root, 'app.log.1'));
      write(`at-${call}/logs/app.log`, lines(2000, LINES));
      daemon = await Watching.start(root, state);
      await daemon.untilLines(LINES);
      await daemon.end('SIGTERM');

      expect(killed.signal, `call ${call}`).to.equal('SIGKILL');
      expect(new CountsOnDisk(join(state, 'millrace.db')).cells(), `call ${call}`).to.deep.equal(cellsOf(LINES));
    }
  }).timeout(inMode(30_000, 600_000));
});
