/**
 * Parts of free text, and the roles of words in it. The twin of parts of `parsers/text-duration.ts`, which says what they
 * are.
 */
import { MAX_WORD_BYTES } from '../../parsers/program/duration-codes';
import { WORDS_DURATIONS } from '../../parsers/program/sections';
import { isAsciiWordByte } from './bytes';
import { ALPHANUMERIC, classesOf, isOf, JOINT, PATH_MARK, runStart, UPPER } from './message-bytes';
import { findAnyCase, NO_WORD } from './words';

const SLASH: u32 = 47;
const DASH: u32 = 45;

/** Roles of the bytes `[start, end)` as a word, whatever its case. */
export function rolesOf(start: usize, end: usize): u32 {
  const roles = findAnyCase(WORDS_DURATIONS, start, end);
  return roles == NO_WORD ? 0 : roles;
}

/** Tells whether the bytes `[start, end)` are a word with that role. */
export function isWord(role: u32, start: usize, end: usize): bool {
  return (rolesOf(start, end) & role) != 0;
}

/** Where the part that ends at `end` begins; `end` where there is none. Of an over-long one only the end is read. */
export function partStart(from: usize, end: usize): usize {
  const limit = end - from > <usize>MAX_WORD_BYTES ? end - <usize>MAX_WORD_BYTES - 1 : from;
  let start = end;
  while (start > limit) {
    const classes = classesOf(load<u8>(start - 1));
    if ((classes & ALPHANUMERIC) == 0) break;
    start -= 1;
    if ((classes & UPPER) == 0) continue;
    const isInside = start > from && isOf(UPPER, load<u8>(start - 1));
    if (!(isInside && (start + 1 == end || isOf(UPPER, load<u8>(start + 1))))) break;
  }
  return start;
}

/** Where the part before the one at `start` ends, across one joint or a run of `separators`. */
export function previousPartEnd(from: usize, start: usize, separators: u32): usize {
  if (start > from && isOf(JOINT, load<u8>(start - 1))) return start - 1;
  return runStart(separators, from, start);
}

export function isInPathOrFlag(from: usize, start: usize): bool {
  if (start == from) return false;
  const before: u32 = load<u8>(start - 1);
  return before == SLASH || (before == DASH && !(start - 1 > from && isAsciiWordByte(load<u8>(start - 2))));
}

export function isAlone(from: usize, start: usize): bool {
  if (start == from) return true;
  const before: u32 = load<u8>(start - 1);
  return !isAsciiWordByte(before) && !isOf(PATH_MARK, before);
}
