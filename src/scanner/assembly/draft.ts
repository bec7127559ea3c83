/**
 * The entry while its line is being read: pieces write into it, and texts that an alternative noted are undone if it fails.
 * The twin of `parsers/match/entry-draft.ts`.
 */
import { NONE } from '../layout';
import { reserve } from './memory';

/** Stands for "no time stamp". */
export const NO_INSTANT: i64 = i64.MIN_VALUE;
/** What a piece returns where it does not match. */
export const NO_MATCH: usize = 0;

/** A noted text: role, address, address behind. */
const CAPTURE_BYTES: usize = 12;
/** More than any line can note: a header notes nine texts at most, any other piece fewer, and a layout has less than 30 pieces. */
const MAX_CAPTURES: usize = 256;

const captures: usize = reserve(CAPTURE_BYTES * MAX_CAPTURES);

export class Draft {
  static level: i32 = NONE;
  /** 0 where there is none. */
  static status: i32 = 0;
  static bytes: i64 = NONE;
  static durationUs: i64 = NONE;
  /** Number of the source of the duration. */
  static source: i32 = 0;
  /** Epoch ms, in or out of range. */
  static instantMs: i64 = NO_INSTANT;
  /** True when a stamp of the line had digits in place and stated no date or no time of day. */
  static sawImpossible: bool = false;
  /** Number of texts that were noted. */
  static noted: usize = 0;
}

/** Forgets everything but `sawImpossible`. */
export function resetDraft(): void {
  Draft.level = NONE;
  Draft.status = 0;
  Draft.bytes = NONE;
  Draft.durationUs = NONE;
  Draft.instantMs = NO_INSTANT;
  Draft.noted = 0;
}

/** Notes the text `[at, end)`. */
export function capture(role: i32, at: usize, end: usize): void {
  const place = captures + CAPTURE_BYTES * Draft.noted;
  store<u32>(place, role);
  store<u32>(place + 4, <u32>at);
  store<u32>(place + 8, <u32>end);
  if (Draft.noted < MAX_CAPTURES - 1) Draft.noted += 1;
}

export function setDuration(durationUs: i64, source: i32): void {
  Draft.durationUs = durationUs;
  Draft.source = source;
}

export function capturedRole(index: usize): i32 {
  return load<i32>(captures + CAPTURE_BYTES * index);
}

export function capturedAt(index: usize): usize {
  return load<u32>(captures + CAPTURE_BYTES * index + 4);
}

export function capturedEnd(index: usize): usize {
  return load<u32>(captures + CAPTURE_BYTES * index + 8);
}
