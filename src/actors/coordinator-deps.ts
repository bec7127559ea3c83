/** What the Coordinator and its parts need from outside. */
import type { ChaosPlan } from '../domain/chaos.js';
import type { ChunkDispatcher } from '../domain/chunk-dispatcher.js';
import type { ChunkSource } from '../domain/chunk-source.js';
import type { CircuitBudget, RetryBudget } from '../domain/supervision.js';
import type { CoordinatorState } from './coordinator-ledger.js';
import type { JobNoted, ResultMessage } from './messages/analyzer.js';
import type { CoordinatorMessage } from './messages/coordinator.js';
import type { ActorRef, Context } from './system.js';

/** What the Coordinator needs. */
export interface CoordinatorDeps {
  readonly source: ChunkSource;
  readonly dispatcher: ChunkDispatcher;
  readonly analyzer: ActorRef<ResultMessage | JobNoted>;
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

export type CoordinatorContext = Context<CoordinatorMessage>;
