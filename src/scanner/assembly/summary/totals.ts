/** The plain sums over all entries of the chunk. The twin of `domain/summary/totals.ts`. */
import { NO_INSTANT } from '../draft';
import { Occurrence, safeSum } from './occurrence';
import { writeVarint } from './writer';

/** 2106-02-07T06:28:15.999Z, the last instant in range. */
export const MAX_INSTANT_MS: i64 = 4_294_967_295_999;

export class Totals {
  static parsed: u64 = 0;
  static untimed: u64 = 0;
  static outOfRange: u64 = 0;
  static requests: u64 = 0;
  static errors: u64 = 0;
  static trafficBytes: u64 = 0;
  static firstAt: i64 = i64.MAX_VALUE;
  static lastAt: i64 = i64.MIN_VALUE;
}

export function resetTotals(): void {
  Totals.parsed = 0;
  Totals.untimed = 0;
  Totals.outOfRange = 0;
  Totals.requests = 0;
  Totals.errors = 0;
  Totals.trafficBytes = 0;
  Totals.firstAt = i64.MAX_VALUE;
  Totals.lastAt = i64.MIN_VALUE;
}

/** Counts the entry at hand. Returns whether its instant is in range. */
// @ts-ignore: decorator
@inline
export function addTotals(instantMs: i64): bool {
  Totals.parsed += 1;
  Totals.requests += Occurrence.requests;
  Totals.errors += Occurrence.errors;
  Totals.trafficBytes = safeSum(Totals.trafficBytes, Occurrence.bytes);
  if (<u64>instantMs > <u64>MAX_INSTANT_MS) {
    if (instantMs == NO_INSTANT) Totals.untimed += 1;
    else Totals.outOfRange += 1;
    return false;
  }
  if (instantMs < Totals.firstAt) Totals.firstAt = instantMs;
  if (instantMs > Totals.lastAt) Totals.lastAt = instantMs;
  return true;
}

/** Writes the sums as `Totals.encode` does. */
export function writeTotals(): void {
  writeVarint(Totals.parsed);
  writeVarint(Totals.untimed);
  writeVarint(Totals.outOfRange);
  writeVarint(Totals.requests);
  writeVarint(Totals.errors);
  writeVarint(Totals.trafficBytes);
  if (Totals.lastAt < Totals.firstAt) return;
  writeVarint(Totals.firstAt);
  writeVarint(Totals.lastAt - Totals.firstAt);
}
