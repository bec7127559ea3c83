/**
 * Coordinator: hands out chunks on credit, one Worker per chunk in flight, and decides what becomes of those that fail.
 *
 * Receives `CoordinatorMessage` from the Supervisor, the Analyzer, the source and its own fault policy.
 * Sends    `WorkerMessage` to Workers, facts (`JobNoted`) to the Analyzer.
 * Fails    only on bugs; its successor takes over the ledger, and what was leased is assigned again.
 */
import { assertNever } from '../domain/assert-never.js';
import { toFault } from '../domain/errors.js';
import { CLOSED_CIRCUIT } from '../domain/supervision.js';
import { settleFault } from './chunk-faults.js';
import type { CoordinatorContext, CoordinatorDeps } from './coordinator-deps.js';
import { type CoordinatorState, pendingAgain } from './coordinator-ledger.js';
import { pump } from './hand-out.js';
import { renewLeases } from './leases.js';
import { confirmFacts, note, retellFacts } from './job-facts.js';
import type { ClockTicked } from './messages/clock.js';
import type {
  ChunkFaulted,
  ChunkRefused,
  ChunkSettled,
  CoordinatorMessage,
  JobControl,
  LedgerQuery,
} from './messages/coordinator.js';
import type { ChunkAssign } from './messages/worker.js';
import { type Behavior, tell } from './system.js';

/** Makes the behavior of the Coordinator. */
export function coordinatorBehavior(deps: CoordinatorDeps): Behavior<CoordinatorState, CoordinatorMessage> {
  return {
    initialState: () => withoutLeases(deps.takeOver()),
    receive: (state, message, context) => {
      handle(state, message, context, deps);
      pump(state, context, deps);
      return state;
    },
    onOwnFault: () => 'escalate',
    onChildFault: (error, message, context) => {
      const { task } = message as ChunkAssign; // all children are Workers, which fail at nothing else
      tell(context.self, {
        type: 'chunk.faulted',
        chunkId: task.chunk.id,
        attempt: task.attempt,
        fault: toFault(error),
      });
      return 'stopChild';
    },
    afterStop: deps.handOn,
  };
}

function handle(
  state: CoordinatorState,
  message: CoordinatorMessage,
  context: CoordinatorContext,
  deps: CoordinatorDeps,
): void {
  switch (message.type) {
    case 'source.ready':
      return onSourceReady(state, deps);
    case 'chunk.faulted':
      return onAttemptFailed(state, message, context, deps);
    case 'chunk.refused':
      return onAttemptFailed(state, message, context, deps);
    case 'chunk.settled':
      return onChunkSettled(state, message, context, deps);
    case 'analyzer.restarted':
      return onAnalyzerRestarted(state, deps);
    case 'job.control':
      return onJobControl(state, message, context, deps);
    case 'ledger.query':
      return onLedgerQuery(state, message);
    case 'clock.ticked':
      return onClockTicked(state, message, context, deps);
    default:
      return assertNever(message);
  }
}

/** The first one begins the job; the pump asks the source. */
function onSourceReady(state: CoordinatorState, deps: CoordinatorDeps): void {
  if (state.lastSequence > 0) return;
  note(state, { type: 'job.started' }, deps);
  note(state, { type: 'plan.completed', files: deps.files }, deps);
}

function onAttemptFailed(
  state: CoordinatorState,
  { chunkId, attempt, fault }: ChunkFaulted | ChunkRefused,
  context: CoordinatorContext,
  deps: CoordinatorDeps,
): void {
  const entry = state.entries.get(chunkId);
  if (entry === undefined || entry.attempt !== attempt || entry.lease.status !== 'leased') return;
  void context.stop(entry.lease.worker);
  settleFault(state, entry, fault, deps);
}

function onChunkSettled(
  state: CoordinatorState,
  { chunkId, factsSeen }: ChunkSettled,
  context: CoordinatorContext,
  deps: CoordinatorDeps,
): void {
  confirmFacts(state, factsSeen);
  const entry = state.entries.get(chunkId);
  if (entry === undefined) return;
  if (entry.lease.status === 'leased') void context.stop(entry.lease.worker);
  state.circuit = CLOSED_CIRCUIT;
  state.lastMovedAt = deps.now();
  state.entries.delete(chunkId);
  deps.source.settle(entry.chunk);
}

function onAnalyzerRestarted(state: CoordinatorState, deps: CoordinatorDeps): void {
  retellFacts(state, deps);
  state.lastMovedAt = deps.now();
  for (const { lease } of state.entries.values()) {
    if (lease.status === 'leased') tell(lease.worker, { type: 'result.resend' });
  }
}

function onJobControl(
  state: CoordinatorState,
  { command }: JobControl,
  context: CoordinatorContext,
  deps: CoordinatorDeps,
): void {
  if (state.mode === 'cancelled') return;
  const mode = command === 'pause' ? 'paused' : command === 'resume' ? 'running' : 'cancelled';
  if (mode === state.mode) return;
  state.mode = mode;
  if (mode === 'cancelled') releaseAll(state, context, deps);
  note(state, { type: mode === 'paused' ? 'job.paused' : mode === 'running' ? 'job.resumed' : 'job.cancelled' }, deps);
}

/** Stops the Workers of a cancelled job; what they had is neither merged nor missed. */
function releaseAll(state: CoordinatorState, context: CoordinatorContext, deps: CoordinatorDeps): void {
  for (const { lease, chunk } of state.entries.values()) {
    if (lease.status === 'leased') void context.stop(lease.worker);
    deps.source.giveUp(chunk, null);
  }
  state.entries.clear();
}

function onLedgerQuery(state: CoordinatorState, { replyTo }: LedgerQuery): void {
  const lines = [...state.entries.values()].map(({ chunk, attempt, lease }) => ({
    chunk,
    attempt,
    status: lease.status,
  }));
  tell(replyTo, { type: 'ledger.reply', mode: state.mode, lines });
}

function onClockTicked(
  state: CoordinatorState,
  { now, replyTo }: ClockTicked,
  context: CoordinatorContext,
  deps: CoordinatorDeps,
): void {
  renewLeases(state, now, context, deps);
  tell(replyTo, { type: 'child.alive', name: context.self.name });
}

/** A predecessor's Workers are gone with it: what they had is due again, under the next attempt. */
function withoutLeases(state: CoordinatorState): CoordinatorState {
  for (const [id, entry] of state.entries) {
    if (entry.lease.status === 'leased') state.entries.set(id, pendingAgain(entry, 0));
  }
  return state;
}
