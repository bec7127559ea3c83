/**
 * A pool of scan threads: the dispatcher of one process. One queue serves all threads, so what waits behind a thread
 * that dies has lost nothing, not even an attempt. A thread that dies fails the task it was at, and is replaced.
 */
import type { Worker } from 'node:worker_threads';
import type { ChunkDispatcher, ChunkTask } from '../domain/chunk-dispatcher.js';
import { failure, MillraceError } from '../domain/errors.js';
import type { FilePlan, SummaryPlan } from '../domain/plan.js';
import type { ScanBegin, ScanRequest, ScanResponse, ThreadKernel } from './protocol.js';
import { ReceivedBytes } from './received-bytes.js';
import { type StartedThread, startThread } from './start-thread.js';

/** What a pool needs to know; the two functions are asked when a task goes to a thread. */
export interface ThreadPoolOptions {
  readonly threads: number;
  readonly slots: readonly SharedArrayBuffer[];
  readonly summary: SummaryPlan;
  readonly poison: string | null;
  /** What the threads scan with; null for the reference parser. */
  readonly kernel: ThreadKernel | null;
  /** Ceiling of a thread's heap in MiB; a thread that exceeds it dies with MR_ERR_THREAD_MEMORY. */
  readonly maxHeapMb: number;
  readonly planOf: (file: number) => FilePlan;
  readonly descriptorOf: (file: number) => number | null;
  /** A thread that was started ahead of the pool, which takes it over. */
  readonly spare?: StartedThread | null;
  /** Called when all threads are up for the first time. */
  readonly onUp?: () => void;
  /** Entry of the thread, for tests that need one which misbehaves. */
  readonly entry?: URL;
}

/** A task from `execute` until its promise is settled. */
interface Job {
  readonly task: ChunkTask;
  readonly resolve: (report: Uint8Array) => void;
  readonly reject: (error: MillraceError) => void;
}

/** One scan thread and what it is at. */
interface ScanThread {
  readonly worker: Worker;
  readonly progress: Float64Array;
  job: Job | null;
  requestId: number;
  /** Epoch ms at which its job was given to it. */
  startedAt: number;
  isReady: boolean;
  isGone: boolean;
}

/** What the REPL and the report show of a thread. */
export interface ThreadInfo {
  readonly threadId: number;
  readonly chunkId: string | null;
  readonly attempt: number | null;
  /** Epoch ms; null while it is idle. */
  readonly startedAt: number | null;
}

const MAX_FAILED_STARTS = 5;

export class ThreadPool implements ChunkDispatcher {
  private readonly options: ThreadPoolOptions;
  private readonly threads = new Set<ScanThread>();
  private readonly queue: Job[] = [];
  /** Where the newest attempt at a chunk stands, also after its thread died; forgotten with its chunk's result. */
  private readonly stands = new Map<string, Float64Array>();
  private readonly received = new ReceivedBytes();
  private lastRequestId = 0;
  /** Threads in a row that died before they were ready. */
  private failedStarts = 0;
  /** Why no thread can be started any more. */
  private broken: MillraceError | null = null;
  private isClosed = false;
  private wanted: number;

  /** Starts the threads at once. */
  constructor(options: ThreadPoolOptions) {
    this.options = options;
    const { spare, threads } = options;
    this.wanted = threads;
    if (spare && spare.worker.threadId > 0) this.adopt(spare); // it may have died since
    while (this.threads.size < threads) this.startThread();
  }

