/** What the entry at hand adds to each cell that it touches. The twin of `domain/summary/occurrence.ts`. */

export const NO_DURATION: i64 = -1;
/** Where sums of what a log claims stop: 2^53 - 1. */
export const MAX_SAFE: u64 = 0x1fffffffffffff;

export class Occurrence {
  /** 1 where the entry is a request, else 0. */
  static requests: u32 = 0;
  /** 1 where it is an error, else 0. */
  static errors: u32 = 0;
  static bytes: u64 = 0;
  /** Microseconds or NO_DURATION. */
  static durationUs: i64 = NO_DURATION;
  /** Bucket of the duration. */
  static bucket: u32 = 0;
  /** `linePriority` of the line; lines without a key need none. */
  static priority: u64 = 0;
}

/** Adds and stops at 2^53 - 1; both are below that. */
// @ts-ignore: decorator
@inline
export function safeSum(a: u64, b: u64): u64 {
  return min(a + b, MAX_SAFE);
}
