/** The process of the daemon is killed while it commits: what is there afterwards is one of the states between commits. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Store } from '../../src/domain/store/store.js';
import { bytesIn } from '../../src/domain/store/counts.js';
import { inMode } from '../support/long-mode.js';
import { Random } from '../support/random.js';
import { startNode } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';
import { BATCH_BYTES, batchesIn, commitBatch, STORE_WRITER } from '../support/store-writer.js';
import { contentOf, useStores } from '../support/stored.js';

const KILLS = inMode(12, 400);

/** Every number of lines in the store, from each place where it is kept; they must all be `2 * BATCH_BYTES * batches`. */
function linesIn(store: Store): number[] {
  const span = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, source: null, dimension: 'all' } as const;
  const windows = (['10s', '1m', '1h'] as const).map((resolution) =>
    store.windows({ ...span, resolution }).reduce((sum, { lines }) => sum + lines, 0),
  );
  const generations = store.streams().flatMap((stream) => stream.generations);
  return [
    generations.reduce((sum, { offset }) => sum + offset, 0),
    generations.reduce((sum, { counts }) => sum + bytesIn(counts), 0),
    store.totals().get('app')?.get('parsedLines') ?? 0,
    ...windows,
  ];
}

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
      expect(linesIn(store)).to.deep.equal(Array.from({ length: 6 }, () => 2 * BATCH_BYTES * batches));
      state.release();
    }

    const undisturbed = fresh(path('undisturbed'));
    for (let number = 0; number < batches; number += 1) commitBatch(undisturbed, number);
    expect(contentOf(open(take(path('state'))).store)).to.deep.equal(contentOf(undisturbed));
  }).timeout(inMode(60_000, 1_200_000));
});
