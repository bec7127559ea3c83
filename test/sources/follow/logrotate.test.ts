/** Debian's logrotate rotates what the follower follows. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync } from 'node:fs';
import { expect } from 'chai';
import { describeWith } from '../../support/capability.js';
import { FollowRun } from '../../support/follow-run.js';
import { useScratch } from '../../support/scratch.js';

const ROTATIONS = 12;

describeWith('logrotate', 'sources/follow under logrotate', function () {
  this.timeout(30_000);
  const { path, write } = useScratch();

  for (const mode of ['create', 'copytruncate', 'create\n compress', 'copytruncate\n compress\n delaycompress']) {
    it(`counts each line once with ${mode.replaceAll('\n', ',')}`, () => {
      write('logs/app.log', '');
      const config = write('logrotate.conf', `${path('logs/app.log')} {\n rotate 50\n size 1\n ${mode}\n}\n`);
      chmodSync(config, 0o644);
      const run = new FollowRun(path('logs'));
      const expected: string[] = [];
      const append = (): void => {
        for (let count = 0; count < 20; count += 1) {
          expected.push(`line ${expected.length}`);
          appendFileSync(path('logs/app.log'), `line ${expected.length - 1}\n`);
        }
      };

      for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
        append();
        run.follow();
        // what is compressed at once is not read: it must have been before
        if (!mode.endsWith('create\n compress')) append();
        execFileSync('logrotate', ['-f', '-s', path('state'), config]);
        if (rotation % 3 === 0) run.crash();
      }
      append();
      run.follow();
      run.follower.close();

      expect(run.lines.sort()).to.deep.equal(expected.sort());
    });
  }
});
