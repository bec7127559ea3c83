/** Wires one job: sources, threads, actors. The only place that knows all of them. */
import { type AnalyzerHandover, analyzerBehavior } from '../actors/analyzer.js';
import { coordinatorBehavior } from '../actors/coordinator.js';
import type { CoordinatorPolicy } from '../actors/coordinator-deps.js';
import { emptyLedger } from '../actors/coordinator-ledger.js';
import type { CoordinatorMessage } from '../actors/messages/coordinator.js';
import { type SupervisorDeps, supervisorBehavior } from '../actors/supervisor.js';
import { type ActorRef, type ActorSystem, createActorSystem, tell } from '../actors/system.js';
import { encodeText } from '../domain/byte-string.js';
import type { ChaosPlan } from '../domain/chaos.js';
import { MillraceError } from '../domain/errors.js';
import { MergedJob } from '../domain/merged-job.js';
import type { JobContext, JobOutcome } from '../machines/job-machine.js';
import { JobSource } from '../sources/job-source.js';
import type { PlannedJob } from '../sources/plan-job.js';
import { ThreadPool } from '../threads/thread-pool.js';
import { handover } from './handover.js';
import type { Log } from './log.js';
import { monotonicNow, systemScheduler } from './system-scheduler.js';

/** What a job is run with. */
export interface JobOptions {
  readonly planned: PlannedJob;
  readonly windowMs: number;
  readonly workers: number;
  readonly chunkBytes: number;
  readonly stallTimeoutMs: number;
  readonly chaos: ChaosPlan | null;
  readonly poison: string | null;
  readonly log: Log;
}

/** How a job ended, and all that it found out. */
export interface JobResult {
  readonly outcome: JobOutcome;
  readonly merged: MergedJob;
  readonly context: JobContext;
}

/** A running job. */
export interface RunningJob {
  /** Resolves when the job ended and its threads and actors are gone. @throws MR_ERR_RESTART_BUDGET, MR_ERR_UNEXPECTED */
  readonly done: Promise<JobResult>;
  readonly source: JobSource;
  readonly system: ActorSystem;
  readonly pool: ThreadPool;
  /** Counters of the job machine as they are now; null before the first event. */
  readonly counters: () => JobContext | null;
  readonly control: (command: 'pause' | 'resume' | 'cancel') => void;
}

const TICK_MS = 50;
const MAX_HEAP_MB = 256;
/** Chunks in flight beyond one for each thread: they keep the threads busy while results are merged. */
const SPARE_CHUNKS = 2;
/** Slots of the ring beyond the chunks in flight: one is being filled. */
const SPARE_SLOTS = 1;
const RESTARTS = { maxRestarts: 5, withinMs: 10_000, baseDelayMs: 10, maxDelayMs: 1000 };
const MAX_SILENT_TICKS = 200;

let startedJobs = 0;

/** Starts a job. Threads come first, since they take longest to come up. */
export function startJob(options: JobOptions): RunningJob {
  const source = new JobSource(options.planned, {
    chunkBytes: options.chunkBytes,
    slots: options.workers + SPARE_CHUNKS + SPARE_SLOTS,
  });
  const pool = openPool(options, source);
  const ended = deferred<JobResult>();
  startedJobs += 1;
  const system = createActorSystem(`millrace-${startedJobs}`, {
    onFatal: (fault) => ended.reject(new MillraceError(fault.code, fault.message)),
  });
  const job = supervisorDeps(options, { source, pool, onEnded: ended.resolve });
  const supervisor = system.spawn('supervisor', supervisorBehavior(job.deps));
  source.onReady(() => job.tellCoordinator({ type: 'source.ready' }));
  tell(supervisor, { type: 'supervisor.start' });
  source.start();
  const stopTicking = job.deps.scheduler.every(TICK_MS, () =>
    tell(supervisor, { type: 'supervisor.tick', now: monotonicNow() }),
  );
  const close = async (): Promise<void> => {
    stopTicking();
    await system.stop();
    await pool.close();
    source.close();
  };
  return {
    done: closedAfter(ended.promise, close),
    source,
    system,
    pool,
    counters: job.counters,
    control: (command) => job.tellCoordinator({ type: 'job.control', command }),
  };
}

async function closedAfter<Value>(promise: Promise<Value>, close: () => Promise<void>): Promise<Value> {
  try {
    return await promise;
  } finally {
    await close();
  }
}

function openPool(options: JobOptions, source: JobSource): ThreadPool {
  return new ThreadPool({
    threads: options.workers,
    slots: source.slots,
    summary: { windowMs: options.windowMs },
    poison: options.poison === null ? null : encodeText(options.poison),
    maxHeapMb: MAX_HEAP_MB,
    planOf: (file) => source.planOf(file),
    descriptorOf: (file) => source.descriptorOf(file),
  });
}

interface JobParts {
  readonly source: JobSource;
  readonly pool: ThreadPool;
  readonly onEnded: (result: JobResult) => void;
}

interface JobWiring {
  readonly deps: SupervisorDeps;
  readonly tellCoordinator: (message: CoordinatorMessage) => void;
  readonly counters: () => JobContext | null;
}

function supervisorDeps(options: JobOptions, { source, pool, onEnded }: JobParts): JobWiring {
  const sizes = options.planned.plans.map((plan) => plan.sizeBytes);
  const merged = new MergedJob({ windowMs: options.windowMs }, sizes);
  let counters: JobContext | null = null;
  const analyzerState = handover<AnalyzerHandover>(() => ({ merged, snapshot: null, factsSeen: 0 }));
  const ledger = handover(() => emptyLedger(monotonicNow()));
  let coordinator: ActorRef<CoordinatorMessage> | null = null;
  const deps: SupervisorDeps = {
    spawnAnalyzer: (context) =>
      context.spawn(
        'analyzer',
        analyzerBehavior({
          ...analyzerState,
          onEnded: (outcome, all, context) => onEnded({ outcome, merged: all, context }),
          onAdvanced: (context) => {
            counters = context;
          },
        }),
      ),
    spawnCoordinator: (context, analyzer) => {
      const wired = {
        source,
        dispatcher: pool,
        analyzer,
        now: monotonicNow,
        policy: policyOf(options),
        files: options.planned.plans.length,
      };
      coordinator = context.spawn('coordinator', coordinatorBehavior({ ...ledger, ...wired }));
      return coordinator;
    },
    scheduler: systemScheduler(),
    now: monotonicNow,
    restarts: RESTARTS,
    maxSilentTicks: MAX_SILENT_TICKS,
    onChildFault: (actor, { code, message }) => options.log.warn('Actor restarted', { actor, code, reason: message }),
  };
  return {
    deps,
    tellCoordinator: (message) => {
      if (coordinator !== null) tell(coordinator, message);
    },
    counters: () => counters,
  };
}

function policyOf({ workers, stallTimeoutMs, chaos }: JobOptions): CoordinatorPolicy {
  return {
    maxInFlight: workers + SPARE_CHUNKS,
    leaseMs: stallTimeoutMs,
    retry: { maxAttempts: 4, maxKills: 2, baseDelayMs: 20, maxDelayMs: 2000 },
    circuit: { maxFailuresInRow: 8, openMs: 1000 },
    tickMs: TICK_MS,
    chaos,
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
