/**
 * Finds the duration of finished work that a free-text message tells of. The twin of `parsers/text-duration.ts`, which
 * states the rule.
 */
import * as ROLE from '../../parsers/program/duration-codes';
import { WORDS_UNITS } from '../../parsers/program/sections';
import { NONE } from '../layout';
import { byteAt, isAsciiWordByte, isDigit, skipBlanks } from './bytes';
import { CUED, recall, remember, UNKNOWN } from './cue-memo';
import { readDecimal } from './decimal';
import { hasCue, isKeyOfWork } from './duration-cues';
import { microsecondsOf, scanDuration, Scanned } from './duration-value';
import { BLANK, GAP, isOf, LETTER, NUMBER_MARK, runStart, UNIT_END } from './message-bytes';
import { isWord, partStart } from './message-parts';
import { findAnyCase } from './words';

const BLOCK_BYTES: usize = 16;
const PERCENT: u32 = 37;
const UPPER_P: u32 = 80;
const UPPER_T: u32 = 84;

/**
 * Finds the first duration of finished work in the message `[from, end)`: whole microseconds, rounded half up, at most
 * 2^53 - 1. NONE where it tells of none, of the future or of a limit.
 */
export function findTextDuration(from: usize, end: usize): i64 {
  for (let block = from + 1; block < end; block += BLOCK_BYTES) {
    let mask = candidatesIn(block);
    while (mask != 0) {
      const at = block + <usize>ctz(mask);
      mask &= mask - 1;
      if (at >= end) return NONE;
      const start = candidateStart(from, at);
      const durationUs = start == 0 ? NONE : durationAt(from, start, end);
      if (durationUs != NONE) return durationUs;
    }
  }
  return NONE;
}

/** A bit for each of the 16 bytes at `block` that is a digit with a byte of GAP or a `T` before it. */
// @ts-ignore: decorator
@inline
function candidatesIn(block: usize): i32 {
  const shifted = i8x16.sub(v128.load(block), i8x16.splat(48));
  const digits = i8x16.le_u(shifted, i8x16.splat(9));
  if (!v128.any_true(digits)) return 0;
  const before = v128.load(block - 1);
  const starts = v128.or(gapsIn(before), i8x16.eq(before, i8x16.splat(<i8>UPPER_T)));
  return i8x16.bitmask(v128.and(digits, starts));
}

/** All bits set in each byte of GAP. Each of its upper halves has a bit, set for the lower halves that go with it. */
// @ts-ignore: decorator
@inline
function gapsIn(bytes: v128): v128 {
  const ofUpper = i8x16.swizzle(i8x16(1, 0, 2, 4, 0, 8, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0), i8x16.shr_u(bytes, 4));
  const ofLower = i8x16.swizzle(
    i8x16(2, 0, 2, 0, 0, 0, 0, 2, 2, 3, 4, 8, 0, 12, 16, 0),
    v128.and(bytes, i8x16.splat(15)),
  );
  return i8x16.ne(v128.and(ofUpper, ofLower), i8x16.splat(0));
}

/** Where the candidate with its first digit at `at` begins: one of ISO 8601 at its `PT`. 0 where it has no gap before. */
function candidateStart(from: usize, at: usize): usize {
  if (load<u8>(at - 1) != UPPER_T) return at;
  const start = at - 2;
  return at > from + 2 && load<u8>(start) == UPPER_P && isOf(GAP, load<u8>(start - 1)) ? start : 0;
}

function durationAt(from: usize, start: usize, end: usize): i64 {
  const hasUnit = scanDuration(start, end);
  Found.start = hasUnit ? start : 0;
  if (!hasUnit) return keyedDuration(from, start, end);
  return isCued(from, start) && !isTrailed(Scanned.end, end) ? Scanned.durationUs : NONE;
}

/** The candidate looked at last. */
export class Found {
  /** Where it begins, if it has a unit of its own; else 0. */
  static start: usize = 0;
}

/** Rule 2, of the duration that was scanned at `start`. */
function isCued(from: usize, start: usize): bool {
  if (Scanned.isBareM) return hasCue(from, runStart(GAP, from, start), true);
  const known = recall(from, start);
  if (known != UNKNOWN) return known == CUED;
  const verdict = hasCue(from, runStart(GAP, from, start), false);
  remember(verdict);
  return verdict;
}

/** Rule 3: a bare number, the unit stands in the key. */
function keyedDuration(from: usize, start: usize, end: usize): i64 {
  const blanksStart = runStart(BLANK, from, start);
  if (blanksStart == from || !isOf(GAP, load<u8>(blanksStart - 1))) return NONE;
  const gapStart = runStart(GAP, from, blanksStart);
  if (gapStart == from || !isOf(UNIT_END, load<u8>(gapStart - 1))) return NONE;
  const unitStart = partStart(from, gapStart);
  if (!isWord(ROLE.UNIT, unitStart, gapStart)) return NONE;
  const numberEnd = readDecimal(start, end);
  if (numberEnd == start || isPartOfMore(numberEnd, end) || !isKeyOfWork(from, unitStart)) return NONE;
  return microsecondsOf(start, numberEnd, findAnyCase(WORDS_UNITS, unitStart, gapStart));
}

/** Whether a number that ends at `numberEnd` is only the beginning of something else. */
function isPartOfMore(numberEnd: usize, end: usize): bool {
  const byte = byteAt(numberEnd, end);
  if (isAsciiWordByte(byte) || byte == PERCENT) return true;
  return isOf(NUMBER_MARK, byte) && isDigit(byteAt(numberEnd + 1, end));
}

function isTrailed(valueEnd: usize, end: usize): bool {
  const start = skipBlanks(valueEnd, end);
  const limit = min(end, start + <usize>ROLE.MAX_WORD_BYTES + 1);
  let next = start;
  while (next < limit && isOf(LETTER, load<u8>(next))) next += 1;
  return next > start && isWord(ROLE.TRAILER, start, next);
}
