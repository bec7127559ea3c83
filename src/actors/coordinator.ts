/**
 * Coordinator: hands out chunks on credit, one Worker per chunk in flight, and decides what becomes of those that fail.
 *
 * Receives `CoordinatorMessage` from the Supervisor, the Analyzer, the source and its own fault policy.
 * Sends    `WorkerMessage` to Workers, facts (`JobNoted`) to the Analyzer.
 * Fails    only on bugs; its successor takes over the ledger, and what was leased is assigned again.
 */
import { nanoid } from 'nanoid';
import { assertNever } from '../domain/assert-never.js';
import { type ChaosPlan, drawFault, isCostly } from '../domain/chaos.js';
import type { ChunkDispatcher } from '../domain/chunk-dispatcher.js';
import type { ChunkSource } from '../domain/chunk-source.js';
import { type Fault, failure, toFault } from '../domain/errors.js';
import {
  CLOSED_CIRCUIT,
  type CircuitBudget,
  circuitAfterFault,
  decideChunkFault,
  isDeadly,
  type RetryBudget,
  splitRange,
} from '../domain/supervision.js';
import {
  type CoordinatorState,
  freshEntry,
  type LedgerEntry,
  leasedCount,
  pendingAgain,
} from './coordinator-ledger.js';
import type { AnalyzerMessage } from './messages/analyzer.js';
import type { ClockTicked } from './messages/clock.js';
import type {
  ChunkFaulted,
  ChunkRefused,
  ChunkSettled,
  CoordinatorMessage,
  JobControl,
  LedgerQuery,
} from './messages/coordinator.js';
import type { JobFact } from './messages/facts.js';
import type { ChunkAssign } from './messages/worker.js';
import { type ActorRef, type Behavior, type Context, tell } from './system.js';
import { workerBehavior } from './worker.js';

/** What the Coordinator needs. */
export interface CoordinatorDeps {
  readonly source: ChunkSource;
  readonly dispatcher: ChunkDispatcher;
  readonly analyzer: ActorRef<AnalyzerMessage>;
  /** Files that were planned. */
  readonly files: number;
  /** The ledger of a predecessor, or an empty one. */
  readonly takeOver: () => CoordinatorState;
  readonly handOn: (state: CoordinatorState) => void;
  /** Monotonic clock, ms. */
  readonly now: () => number;
  readonly policy: CoordinatorPolicy;
}

/** How the Coordinator hands out and takes back. */
export interface CoordinatorPolicy {
  /** Chunks in flight at most: a settled one makes room for the next. */
  readonly maxInFlight: number;
  /** A lease without progress for this long is a hung Worker. */
  readonly leaseMs: number;
  readonly retry: RetryBudget;
  readonly circuit: CircuitBudget;
  /** Ticks are expected this far apart; a later one extends all leases by its lateness. */
  readonly tickMs: number;
  readonly chaos: ChaosPlan | null;
}

type CoordinatorContext = Context<CoordinatorMessage>;

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
  state.facts = state.facts.filter(({ sequence }) => sequence > factsSeen);
  const entry = state.entries.get(chunkId);
  if (entry === undefined) return;
  if (entry.lease.status === 'leased') void context.stop(entry.lease.worker);
  state.circuit = CLOSED_CIRCUIT;
  state.entries.delete(chunkId);
  deps.source.settle(entry.chunk);
}

function onAnalyzerRestarted(state: CoordinatorState, deps: CoordinatorDeps): void {
  for (const noted of state.facts) tell(deps.analyzer, { type: 'job.noted', ...noted });
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
    deps.source.settle(chunk);
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
  const latenessMs = Math.max(0, now - state.lastTickAt - deps.policy.tickMs);
  state.lastTickAt = now;
  for (const entry of [...state.entries.values()]) renewLease(state, entry, { now, latenessMs }, { context, deps });
  tell(replyTo, { type: 'child.alive', name: context.self.name });
}

interface Around {
  readonly context: CoordinatorContext;
  readonly deps: CoordinatorDeps;
}

/** A lease with progress, or of a chunk that still waits for a thread, goes on; one without ends with its thread. */
function renewLease(
  state: CoordinatorState,
  entry: LedgerEntry,
  tick: { now: number; latenessMs: number },
  { context, deps }: Around,
): void {
  const { lease, chunk } = entry;
  if (lease.status !== 'leased') return;
  const progress = deps.dispatcher.progress(chunk.id);
  if (progress === null || progress !== lease.progress) {
    state.entries.set(chunk.id, {
      ...entry,
      lease: { ...lease, progress, deadlineAt: tick.now + deps.policy.leaseMs },
    });
    return;
  }
  const deadlineAt = lease.deadlineAt + tick.latenessMs;
  if (tick.now < deadlineAt) {
    if (tick.latenessMs > 0) state.entries.set(chunk.id, { ...entry, lease: { ...lease, deadlineAt } });
    return;
  }
  void context.stop(lease.worker);
  settleFault(state, entry, toFault(failure('MR_ERR_THREAD_HUNG', [deps.policy.leaseMs])), deps);
}

