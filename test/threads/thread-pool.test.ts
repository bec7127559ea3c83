import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import type { MillraceError } from '../../src/domain/errors.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { loadKernel } from '../../src/threads/load-kernel.js';
import { type StartedThread, startThread } from '../../src/threads/start-thread.js';
import { ThreadPool } from '../../src/threads/thread-pool.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';

/** A task for the scripted thread: the first word of `id` is what it does. */
function task(id: string, start = 0, attempt = 1): ChunkTask {
  return { chunk: { id, file: 0, start, end: start + 10, slot: null }, attempt, mode: 'parse', injected: null };
}

/** How an attempt ended: the bytes of its answer, or the code of its fault. */
async function endOf(attempt: Promise<Uint8Array>): Promise<number[] | string> {
  return attempt.then(
    (report) => [...report],
    (error: MillraceError) => error.code,
  );
}

/** A signal of its own that nobody aborts. */
function unaborted(): AbortSignal {
  return new AbortController().signal;
}

describe('threads/thread-pool', () => {
  const pools: ThreadPool[] = [];

  function openPool(
    threads: number,
    entry = '../support/scripted-thread.js',
    spare: StartedThread | null = null,
  ): ThreadPool {
    const pool = new ThreadPool({
      threads,
      slots: [],
      summary: SUMMARY_PLAN,
      poison: null,
      kernel: null,
      maxHeapMb: 16,
      planOf: () => planOf(),
      descriptorOf: () => null,
      entry: new URL(entry, import.meta.url),
      spare,
    });
    pools.push(pool);
    return pool;
  }

  function runAll(pool: ThreadPool, ids: readonly string[]): Promise<(number[] | string)[]> {
    return Promise.all(ids.map((id, index) => endOf(pool.execute(task(id, index), unaborted()))));
  }

  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

  function startSpare(): StartedThread {
    return startThread(16, new URL('../support/scripted-thread.js', import.meta.url));
  }

  it('takes over a thread that was started ahead of it', async () => {
    const spare = startSpare();
    const pool = openPool(1, '../support/scripted-thread.js', spare);

    expect(pool.describe().map(({ threadId }) => threadId)).to.deep.equal([spare.worker.threadId]);
    expect(await runAll(pool, ['answer'])).to.deep.equal([[1, 0]]);
  });

  it('starts another one where the thread that was started ahead of it has died since', async () => {
    const spare = startSpare();
    await spare.worker.terminate();
    const pool = openPool(1, '../support/scripted-thread.js', spare);

    expect(await runAll(pool, ['answer'])).to.deep.equal([[1, 0]]);
  });

  it('serves more tasks than it has threads', async () => {
    const ends = await runAll(
      openPool(2),
      Array.from({ length: 20 }, (_, index) => `answer ${index}`),
    );

    expect(ends).to.deep.equal(Array.from({ length: 20 }, (_, index) => [1, index]));
  });

  it('fails the task that a thread was at when it died, and no other, and replaces the thread', async () => {
    const ids = ['exit', 'answer 1', 'throw', 'answer 2', 'fail', 'answer 3', 'exit again', 'answer 4'];

    const ends = await runAll(openPool(1), ids);

    expect(ends).to.deep.equal([
      'MR_ERR_THREAD_EXIT',
      [1, 1],
      'MR_ERR_UNEXPECTED',
      [1, 3],
      'MR_ERR_CHUNK_READ',
      [1, 5],
      'MR_ERR_THREAD_EXIT',
      [1, 7],
    ]);
  });

  it('names a thread that exceeds its heap', async () => {
    expect(await runAll(openPool(1), ['hoard', 'answer'])).to.deep.equal(['MR_ERR_THREAD_MEMORY', [1, 1]]);
  }).timeout(20_000);

  it('takes an aborted task out of the queue without touching the thread', async () => {
    const pool = openPool(1);
    const abort = new AbortController();
    const first = endOf(pool.execute(task('answer', 1), unaborted()));
    const second = endOf(pool.execute(task('exit', 2), abort.signal));
    const third = endOf(pool.execute(task('answer', 3), unaborted()));
    const [before] = pool.describe();

    abort.abort();

    expect(await Promise.all([first, second, third])).to.deep.equal([[1, 1], 'MR_ERR_THREAD_EXIT', [1, 3]]);
    expect(pool.describe().map(({ threadId }) => threadId)).to.deep.equal([before?.threadId]);
  });

  it('starts threads when there are to be more, and ends those that are too many, each after its task', async () => {
    const pool = openPool(1);
    const first = endOf(pool.execute(task('answer', 1), unaborted()));
    pool.scale(3);
    const more = pool.describe().length;
    const others = [2, 3].map((number) => endOf(pool.execute(task('answer', number), unaborted())));
    pool.scale(1);

    expect(await Promise.all([first, ...others])).to.deep.equal([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
    expect([more, pool.describe().length, pool.size]).to.deep.equal([3, 1, 1]);
  });

  it('ends a thread by its number, or by what it is at, and has another one do the rest', async () => {
    const pool = openPool(1);
    await endOf(pool.execute(task('answer first'), unaborted()));
    const [before] = pool.describe();
    const byChunk = endOf(pool.execute(task('wait', 4, 1), unaborted()));
    const told = [pool.kill({ chunkId: 'other' }), pool.kill({ chunkId: 'wait' })];
    const chunk = await byChunk;
    const after = await endOf(pool.execute(task('answer', 5), unaborted()));
    const [now] = pool.describe();
    told.push(pool.kill({ threadId: before?.threadId ?? 0 }), pool.kill({ threadId: now?.threadId ?? 0 }));

    expect([chunk, after]).to.deep.equal(['MR_ERR_THREAD_EXIT', [1, 5]]);
    expect(told).to.deep.equal([false, true, false, true]);
  });

  it('ends the thread that is at work on an aborted task, and serves the rest with a new one', async () => {
    const pool = openPool(1);
    const abort = new AbortController();
    await endOf(pool.execute(task('answer first'), unaborted()));
    const [before] = pool.describe();
    const hung = endOf(pool.execute(task('wait', 4, 2), abort.signal));
    const waiting = endOf(pool.execute(task('answer', 5), unaborted()));
    const [{ startedAt, ...busy } = { startedAt: null }] = pool.describe();
    expect(busy).to.deep.equal({ threadId: before?.threadId, chunkId: 'wait', attempt: 2 });
    expect(startedAt).to.be.within(Date.now() - 5000, Date.now());

    abort.abort();

    expect(await Promise.all([hung, waiting])).to.deep.equal(['MR_ERR_THREAD_EXIT', [1, 5]]);
    expect(pool.describe().map(({ chunkId }) => chunkId)).to.deep.equal([null]);
    expect(pool.describe()[0]?.threadId).not.to.equal(before?.threadId);
  });

  it('drops a task that is aborted before any thread is up', async () => {
    const pool = openPool(1);
    const abort = new AbortController();
    const early = endOf(pool.execute(task('answer', 1), abort.signal));

    abort.abort();

    expect(await early).to.equal('MR_ERR_THREAD_EXIT');
    expect(await endOf(pool.execute(task('answer', 2), unaborted()))).to.deep.equal([1, 2]);
  });

  it('refuses a task whose signal is aborted already', async () => {
    expect(await endOf(openPool(1).execute(task('answer'), AbortSignal.abort()))).to.equal('MR_ERR_THREAD_EXIT');
  });

  it('lets an abort after the answer pass', async () => {
    const pool = openPool(1);
    const abort = new AbortController();
    await pool.execute(task('answer'), abort.signal);
    const [before] = pool.describe();

    abort.abort();

    expect(await endOf(pool.execute(task('answer', 2), unaborted()))).to.deep.equal([1, 2]);
    expect(pool.describe()[0]?.threadId).to.equal(before?.threadId);
  });

  it('tells where the newest attempt stands, also after its thread died, until its chunk has a result', async () => {
    const pool = openPool(1);
    expect(pool.progress('move')).to.equal(null);

    const moved = endOf(pool.execute(task('move', 10), unaborted()));
    const queued = endOf(pool.execute(task('answer', 20), unaborted()));
    expect([pool.progress('move'), pool.progress('answer')]).to.deep.equal([null, null]);
    expect(await Promise.all([moved, queued])).to.deep.equal(['MR_ERR_THREAD_EXIT', [1, 20]]);

    expect([pool.progress('move'), pool.progress('answer')]).to.deep.equal([15, null]);
  });

  it('forgets where the attempt before stood once the next one waits', async () => {
    const pool = openPool(1);
    await endOf(pool.execute(task('move', 10), unaborted()));
    const abort = new AbortController();

    const again = endOf(pool.execute(task('move', 10, 2), abort.signal));

    expect(pool.progress('move')).to.equal(null);
    abort.abort();
    expect(await again).to.equal('MR_ERR_THREAD_EXIT');
  });

  it('rejects what is at work, what waits and what comes when it is closed', async () => {
    const pool = openPool(1);
    await endOf(pool.execute(task('answer'), unaborted()));
    const ends = [endOf(pool.execute(task('wait'), unaborted())), endOf(pool.execute(task('answer'), unaborted()))];

    await pool.close();
    ends.push(endOf(pool.execute(task('answer'), unaborted())));

    expect(await Promise.all(ends)).to.deep.equal(Array.from({ length: 3 }, () => 'MR_ERR_THREAD_EXIT'));
    expect(pool.describe()).to.deep.equal([]);
  });

  it('can be closed while its threads come up, and twice', async () => {
    const pool = openPool(4);
    const early = endOf(pool.execute(task('answer'), unaborted()));

    await Promise.all([pool.close(), pool.close()]);

    expect([await early, pool.describe()]).to.deep.equal(['MR_ERR_THREAD_EXIT', []]);
  });

  it('gives up, and says why, when no thread can be started', async () => {
    const pool = openPool(2, '../support/no-such-thread.js');

    const waiting = await endOf(pool.execute(task('answer'), unaborted()));

    expect(waiting).to.equal('MR_ERR_THREAD_START');
    expect(await endOf(pool.execute(task('answer'), unaborted()))).to.equal('MR_ERR_THREAD_START');
    expect(pool.describe()).to.deep.equal([]);
  });

  it('shows that a thread moves within a line of any length, and still at which line it is', async () => {
    const sizeBytes = 256 * 1024 ** 2;
    const directory = mkdtempSync(join(tmpdir(), 'millrace-'));
    const descriptor = openSync(join(directory, 'hole.log'), 'w+');
    ftruncateSync(descriptor, sizeBytes);
    const kernel = await loadKernel(FORMAT_NAMES);
    const pool = new ThreadPool({
      threads: 1,
      slots: [],
      summary: SUMMARY_PLAN,
      poison: null,
      kernel: { ...kernel, secret: [1, 2] },
      maxHeapMb: 64,
      planOf: () => planOf({ sizeBytes }),
      descriptorOf: () => descriptor,
    });
    pools.push(pool);
    const stands = new Set<number>();
    let isDone = false;

    const scanned = pool.execute(task('hole'), unaborted()).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      stands.add(pool.progress('hole') ?? 0);
    }
    await scanned;
    closeSync(descriptor);
    rmSync(directory, { recursive: true });

    expect(stands.size).to.be.greaterThan(2);
    expect([...stands].map(Math.floor).every((offset) => offset === 0)).to.equal(true);
  }).timeout(20_000);
});
