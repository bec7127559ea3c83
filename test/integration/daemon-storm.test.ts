/** The real daemon, killed again and again while another process writes and rotates: each line is counted once. */
import { expect } from 'chai';
import { isExact, stormDaemon } from '../support/daemon-storm.js';
import { useScratch } from '../support/scratch.js';
import { SHORT_STORM } from '../support/storms.js';

describe('integration: daemon storm', () => {
  const { path } = useScratch();

  it('counts each line once over renamed files while it is killed at any moment', async () => {
    const outcome = await stormDaemon(path(), SHORT_STORM);

    expect(outcome.kills).to.be.above(0);
    expect(isExact(outcome), JSON.stringify(outcome)).to.equal(true);
  }).timeout(30_000);
});
