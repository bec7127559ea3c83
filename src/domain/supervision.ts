/** Supervision decisions: what becomes of a chunk whose Worker failed, and of an actor that crashed. Pure functions. */
import type { ByteRange } from './chunk.js';
import type { ErrorCode, Fault } from './errors.js';

/** How much failure a job puts up with. */
export interface RetryBudget {
  /** Attempts at one chunk that may fail without its thread dying (a read error), before it is abandoned. */
  readonly maxAttempts: number;
  /** Deaths of threads at one chunk before it is split. */
  readonly maxKills: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** What the Coordinator knows of a chunk when its attempt failed. */
export interface ChunkHistory {
  readonly range: ByteRange;
  /** The attempt that failed, 1 for the first. */
  readonly attempt: number;
  /** Attempts that killed or hung their thread, this one included; injected faults do not count. */
  readonly kills: number;
  /** Attempts that failed otherwise, this one included; injected faults do not count. */
  readonly failures: number;
  /** True where `--chaos` made this attempt fail: it says nothing about the chunk. */
  readonly isInjected: boolean;
  readonly mode: 'parse' | 'quarantine';
}

/** The fate of a chunk. */
export type Directive =
  | { readonly action: 'reroute'; readonly delayMs: number }
  | { readonly action: 'split' }
  | { readonly action: 'quarantine' }
  | { readonly action: 'abandon'; readonly reason: string };

const HOPELESS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['MR_ERR_CHUNK_SHORT', 'MR_ERR_THREAD_START']);
const DEADLY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MR_ERR_THREAD_EXIT',
  'MR_ERR_THREAD_HUNG',
  'MR_ERR_THREAD_MEMORY',
  'MR_ERR_UNEXPECTED',
]);

/** No failure: the chunk was cut too large for what it holds. */
const CUT_ANEW: ErrorCode = 'MR_ERR_CHUNK_WIDE';

/** Tells whether a fault blames the bytes of the chunk: its thread died, hung, or met a bug while scanning them. */
export function isDeadly(fault: Fault): boolean {
  return DEADLY.has(fault.code);
}

/** Decides the fate of a chunk whose attempt failed. */
export function decideChunkFault(fault: Fault, history: ChunkHistory, budget: RetryBudget): Directive {
  const reroute: Directive = { action: 'reroute', delayMs: backOffMs(history.attempt, budget) };
  if (history.isInjected) return reroute;
  if (fault.code === CUT_ANEW) return { action: 'split' };
  if (HOPELESS.has(fault.code)) return { action: 'abandon', reason: fault.message };
  if (!isDeadly(fault)) {
    return history.failures < budget.maxAttempts ? reroute : { action: 'abandon', reason: fault.message };
  }
  if (history.kills < budget.maxKills) return reroute;
  if (history.mode === 'quarantine') return { action: 'abandon', reason: fault.message };
  return isSingleLine(history.range) ? { action: 'quarantine' } : { action: 'split' };
}

/** Delay before the attempt after `attempt`: doubled each time, with a ceiling. */
export function backOffMs(attempt: number, budget: Pick<RetryBudget, 'baseDelayMs' | 'maxDelayMs'>): number {
  return Math.min(budget.baseDelayMs * 2 ** Math.min(attempt - 1, 30), budget.maxDelayMs);
}

/** One byte is the first of at most one line. */
function isSingleLine(range: ByteRange): boolean {
  return range.end - range.start <= 1;
}

/**
 * Cuts a range that kills its Workers into parts, in order. `suspectAt`, where the last attempt stood, isolates that
 * line at once. Where it stood at the very start, the rest is halved as well: should an engine report its progress too
 * coarsely to be of help, the guilty line still stands alone after at most log2(bytes) splits.
 */
export function splitRange(range: ByteRange, suspectAt: number | null): readonly ByteRange[] {
  const { start, end } = range;
  const middle = start + Math.floor((end - start) / 2);
  const suspect = suspectAt !== null && suspectAt >= start && suspectAt < end ? Math.floor(suspectAt) : null;
  const cuts = suspect === null ? [middle] : suspect === start ? [start + 1, middle] : [suspect, suspect + 1];
  const edges = [start, ...new Set(cuts.filter((cut) => cut > start && cut < end)), end].sort((a, b) => a - b);
  return edges.slice(1).map((to, index) => ({ start: edges[index] ?? start, end: to }));
}

/** A circuit that opens when attempts at different chunks fail in a row with the same code. */
export interface Circuit {
  readonly code: ErrorCode | null;
  /** Ids of the different chunks that failed in a row with `code`. */
  readonly chunks: readonly string[];
  /** Times it opened without a success in between. */
  readonly openings: number;
  /** Nothing is handed out before this instant; 0 while closed. */
  readonly openUntil: number;
}

export const CLOSED_CIRCUIT: Circuit = { code: null, chunks: [], openings: 0, openUntil: 0 };

/** When a circuit opens and for how long. */
export interface CircuitBudget {
  readonly maxFailuresInRow: number;
  readonly openMs: number;
}

/** The circuit after one more failure that nobody injected. */
export function circuitAfterFault(
  circuit: Circuit,
  failed: { code: ErrorCode; chunk: string },
  at: CircuitClock,
): Circuit {
  if (failed.code === CUT_ANEW) return circuit;
  const row = circuit.code === failed.code ? circuit.chunks.filter((id) => id !== failed.chunk) : [];
  const chunks = [...row, failed.chunk];
  if (chunks.length < at.budget.maxFailuresInRow) return { ...circuit, code: failed.code, chunks };
  return { code: failed.code, chunks: [], openings: circuit.openings + 1, openUntil: at.now + at.budget.openMs };
}

/** Instant of a failure, and the budget that judges it. */
export interface CircuitClock {
  readonly now: number;
  readonly budget: CircuitBudget;
}

/** How often a crashed actor may come back: `maxRestarts` within any `withinMs`. */
export interface RestartBudget {
  readonly maxRestarts: number;
  readonly withinMs: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** The fate of a crashed singleton such as the Analyzer. */
export type RestartDirective =
  | { readonly action: 'restart'; readonly delayMs: number }
  | { readonly action: 'escalate' };

/** Decides whether an actor that crashed at `now` comes back; `crashedAt` lists its earlier crashes. */
export function decideRestart(crashedAt: readonly number[], now: number, budget: RestartBudget): RestartDirective {
  const recent = crashedAt.filter((at) => now - at < budget.withinMs).length;
  if (recent >= budget.maxRestarts) return { action: 'escalate' };
  return { action: 'restart', delayMs: backOffMs(recent + 1, budget) };
}
