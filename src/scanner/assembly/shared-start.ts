/**
 * The start that layouts have in common (`parsers/program/shared-starts.ts`), as the first of them that was tried on the line
 * at hand read it: where it ends, and what it left in the draft. No other layout is tried between them, and none of them
 * undoes texts of its start, so these are still noted.
 */
import { Draft, NO_INSTANT, NO_MATCH } from './draft';

class Start {
  /** 0 where none was read. */
  static number: u32 = 0;
  /** Address behind it, or NO_MATCH. */
  static end: usize = NO_MATCH;
  static noted: usize = 0;
  static instantMs: i64 = NO_INSTANT;
}

/** Begins a line. */
// @ts-ignore: decorator
@inline
export function forgetStart(): void {
  Start.number = 0;
}

/** True where that start was read; else begins to read it: until it is noted, it does not match. */
// @ts-ignore: decorator
@inline
export function beginStart(number: u32): bool {
  if (Start.number == number) return true;
  Start.number = number;
  Start.end = NO_MATCH;
  return false;
}

/** Notes that the start at hand ends at `at`. */
// @ts-ignore: decorator
@inline
export function noteStart(at: usize): void {
  Start.end = at;
  Start.noted = Draft.noted;
  Start.instantMs = Draft.instantMs;
}

/** Puts what the start left into the draft, which is empty; the address behind it, or NO_MATCH. */
// @ts-ignore: decorator
@inline
export function recallStart(): usize {
  Draft.noted = Start.noted;
  Draft.instantMs = Start.instantMs;
  return Start.end;
}
