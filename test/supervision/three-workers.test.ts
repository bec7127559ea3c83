/** Three workers on real threads, of which one is killed at half of the work, is slow by a second, or hangs. */
import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import type { ChunkDispatcher, ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import type { ThreadPool } from '../../src/threads/thread-pool.js';
import { InlineDispatcher } from '../support/inline-dispatcher.js';
import { poolOver } from '../support/pool-over.js';
import { useScratch } from '../support/scratch.js';
import { CONTENT, PLAN, type SimulatedResult, simulateJob } from '../support/simulated-job.js';

const LATENCY_MS = 1000;
const CHUNK_BYTES = 2000;

/** What befalls the first attempt at the chunk in the middle of the log. */
type Mishap = 'killed at half of the work' | 'slow by a second' | 'hung';

/** Hands tasks on to a pool, and lets one of them meet with a mishap. */
class MishapDispatcher implements ChunkDispatcher {
  private readonly pool: ThreadPool;
  private readonly mishap: Mishap;
  private wasStruck = false;
  private readonly middle = Math.floor(CONTENT.length / CHUNK_BYTES / 2) * CHUNK_BYTES;

  constructor(pool: ThreadPool, mishap: Mishap) {
    this.pool = pool;
    this.mishap = mishap;
  }

  async execute(task: ChunkTask, signal: AbortSignal): Promise<Uint8Array> {
    if (this.wasStruck || task.chunk.start !== this.middle) return this.pool.execute(task, signal);
    this.wasStruck = true;
    if (this.mishap === 'killed at half of the work') return this.pool.execute({ ...task, injected: 'exit' }, signal);
    if (this.mishap === 'hung') return this.pool.execute({ ...task, injected: 'hang' }, signal);
    const report = await this.pool.execute(task, signal);
    return new Promise((resolve) => setTimeout(resolve, LATENCY_MS, report)); // a slow network, not a wait of the test
  }

  progress(chunkId: string): number | null {
    return this.pool.progress(chunkId);
  }
}

describe('supervision: three workers', () => {
  const { write } = useScratch();

  async function runWith(mishap: Mishap): Promise<SimulatedResult> {
    const descriptor = openSync(write('memory.log', CONTENT), 'r');
    const pool = poolOver(descriptor, { threads: 3, maxHeapMb: 64 });
    try {
      return await simulateJob({
        dispatcher: new MishapDispatcher(pool, mishap),
        chunkBytes: CHUNK_BYTES,
        leaseMs: 2000,
      });
    } finally {
      await pool.close();
      closeSync(descriptor);
    }
  }

  for (const [mishap, retried] of [
    ['killed at half of the work', 1],
    ['slow by a second', 0],
    ['hung', 1],
  ] as const) {
    it(`count every line once when one of them is ${mishap}`, async () => {
      const undisturbed = await simulateJob({ dispatcher: new InlineDispatcher(CONTENT, PLAN, () => null) });

      const result = await runWith(mishap);

      const receipt = result.merged.state.coverage.receipt();
      expect([result.outcome, receipt.complete, receipt.counted]).to.deep.equal(['completed', true, CONTENT.length]);
      expect(result.digest).to.equal(undisturbed.digest);
      expect([result.context.retried, receipt.split]).to.deep.equal([retried, 0]);
    }).timeout(20_000);
  }
});
