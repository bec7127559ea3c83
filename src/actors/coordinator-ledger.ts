/** The Coordinator's ledger: every chunk that is cut and not settled, and what is known of its attempts. */
import type { ChaosFault } from '../domain/chaos.js';
import type { Chunk, ChunkId } from '../domain/chunk.js';
import { CLOSED_CIRCUIT, type Circuit } from '../domain/supervision.js';
import type { JobFact } from './messages/facts.js';
import type { WorkerMessage } from './messages/worker.js';
import type { ActorRef } from './system.js';

/** A chunk waits for a Worker, not before `notBefore`. */
export interface Pending {
  readonly status: 'pending';
  readonly notBefore: number;
}

/** A Worker has the chunk; without progress until `deadlineAt` it counts as hung. */
export interface Leased {
  readonly status: 'leased';
  readonly worker: ActorRef<WorkerMessage>;
  readonly injected: ChaosFault | null;
  /** Where the attempt stood at the last tick; null while it waits for a thread. */
  readonly progress: number | null;
  readonly deadlineAt: number;
}

/** One chunk of the ledger. */
export interface LedgerEntry {
  readonly chunk: Chunk;
  /** The attempt that is due or under way, 1 for the first. */
  readonly attempt: number;
  readonly kills: number;
  readonly failures: number;
  readonly mode: 'parse' | 'quarantine';
  readonly lease: Pending | Leased;
}

/** All that a successor of the Coordinator takes over. */
export interface CoordinatorState {
  readonly entries: Map<ChunkId, LedgerEntry>;
  /** Facts that the Analyzer has not confirmed, oldest first. */
  facts: readonly { readonly sequence: number; readonly fact: JobFact }[];
  lastSequence: number;
  cut: number;
  isDrained: boolean;
  mode: 'running' | 'paused' | 'cancelled';
  circuit: Circuit;
  lastTickAt: number;
  /** When last a scan moved or a chunk was settled. */
  lastMovedAt: number;
}

/** The ledger before the first chunk. */
export function emptyLedger(now: number): CoordinatorState {
  return {
    entries: new Map(),
    facts: [],
    lastSequence: 0,
    cut: 0,
    isDrained: false,
    mode: 'running',
    circuit: CLOSED_CIRCUIT,
    lastTickAt: now,
    lastMovedAt: now,
  };
}

/** A chunk that nobody tried yet. */
export function freshEntry(chunk: Chunk): LedgerEntry {
  return { chunk, attempt: 1, kills: 0, failures: 0, mode: 'parse', lease: { status: 'pending', notBefore: 0 } };
}

/** The entry waits for its next attempt. */
export function pendingAgain(entry: LedgerEntry, notBefore: number): LedgerEntry {
  return { ...entry, attempt: entry.attempt + 1, lease: { status: 'pending', notBefore } };
}

/** Chunks that Workers have. */
export function leasedCount(state: CoordinatorState): number {
  let count = 0;
  for (const entry of state.entries.values()) if (entry.lease.status === 'leased') count += 1;
  return count;
}
