/** Leases: how the Coordinator notices that an attempt does not get on. See docs/semantics.md, "Failure". */
import { failure, toFault } from '../domain/errors.js';
import { settleFault } from './chunk-faults.js';
import type { CoordinatorContext, CoordinatorDeps } from './coordinator-deps.js';
import type { CoordinatorState, Leased, LedgerEntry } from './coordinator-ledger.js';

/** Leases without any movement in the whole job after which an attempt that nobody works at is given to another Worker. */
const SILENT_LEASES = 3;

/** A tick: its time, and by how much it came late. */
interface Tick {
  readonly now: number;
  readonly latenessMs: number;
}

/** Looks at all leases. A tick that comes late (a suspended machine) extends them by its lateness. */
export function renewLeases(
  state: CoordinatorState,
  now: number,
  context: CoordinatorContext,
  deps: CoordinatorDeps,
): void {
  const latenessMs = Math.max(0, now - state.lastTickAt - deps.policy.tickMs);
  state.lastTickAt = now;
  state.lastMovedAt = state.mode === 'running' ? state.lastMovedAt + latenessMs : now;
  for (const entry of state.entries.values()) {
    const { lease } = entry;
    if (lease.status !== 'leased') continue;
    const fault = renewLease(state, { entry, lease }, { now, latenessMs }, deps);
    if (fault === null) continue;
    void context.stop(lease.worker);
    settleFault(state, entry, toFault(fault), deps);
  }
}

/** A lease goes on while its scan moves, or while it waits for a thread and others move; returns why it ends, or null. */
function renewLease(
  state: CoordinatorState,
  { entry, lease }: { readonly entry: LedgerEntry; readonly lease: Leased },
  { now, latenessMs }: Tick,
  deps: CoordinatorDeps,
): ReturnType<typeof failure> | null {
  const { leaseMs } = deps.policy;
  const progress = deps.dispatcher.progress(entry.chunk.id);
  const renewed = (deadlineAt: number): void => {
    state.entries.set(entry.chunk.id, { ...entry, lease: { ...lease, progress, deadlineAt } });
  };
  if (progress === null) {
    if (now - state.lastMovedAt < SILENT_LEASES * leaseMs) {
      renewed(now + leaseMs);
      return null;
    }
    state.lastMovedAt = now; // one at a time: with the next attempt the job may move again
    return failure('MR_ERR_WORKER_SILENT', [lease.worker.path, SILENT_LEASES * leaseMs]);
  }
  if (progress !== lease.progress) {
    state.lastMovedAt = now;
    renewed(now + leaseMs);
    return null;
  }
  const deadlineAt = lease.deadlineAt + latenessMs;
  if (now >= deadlineAt) return failure('MR_ERR_THREAD_HUNG', [leaseMs]);
  if (latenessMs > 0) renewed(deadlineAt);
  return null;
}