/** Applies what `domain/supervision` decides of a failed attempt. */
function settleFault(state: CoordinatorState, entry: LedgerEntry, fault: Fault, deps: CoordinatorDeps): void {
  const { chunk, attempt, lease, mode } = entry;
  const isInjected = lease.status === 'leased' && isCostly(lease.injected);
  const kills = entry.kills + (!isInjected && isDeadly(fault) ? 1 : 0);
  const failures = entry.failures + (!isInjected && !isDeadly(fault) ? 1 : 0);
  const now = deps.now();
  if (!isInjected) {
    state.circuit = circuitAfterFault(
      state.circuit,
      { code: fault.code, chunk: chunk.id },
      { now, budget: deps.policy.circuit },
    );
  }
  const directive = decideChunkFault(
    fault,
    { range: chunk, attempt, kills, failures, isInjected, mode },
    deps.policy.retry,
  );
  const failed: LedgerEntry = { ...entry, kills, failures };
  switch (directive.action) {
    case 'reroute':
      state.entries.set(chunk.id, pendingAgain(failed, now + directive.delayMs));
      return note(state, { type: 'chunk.rerouted', chunk, attempt, fault }, deps);
    case 'quarantine':
      state.entries.set(chunk.id, { ...pendingAgain(failed, now), mode: 'quarantine', kills: 0 });
      return note(state, { type: 'chunk.rerouted', chunk, attempt, fault }, deps);
    case 'split':
      return split(state, entry, deps);
    case 'abandon':
      state.entries.delete(chunk.id);
      deps.source.settle(chunk);
      return note(state, { type: 'chunk.abandoned', chunk, fault }, deps);
    default:
      return assertNever(directive);
  }
}

/** The Analyzer is told first, so that a late result of the parent is void before a part is merged. */
function split(state: CoordinatorState, { chunk }: LedgerEntry, deps: CoordinatorDeps): void {
  const parts = splitRange(chunk, deps.dispatcher.progress(chunk.id));
  note(state, { type: 'chunk.split', chunk, parts: parts.length }, deps);
  state.entries.delete(chunk.id);
  for (const part of parts) {
    const id = nanoid(12);
    state.entries.set(id, freshEntry({ ...chunk, ...part, id }));
  }
}

/** Hands out what is due, then cuts anew while there is room: this is the credit. */
function pump(state: CoordinatorState, context: CoordinatorContext, deps: CoordinatorDeps): void {
  const now = deps.now();
  if (state.mode !== 'running' || now < state.circuit.openUntil) return;
  let room = deps.policy.maxInFlight - leasedCount(state);
  for (const entry of [...state.entries.values()]) {
    if (room <= 0) return;
    if (entry.lease.status !== 'pending' || entry.lease.notBefore > now) continue;
    assign(state, entry, context, deps);
    room -= 1;
  }
  while (state.entries.size < deps.policy.maxInFlight && cutNext(state, context, deps));
}

/** Cuts and assigns one more chunk; false where the source has none now. */
function cutNext(state: CoordinatorState, context: CoordinatorContext, deps: CoordinatorDeps): boolean {
  if (state.isDrained) return false;
  const step = deps.source.next();
  if (step.type === 'chunk') {
    const entry = freshEntry({ ...step.span, id: nanoid(12) });
    state.entries.set(entry.chunk.id, entry);
    state.cut += 1;
    assign(state, entry, context, deps);
    return true;
  }
  if (step.type === 'drained') {
    state.isDrained = true;
    note(state, { type: 'source.drained', chunks: state.cut, sizes: deps.source.sizes() }, deps);
  }
  return false;
}

function assign(state: CoordinatorState, entry: LedgerEntry, context: CoordinatorContext, deps: CoordinatorDeps): void {
  const { chunk, attempt, mode } = entry;
  const { chaos, leaseMs } = deps.policy;
  const injected = chaos === null ? null : drawFault(chaos, chunk, attempt);
  const worker = context.spawn(`worker-${chunk.id}-${attempt}`, workerBehavior(deps));
  const deadlineAt = deps.now() + leaseMs;
  state.entries.set(chunk.id, { ...entry, lease: { status: 'leased', worker, injected, progress: null, deadlineAt } });
  const task = { chunk, attempt, mode, injected };
  tell(worker, { type: 'chunk.assign', task, resultsTo: deps.analyzer, settleTo: context.self });
}

function note(state: CoordinatorState, fact: JobFact, deps: CoordinatorDeps): void {
  state.lastSequence += 1;
  const noted = { sequence: state.lastSequence, fact };
  state.facts = [...state.facts, noted];
  tell(deps.analyzer, { type: 'job.noted', ...noted });
}

/** A predecessor's Workers are gone with it: what they had is due again, under the next attempt. */
function withoutLeases(state: CoordinatorState): CoordinatorState {
  for (const [id, entry] of state.entries) {
    if (entry.lease.status === 'leased') state.entries.set(id, pendingAgain(entry, 0));
  }
  return state;
}
