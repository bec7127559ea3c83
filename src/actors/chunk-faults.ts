/** What becomes of a chunk whose attempt failed: applies the decisions of `domain/supervision` to the ledger. */
import { nanoid } from 'nanoid';
import { assertNever } from '../domain/assert-never.js';
import { isCostly } from '../domain/chaos.js';
import type { Fault } from '../domain/errors.js';
import { circuitAfterFault, decideChunkFault, isDeadly, splitRange } from '../domain/supervision.js';
import type { CoordinatorDeps } from './coordinator-deps.js';
import { type CoordinatorState, freshEntry, type LedgerEntry, pendingAgain } from './coordinator-ledger.js';
import { note } from './job-facts.js';

/** Settles a failed attempt; its Worker is stopped already. */
export function settleFault(state: CoordinatorState, entry: LedgerEntry, fault: Fault, deps: CoordinatorDeps): void {
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
      deps.source.giveUp(chunk, fault);
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
