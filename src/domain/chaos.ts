import type { ByteRange } from './chunk.js';

/** Ways in which an attempt can be made to fail. All but `slow` and `duplicate` cost the attempt. */
export const CHAOS_FAULTS = ['crash', 'exit', 'hang', 'slow', 'duplicate'] as const;
export type ChaosFault = (typeof CHAOS_FAULTS)[number];

/** What `--chaos` asks for: a probability in [0, 1] for each fault, and the seed of the draw. */
export interface ChaosPlan {
  readonly rates: Readonly<Record<ChaosFault, number>>;
  readonly seed: number;
}

/** From this attempt on nothing is injected, so that every chunk gets through. */
export const FIRST_SAFE_ATTEMPT = 4;

/**
 * Draws the fault of one attempt from a hash of (seed, range, attempt): the same job fails in the same places however
 * its chunks are ordered. At most one fault is drawn; the rates are taken one after another from a single number.
 */
export function drawFault(plan: ChaosPlan, range: ByteRange, attempt: number): ChaosFault | null {
  if (attempt >= FIRST_SAFE_ATTEMPT) return null;
  let rest = uniform([plan.seed, range.start, range.end, attempt]);
  for (const fault of CHAOS_FAULTS) {
    if (rest < plan.rates[fault]) return fault;
    rest -= plan.rates[fault];
  }
  return null;
}

/** Tells whether an injected fault makes its attempt fail. */
export function isCostly(fault: ChaosFault | null): boolean {
  return fault === 'crash' || fault === 'exit' || fault === 'hang';
}

/** A number in [0, 1) from safe integers: FNV-1a over their 32-bit halves, then the finalizer of MurmurHash3. */
export function uniform(values: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const value of values) {
    hash = Math.imul(hash ^ (value >>> 0), 0x01000193);
    hash = Math.imul(hash ^ Math.floor(value / 2 ** 32), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
