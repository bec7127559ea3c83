/** The process of the daemon is killed while it commits: what is there afterwards is one of the states between commits. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { inMode } from '../support/long-mode.js';
import { Random } from '../support/random.js';
import { startNode } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';
import { batchesIn, commitBatch, expectBatches, STORE_WRITER } from '../support/store-writer.js';
import { contentOf, useStores } from '../support/stored.js';

const KILLS = inMode(12, 400);

describe('store: kill -9', () => {
  const { path } = useScratch();
  const { take, open, fresh } = useStores();

  it(`leaves offsets equal to counts, and all that was acknowledged, ${KILLS} times`, async () => {
    const random = new Random(Date.UTC(2024, 0, 24));
    let batches = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const writer = startNode([STORE_WRITER, path('state')]);
      await writer.untilStderr(`committed ${batches + 1 + random.below(20)}\n`);
      await delay(random.below(30)); // anywhere in a commit, not only where it begins
      writer.process.kill('SIGKILL');
      const { stderr } = await writer.done;
      const acknowledged = Number(/committed (\d+)\n$/.exec(stderr)?.[1]);

      const state = take(path('state'));
      const { store, wasClean, setAside } = open(state);
      batches = batchesIn(store);
      expect({ wasClean, setAside }).to.deep.equal({ wasClean: false, setAside: null });
      expect(batches - acknowledged).to.be.oneOf([0, 1]);
      expectBatches(store, batches);
      state.release();
    }

    const undisturbed = fresh(path('undisturbed'));
    for (let number = 0; number < batches; number += 1) commitBatch(undisturbed, number);
    expect(contentOf(open(take(path('state'))).store)).to.deep.equal(contentOf(undisturbed));
  }).timeout(inMode(60_000, 1_200_000));
});