  execute(task: ChunkTask, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const job: Job = { task, resolve, reject };
      if (this.broken !== null) return reject(this.broken);
      if (this.isClosed || signal.aborted) return reject(failure('MR_ERR_THREAD_EXIT', [0]));
      signal.addEventListener('abort', () => this.abort(job), { once: true });
      this.stands.delete(task.chunk.id);
      this.queue.push(job);
      this.assign();
    });
  }

  progress(chunkId: string): number | null {
    return this.stands.get(chunkId)?.[0] ?? null;
  }

  /** The threads as they are now. */
  describe(): readonly ThreadInfo[] {
    return [...this.threads].map(({ worker, job, startedAt }) => ({
      threadId: worker.threadId,
      chunkId: job?.task.chunk.id ?? null,
      attempt: job?.task.attempt ?? null,
      startedAt: job === null ? null : startedAt,
    }));
  }

  /** Threads that are asked for. */
  get size(): number {
    return this.wanted;
  }

  /** Starts threads, or ends those that are too many, each after its task. */
  scale(threads: number): void {
    this.wanted = threads;
    while (this.threads.size < threads && this.broken === null) this.startThread();
    this.endIdle();
  }

  /** Ends the thread of a number, or that at work on a chunk, and fails its task; false where there is none. */
  kill({ threadId, chunkId }: { readonly threadId?: number; readonly chunkId?: string }): boolean {
    const thread = [...this.threads].find(
      ({ worker, job }) => worker.threadId === threadId || (chunkId !== undefined && job?.task.chunk.id === chunkId),
    );
    if (thread !== undefined) void thread.worker.terminate();
    return thread !== undefined;
  }

  /** Ends all threads; what was still to do is rejected. */
  async close(): Promise<void> {
    this.isClosed = true;
    const threads = [...this.threads];
    for (const job of this.queue.splice(0)) job.reject(failure('MR_ERR_THREAD_EXIT', [0]));
    await Promise.all(threads.map((thread) => thread.worker.terminate()));
  }

  private startThread(): void {
    const { maxHeapMb, entry } = this.options;
    this.adopt(startThread(maxHeapMb, entry));
  }

  private adopt({ worker, progress }: StartedThread): void {
    const thread: ScanThread = {
      worker,
      progress: new Float64Array(progress),
      job: null,
      requestId: 0,
      startedAt: 0,
      isReady: false,
      isGone: false,
    };
    this.threads.add(thread);
    worker.on('message', (response: ScanResponse) => this.onResponse(thread, response));
    worker.on('error', (error) => this.onGone(thread, faultOf(error)));
    worker.on('exit', (exitCode) => this.onGone(thread, failure('MR_ERR_THREAD_EXIT', [exitCode])));
    const { slots, summary, poison, kernel } = this.options;
    const begin: ScanBegin = { type: 'begin', slots, summary, poison, kernel };
    worker.postMessage(begin);
  }

  private endIdle(): void {
    for (const thread of this.threads) {
      if (this.threads.size <= this.wanted) return;
      if (thread.job !== null || thread.isGone) continue;
      thread.isGone = true;
      this.threads.delete(thread);
      void thread.worker.terminate();
    }
  }

  private assign(): void {
    if (this.isClosed) return;
    this.endIdle();
    for (const thread of this.threads) {
      if (thread.job !== null || !thread.isReady || thread.isGone) continue;
      const job = this.queue.shift();
      if (job === undefined) return;
      this.send(thread, job);
    }
  }

  private send(thread: ScanThread, job: Job): void {
    const { task } = job;
    this.lastRequestId += 1;
    thread.job = job;
    thread.requestId = this.lastRequestId;
    thread.startedAt = Date.now();
    thread.progress[0] = task.chunk.start;
    this.stands.set(task.chunk.id, thread.progress);
    const request: ScanRequest = {
      type: 'scan',
      requestId: thread.requestId,
      task,
      plan: this.options.planOf(task.chunk.file),
      descriptor: task.chunk.slot === null ? this.options.descriptorOf(task.chunk.file) : null,
    };
    thread.worker.postMessage(request);
  }

  private onResponse(thread: ScanThread, response: ScanResponse): void {
    if (response.type === 'ready') return this.onReady(thread);
    const { job } = thread;
    if (job === null || response.requestId !== thread.requestId) return;
    thread.job = null;
    this.keepStand(job, thread);
    if (response.type === 'scanned') {
      this.stands.delete(job.task.chunk.id);
      this.received.add(response.report.length);
      job.resolve(response.report);
    } else {
      job.reject(new MillraceError(response.fault.code, response.fault.message));
    }
    this.assign();
  }

  private onReady(thread: ScanThread): void {
    thread.isReady = true;
    this.failedStarts = 0;
    this.assign();
    if ([...this.threads].every(({ isReady }) => isReady)) this.options.onUp?.();
  }

  /** The thread's counter goes on with its next task, so the place where this one stood is copied. */
  private keepStand(job: Job, thread: ScanThread): void {
    this.stands.set(job.task.chunk.id, Float64Array.of(thread.progress[0] ?? job.task.chunk.start));
  }

  private onGone(thread: ScanThread, error: MillraceError): void {
    if (thread.isGone) return;
    thread.isGone = true;
    this.threads.delete(thread);
    const { job } = thread;
    thread.job = null;
    if (job !== null) {
      this.keepStand(job, thread);
      job.reject(error);
    }
    if (this.isClosed) return;
    this.failedStarts += thread.isReady ? 0 : 1;
    if (this.threads.size >= this.wanted) return;
    if (this.failedStarts <= MAX_FAILED_STARTS) this.startThread();
    else if (this.threads.size === 0) this.giveUp(error);
  }

  /** Threads that cannot even start will not start at the next attempt either. */
  private giveUp({ message }: MillraceError): void {
    const broken = failure('MR_ERR_THREAD_START', [message]);
    this.broken = broken;
    for (const job of this.queue.splice(0)) job.reject(broken);
  }

  private abort(job: Job): void {
    const place = this.queue.indexOf(job);
    if (place >= 0) {
      this.queue.splice(place, 1);
      job.reject(failure('MR_ERR_THREAD_EXIT', [0]));
      return;
    }
    for (const thread of this.threads) {
      if (thread.job === job) void thread.worker.terminate();
    }
  }
}

/** Names what a thread threw outside of a scan, or that it ran out of memory. */
function faultOf(error: unknown): MillraceError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return failure('MR_ERR_THREAD_MEMORY', [], error);
  return failure('MR_ERR_UNEXPECTED', [error instanceof Error ? error.message : String(error)], error);
}
