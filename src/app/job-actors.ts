/** The actors of one job: their behaviors with what they need, and the Supervisor that brings them back. */
import { type AnalyzerHandover, type AnalyzerState, analyzerBehavior } from '../actors/analyzer.js';
import { coordinatorBehavior } from '../actors/coordinator.js';
import type { CoordinatorPolicy } from '../actors/coordinator-deps.js';
import { type CoordinatorState, emptyLedger } from '../actors/coordinator-ledger.js';
import type { AnalyzerMessage } from '../actors/messages/analyzer.js';
import type { CoordinatorMessage } from '../actors/messages/coordinator.js';
import type { Scheduler } from '../actors/scheduler.js';
import { supervisorBehavior } from '../actors/supervisor.js';
import { type ActorRef, type ActorSystem, type Behavior, tell } from '../actors/system.js';
import type { ChunkDispatcher } from '../domain/chunk-dispatcher.js';
import type { ChunkSource } from '../domain/chunk-source.js';
import type { Fault } from '../domain/errors.js';
import { MergedJob } from '../domain/merged-job.js';
import type { NewSummaryMerger } from '../domain/summary/summary-merger.js';
import type { RestartBudget } from '../domain/supervision.js';
import type { JobContext, JobOutcome } from '../machines/job-machine.js';
import { handover } from './handover.js';

/** How a job ended, and all that it found out. */
export interface JobResult {
  readonly outcome: JobOutcome;
  readonly merged: MergedJob;
  readonly context: JobContext;
}

/** What the actors of a job work with. */
export interface JobActorsDeps {
  readonly source: ChunkSource;
  readonly dispatcher: ChunkDispatcher;
  /** Makes what merges the summaries. */
  readonly newMerger: NewSummaryMerger;
  /** Bytes of each file; null for a stream. */
  readonly sizes: readonly (number | null)[];
  readonly policy: CoordinatorPolicy;
  /** Monotonic clock, ms. */
  readonly now: () => number;
  readonly onEnded: (result: JobResult) => void;
}

/** Makes the behaviors of a job; each is made anew for each incarnation and takes over from the one before. */
export interface JobActors {
  readonly analyzer: () => Behavior<AnalyzerState, AnalyzerMessage>;
  readonly coordinator: (analyzer: ActorRef<AnalyzerMessage>) => Behavior<CoordinatorState, CoordinatorMessage>;
  /** Counters of the job machine as they are now; null before its first event. */
  readonly counters: () => JobContext | null;
}

/** Builds the actors of a job around what one incarnation hands on to the next. */
export function jobActors(deps: JobActorsDeps): JobActors {
  const merged = new MergedJob(deps.newMerger, deps.sizes);
  const analyzerState = handover<AnalyzerHandover>(() => ({ merged, snapshot: null, factsSeen: 0 }));
  const ledger = handover(() => emptyLedger(deps.now()));
  let counters: JobContext | null = null;
  return {
    analyzer: () =>
      analyzerBehavior({
        ...analyzerState,
        onEnded: (outcome, all, context) => deps.onEnded({ outcome, merged: all, context }),
        onAdvanced: (context) => {
          counters = context;
        },
      }),
    coordinator: (analyzer) => coordinatorBehavior({ ...ledger, ...deps, analyzer, files: deps.sizes.length }),
    counters: () => counters,
  };
}

/** How a job's actors are supervised. */
export interface SupervisionOptions {
  readonly scheduler: Scheduler;
  readonly now: () => number;
  readonly tickMs: number;
  readonly restarts: RestartBudget;
  /** Heartbeats that a child may leave unanswered. */
  readonly maxSilentTicks: number;
  readonly onChildFault: (actor: string, fault: Fault) => void;
}

/** The running actors of a job. */
export interface SupervisedJob {
  /** Tells the Coordinator of now, whichever incarnation that is. */
  readonly tellCoordinator: (message: CoordinatorMessage) => void;
  readonly stopTicking: () => void;
}

/** Spawns the Supervisor of a job, which starts it. */
export function superviseJob(system: ActorSystem, actors: JobActors, options: SupervisionOptions): SupervisedJob {
  let coordinator: ActorRef<CoordinatorMessage> | null = null;
  const supervisor = system.spawn(
    'supervisor',
    supervisorBehavior({
      ...options,
      spawnAnalyzer: (context) => context.spawn('analyzer', actors.analyzer()),
      spawnCoordinator: (context, analyzer) => {
        coordinator = context.spawn('coordinator', actors.coordinator(analyzer));
        return coordinator;
      },
    }),
  );
  tell(supervisor, { type: 'supervisor.start' });
  const tick = (): void => {
    tell(supervisor, { type: 'supervisor.tick', now: options.now() });
  };
  return {
    tellCoordinator: (message) => {
      if (coordinator !== null) tell(coordinator, message);
    },
    stopTicking: options.scheduler.every(options.tickMs, tick),
  };
}
