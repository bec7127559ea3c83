/** The supervision matrix, part two: {ways to fail} x thread, with real threads behind the real actors. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InlineDispatcher } from '../support/inline-dispatcher.js';
import { poolOver } from '../support/pool-over.js';
import { CONTENT, PLAN, type SimulatedResult, simulateJob } from '../support/simulated-job.js';

describe('supervision matrix: threads', () => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-threads-'));
  const path = join(directory, 'memory.log');
  let descriptor = -1;
  let undisturbed: SimulatedResult;

  before(async () => {
    writeFileSync(path, CONTENT);
    descriptor = openSync(path, 'r');
    undisturbed = await simulateJob({ dispatcher: new InlineDispatcher(CONTENT, PLAN, () => null) });
  });

  after(() => {
    closeSync(descriptor);
    rmSync(directory, { recursive: true });
    delete process.env['MILLRACE_TEST_THREAD'];
  });

  async function runWith(how: string): Promise<SimulatedResult> {
    process.env['MILLRACE_TEST_THREAD'] = how;
    const pool = poolOver(descriptor, { threads: 2, maxHeapMb: 32, entry: './misbehaving-thread.js' });
    try {
      return await simulateJob({ dispatcher: pool, chunkBytes: 4000, leaseMs: 1500 });
    } finally {
      await pool.close();
    }
  }

  for (const how of ['exits', 'throws', 'rejects', 'never answers', 'out of memory']) {
    it(`a thread that ${how === 'out of memory' ? 'runs out of memory' : how} is replaced, and its chunk scanned whole`, async () => {
      const result = await runWith(how);

      expect(result.outcome).to.equal('completed');
      expect(result.merged.state.coverage.receipt().complete).to.equal(true);
      expect(result.digest).to.equal(undisturbed.digest);
      expect(result.context.retried).to.equal(1);
    }).timeout(20_000);
  }

  it('a thread that cannot start at all makes the job end degraded, not hang', async () => {
    const pool = poolOver(descriptor, { threads: 2, maxHeapMb: 32, entry: './no-such-thread.js' });

    const result = await simulateJob({ dispatcher: pool, chunkBytes: 8000 });
    await pool.close();

    expect(result.outcome).to.equal('degraded');
    expect(result.merged.state.coverage.receipt().counted).to.equal(0);
  }).timeout(20_000);
});
