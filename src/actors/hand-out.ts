/** Hands chunks to Workers, as far as there is credit for them. */
import { nanoid } from 'nanoid';
import { drawFault } from '../domain/chaos.js';
import type { CoordinatorContext, CoordinatorDeps } from './coordinator-deps.js';
import { type CoordinatorState, freshEntry, type LedgerEntry, leasedCount } from './coordinator-ledger.js';
import { note } from './job-facts.js';
import { tell } from './system.js';
import { workerBehavior } from './worker.js';

/** Hands out what is due, then cuts anew while there is room: this is the credit. */
export function pump(state: CoordinatorState, context: CoordinatorContext, deps: CoordinatorDeps): void {
  const now = deps.now();
  if (state.mode !== 'running' || now < state.circuit.openUntil) return;
  let room = deps.policy.maxInFlight - leasedCount(state);
  for (const entry of state.entries.values()) {
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
