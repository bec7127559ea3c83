/** Wires one job: sources, threads, actors. The only place that knows all of them. */
import { randomInt } from 'node:crypto';
import type { CoordinatorPolicy } from '../actors/coordinator-deps.js';
import type { Scheduler } from '../actors/scheduler.js';
import { type ActorSystem, createActorSystem } from '../actors/system.js';
import { encodeText } from '../domain/byte-string.js';
import type { ChaosPlan } from '../domain/chaos.js';
import { MillraceError } from '../domain/errors.js';
import type { SummaryPlan } from '../domain/plan.js';
import { ReferenceMerger, type SummaryMerger } from '../domain/summary/summary-merger.js';
import type { JobContext } from '../machines/job-machine.js';
import { JobSource } from '../sources/job-source.js';
import type { PlannedJob } from '../sources/plan-job.js';
import type { KernelCode } from '../scanner/kernel.js';
import { KernelMerger } from '../scanner/kernel-merger.js';
import { loadMerger } from '../threads/load-kernel.js';
import { MAX_HEAP_MB, type StartedThread } from '../threads/start-thread.js';
import { ThreadPool } from '../threads/thread-pool.js';
import { type JobResult, jobActors, type SupervisionOptions, superviseJob } from './job-actors.js';
import { logEvents } from './log-events.js';
import type { Log } from './log.js';
import { monotonicNow, systemScheduler } from './system-scheduler.js';

/** What a job is run with. */
export interface JobOptions extends SummaryPlan {
  readonly planned: PlannedJob;
  /** Scan threads. */
  readonly threads: number;
  readonly chunkBytes: number;
  readonly stallTimeoutMs: number;
  readonly chaos: ChaosPlan | null;
  readonly poison: string | null;
  /** What the threads scan with; null for the reference parser. */
  readonly kernel: KernelCode | null;
  /** A thread that was started ahead of the job. */
  readonly spare?: StartedThread | null;
  /** Called when all threads are up. */
  readonly onUp?: () => void;
  readonly log: Log;
}

/** A running job. */
export interface RunningJob {
  /** Resolves when the job ended; `close` is to be called then. @throws MR_ERR_RESTART_BUDGET, MR_ERR_UNEXPECTED */
  readonly done: Promise<JobResult>;
  /**
   * Ends threads and actors. Better after the report than before it: a thread that ends while V8 still compiles for it in the
   * background can take the process with it (Node 20, `NodePlatform::ForIsolate`), and the report gives it the time.
   */
  readonly close: () => Promise<void>;
  readonly source: JobSource;
  readonly system: ActorSystem;
  readonly pool: ThreadPool;
  /** Counters of the job machine as they are now; null before the first event. */
  readonly counters: () => JobContext | null;
  readonly control: (command: 'pause' | 'resume' | 'cancel') => void;
  /** Reads no further, settles what was cut or has arrived, and ends; what takes longer than the grace is cancelled. */
  readonly stop: () => void;
}

const TICK_MS = 50;
/** Time that chunks in flight have after `stop`. */
const STOP_GRACE_MS = 2000;
/** Number of different 32-bit words. */
const WORDS = 2 ** 32;
/** Chunks in flight beyond one for each thread: they keep the threads busy while results are merged. */
const SPARE_CHUNKS = 2;
/** Slots of the ring beyond the chunks in flight: one is being filled. */
const SPARE_SLOTS = 1;

/** Starts a job. Threads come first, since they take longest to come up. */
export function startJob(options: JobOptions): RunningJob {
  const slots = options.threads + SPARE_CHUNKS + SPARE_SLOTS;
  const source = new JobSource(options.planned, { chunkBytes: options.chunkBytes, slots });
  const pool = openPool(options, source);
  const ended = deferred<JobResult>();
  const system = createActorSystem('millrace', {
    onFatal: (fault) => ended.reject(new MillraceError(fault.code, fault.message)),
  });
  const actors = jobActors({
    source,
    dispatcher: pool,
    newMerger: () => newMergerFor(options),
    sizes: options.planned.plans.map((plan) => plan.sizeBytes),
    policy: policyOf(options),
    now: monotonicNow,
    onEnded: ended.resolve,
  });
  logEvents(system, options.log);
  const scheduler = systemScheduler();
  const job = superviseJob(system, actors, supervisionOf(options.log, scheduler));
  const askSource = (): void => job.tellCoordinator({ type: 'source.ready' });
  source.onReady(askSource);
  source.start();
  const control: RunningJob['control'] = (command) => job.tellCoordinator({ type: 'job.control', command });
  let forgetGrace: () => void = () => undefined;
  const stop = (): void => {
    source.stop();
    askSource();
    forgetGrace = scheduler.after(STOP_GRACE_MS, () => control('cancel'));
  };
  const close = async (): Promise<void> => {
    forgetGrace();
    await system.stop();
    await pool.close();
    source.close();
  };
  const done = ended.promise.finally(() => job.stopTicking());
  return { done, close, source, system, pool, counters: actors.counters, control, stop };
}

function openPool(options: JobOptions, source: JobSource): ThreadPool {
  return new ThreadPool({
    threads: options.threads,
    slots: source.slots,
    summary: summaryPlanOf(options),
    poison: options.poison === null ? null : encodeText(options.poison),
    kernel: options.kernel === null ? null : { ...options.kernel, secret: [randomInt(WORDS), randomInt(WORDS)] },
    maxHeapMb: MAX_HEAP_MB,
    spare: options.spare ?? null,
    onUp: options.onUp ?? (() => undefined),
    planOf: (file) => source.planOf(file),
    descriptorOf: (file) => source.descriptorOf(file),
  });
}

/** What was scanned with the kernel is merged with it. */
function newMergerFor(options: JobOptions): SummaryMerger {
  const plan = summaryPlanOf(options);
  return options.kernel === null ? new ReferenceMerger(plan) : new KernelMerger(loadMerger, plan);
}

/** Threads and actors count by the same plan. */
function summaryPlanOf({ windowMs, folding, windowedKeys }: JobOptions): SummaryPlan {
  return { windowMs, folding, windowedKeys };
}

function policyOf({ threads, stallTimeoutMs, chaos }: JobOptions): CoordinatorPolicy {
  return {
    maxInFlight: threads + SPARE_CHUNKS,
    leaseMs: stallTimeoutMs,
    retry: { maxAttempts: 4, maxKills: 2, baseDelayMs: 20, maxDelayMs: 2000 },
    circuit: { maxFailuresInRow: 8, openMs: 1000 },
    tickMs: TICK_MS,
    chaos,
  };
}

function supervisionOf(log: Log, scheduler: Scheduler): SupervisionOptions {
  return {
    scheduler,
    now: monotonicNow,
    tickMs: TICK_MS,
    restarts: { maxRestarts: 5, withinMs: 10_000, baseDelayMs: 10, maxDelayMs: 1000 },
    maxSilentTicks: 200,
    onChildFault: (actor, { code, message }) => log.warn('Actor restarted', { actor, code, reason: message }),
  };
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
