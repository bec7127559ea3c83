/** Facts on their way from the Coordinator to the Analyzer: numbered, and kept until they are confirmed. */
import type { CoordinatorDeps } from './coordinator-deps.js';
import type { CoordinatorState } from './coordinator-ledger.js';
import type { JobFact } from './messages/facts.js';
import { tell } from './system.js';

/** Numbers a fact, keeps it, and tells it. */
export function note(state: CoordinatorState, fact: JobFact, deps: CoordinatorDeps): void {
  state.lastSequence += 1;
  const noted = { sequence: state.lastSequence, fact };
  state.facts = [...state.facts, noted];
  tell(deps.analyzer, { type: 'job.noted', ...noted });
}

/** Forgets the facts that the Analyzer has counted. */
export function confirmFacts(state: CoordinatorState, factsSeen: number): void {
  state.facts = state.facts.filter(({ sequence }) => sequence > factsSeen);
}

/** Tells all facts again that are not confirmed. */
export function retellFacts(state: CoordinatorState, deps: CoordinatorDeps): void {
  for (const noted of state.facts) tell(deps.analyzer, { type: 'job.noted', ...noted });
}
