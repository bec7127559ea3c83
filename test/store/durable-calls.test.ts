/** The process ends, or the disk fails, at a call of the system that makes something durable. */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { describeWith } from '../support/capability.js';
import { inMode } from '../support/long-mode.js';
import { useScratch } from '../support/scratch.js';
import { batchesIn, expectBatches, STORE_WRITER } from '../support/store-writer.js';
import { useStores } from '../support/stored.js';

const CALLS = 'pwrite64,fdatasync,fsync,ftruncate,unlink,rename';
/** Calls from the start to the third commit and somewhat on. */
const LAST_CALL = 130;

describeWith('strace, with the right to trace', 'store: durable calls', () => {
  const { path } = useScratch();
  const { take, open } = useStores();

  /** Runs the writer with something injected, and checks what it leaves behind. Returns what it wrote to standard error. */
  function leavesWhole(folder: string, calls: string, what: string): string {
    const inject = `inject=${calls}:${what}`;
    const args = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', inject, process.execPath, STORE_WRITER];
    const { stderr } = spawnSync('strace', [...args, folder], { encoding: 'utf8', timeout: 20_000 });
    const acknowledged = (stderr.match(/^committed/gm) ?? []).length;
    const { store, setAside } = open(take(folder));
    expect(setAside).to.equal(null);
    expect(batchesIn(store) - acknowledged).to.be.oneOf([0, 1]);
    expectBatches(store, batchesIn(store));
    return stderr;
  }

  it('leave one of the states between commits where the process is killed at one of them', () => {
    for (let call = 2; call <= LAST_CALL; call += inMode(10, 1)) {
      leavesWhole(path(`state-${call}`), CALLS, `signal=KILL:when=${call}`);
    }
  }).timeout(inMode(60_000, 600_000));

  for (const [calls, what, code] of [
    ['fsync,fdatasync', 'error=EIO:when=20+', 'SQLITE_IOERR_FSYNC'],
    ['pwrite64', 'error=EIO:when=90+', 'SQLITE_IOERR_WRITE'],
    ['pwrite64', 'error=ENOSPC:when=90+', 'SQLITE_FULL'],
  ] as const) {
    it(`end the store with ${code} where they fail, and leave what was acknowledged`, () => {
      expect(leavesWhole(path('state'), calls, what)).to.match(new RegExp(`cannot be used: .* \\(${code}\\)`));
    }).timeout(30_000);
  }
});
