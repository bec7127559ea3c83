import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { describeWith } from '../support/capability.js';
import { useScratch } from '../support/scratch.js';
import { type Filled, STORE_FILLER } from '../support/store-filler.js';

describeWith('a file system of its own (root, unshare, mount)', 'store: a full disk', () => {
  const { path } = useScratch();

  it('fails with a code, keeps all that was acknowledged and no half of what was not, and goes on when there is room', () => {
    const script = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" "$3" "$1"';
    const args = ['--mount', 'sh', '-c', script, 'sh', path(), process.execPath, STORE_FILLER];
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', timeout: 30_000 });

    expect(stderr).to.equal('');
    const { failures, reopening, acknowledged, found, inTheEnd, setAside } = JSON.parse(stdout) as Filled; // our own script
    expect(failures).to.deep.equal(['MR_ERR_STORE_FAILED SQLITE_FULL', 'MR_ERR_STORE_FAILED SQLITE_FULL']);
    expect(reopening).to.be.oneOf(['', 'MR_ERR_STORE_FAILED SQLITE_FULL']);
    expect({ found, inTheEnd, setAside }).to.deep.equal({
      found: acknowledged,
      inTheEnd: acknowledged + 20,
      setAside: false,
    });
    expect(acknowledged).to.be.above(0);
  }).timeout(40_000);
});
