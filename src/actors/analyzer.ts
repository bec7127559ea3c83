/**
 * Analyzer: merges each byte of the job once, and owns the job machine.
 *
 * Receives `AnalyzerMessage`: results from Workers, facts from the Coordinator.
 * Sends    `ChunkSettled` and `ChunkRefused` to the Coordinator.
 * Fails    only on bugs; its successor takes over the merged state, the machine and the number of the last fact.
 */
import { type Actor, createActor, type Snapshot } from 'xstate';
import { assertNever } from '../domain/assert-never.js';
import { toFault } from '../domain/errors.js';
import type { MergedJob } from '../domain/merged-job.js';
import { type JobContext, type JobEvent, type JobOutcome, jobMachine } from '../machines/job-machine.js';
import type { AnalyzerMessage, ChunkParsed, JobNoted, StatsQuery } from './messages/analyzer.js';
import type { ClockTicked } from './messages/clock.js';
import type { JobFact } from './messages/facts.js';
import { type Behavior, type Context, tell } from './system.js';

/** What a successor takes over. */
export interface AnalyzerHandover {
  readonly merged: MergedJob;
  /** Persisted snapshot of the job machine; null for a job that has not begun. */
  readonly snapshot: Snapshot<unknown> | null;
  /** Number of the last fact that is counted. */
  readonly factsSeen: number;
}

/** What the Analyzer needs. */
export interface AnalyzerDeps {
  readonly takeOver: () => AnalyzerHandover;
  readonly handOn: (handover: AnalyzerHandover) => void;
  /** Told the counters after each event of the machine. */
  readonly onAdvanced: (context: JobContext) => void;
  /** Told once, when the job machine reaches an end. */
  readonly onEnded: (outcome: JobOutcome, merged: MergedJob, context: JobContext) => void;
}

/** The merged state and the machine; `snapshot` is the machine's last good one. */
export interface AnalyzerState {
  merged: MergedJob;
  readonly job: Actor<typeof jobMachine>;
  snapshot: Snapshot<unknown> | null;
  factsSeen: number;
}

/** Makes the behavior of the Analyzer. */
export function analyzerBehavior(deps: AnalyzerDeps): Behavior<AnalyzerState, AnalyzerMessage> {
  return {
    initialState: () => begin(deps),
    receive: (state, message, context) => {
      switch (message.type) {
        case 'chunk.parsed':
          return onChunkParsed(state, message, deps);
        case 'job.noted':
          return onJobNoted(state, message, deps);
        case 'stats.query':
          return onStatsQuery(state, message);
        case 'clock.ticked':
          return onClockTicked(state, message, context);
        default:
          return assertNever(message);
      }
    },
    onOwnFault: () => 'escalate',
    onChildFault: () => 'escalate', // it has no children
    afterStop: ({ merged, job, snapshot, factsSeen }) => {
      job.stop();
      deps.handOn({ merged, snapshot, factsSeen });
    },
  };
}

function begin(deps: AnalyzerDeps): AnalyzerState {
  const { merged, snapshot, factsSeen } = deps.takeOver();
  const job = createActor(jobMachine, snapshot === null ? {} : { snapshot });
  job.subscribe({ error: () => undefined }); // `advance` turns it into a fault of this actor
  job.start();
  const state: AnalyzerState = { merged: merged.recovered(), job, snapshot, factsSeen };
  reconcile(state, deps);
  return state;
}

/** A predecessor that crashed between a merge and the machine left the machine one event behind. */
function reconcile(state: AnalyzerState, deps: AnalyzerDeps): void {
  const { last, chunks } = state.merged;
  if (last !== null && chunks > state.job.getSnapshot().context.merged) advance(state, last, deps);
}

function onChunkParsed(state: AnalyzerState, message: ChunkParsed, deps: AnalyzerDeps): AnalyzerState {
  const { chunk, attempt, report, settleTo } = message;
  const settlement = state.merged.settle(chunk, report);
  switch (settlement.type) {
    case 'refused':
      tell(settleTo, { type: 'chunk.refused', chunkId: chunk.id, attempt, fault: toFault(settlement.error) });
      return state;
    case 'duplicate':
      advance(state, { type: 'chunk.duplicated' }, deps);
      break;
    case 'merged':
      advance(state, settlement.event, deps);
      break;
    default:
      return assertNever(settlement);
  }
  tell(settleTo, { type: 'chunk.settled', chunkId: chunk.id, factsSeen: state.factsSeen });
  return state;
}

function onJobNoted(state: AnalyzerState, { sequence, fact }: JobNoted, deps: AnalyzerDeps): AnalyzerState {
  if (sequence <= state.factsSeen) return state;
  if (fact.type === 'chunk.split') state.merged.split(fact.chunk);
  if (fact.type === 'chunk.abandoned') state.merged.abandon(fact.chunk, fact.fault.message);
  if (fact.type === 'source.drained') state.merged.expect(fact.sizes);
  advance(state, eventOf(fact), deps);
  state.factsSeen = sequence;
  return state;
}

function onStatsQuery(state: AnalyzerState, { replyTo }: StatsQuery): AnalyzerState {
  const { value, context } = state.job.getSnapshot();
  tell(replyTo, { type: 'stats.reply', state: value, context });
  return state;
}

function onClockTicked(
  state: AnalyzerState,
  { replyTo }: ClockTicked,
  context: Context<AnalyzerMessage>,
): AnalyzerState {
  tell(replyTo, { type: 'child.alive', name: context.self.name });
  return state;
}

/** Facts and machine events share their names; the machine needs the counters only. */
function eventOf(fact: JobFact): JobEvent {
  switch (fact.type) {
    case 'chunk.rerouted':
    case 'chunk.abandoned':
      return { type: fact.type };
    case 'chunk.split':
      return { type: fact.type, parts: fact.parts };
    case 'source.drained':
      return { type: fact.type, chunks: fact.chunks };
    case 'job.started':
    case 'plan.completed':
    case 'job.paused':
    case 'job.resumed':
    case 'job.cancelled':
      return fact;
    default:
      return assertNever(fact);
  }
}

/** Sends an event to the machine and announces its end. A machine that fails takes the Analyzer with it. */
function advance(state: AnalyzerState, event: JobEvent, deps: AnalyzerDeps): void {
  const before = state.job.getSnapshot().status;
  state.job.send(event);
  const after = state.job.getSnapshot();
  if (after.status === 'error') throw after.error;
  state.snapshot = state.job.getPersistedSnapshot();
  deps.onAdvanced(after.context);
  if (before === 'active' && after.status === 'done')
    deps.onEnded(after.value as JobOutcome, state.merged, after.context); // only ends are final
}
