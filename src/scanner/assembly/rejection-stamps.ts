/**
 * Dates and times of day in a line that has not both. The twin of the expressions in `parsers/rejection.ts`. Each is
 * read in one way: a run of digits ends at a byte that is none, so none of them is given back.
 */
import { WORDS_MONTHS } from '../../parsers/program/sections';
import { byteAt, isAsciiWordByte, isDigit, isLetter } from './bytes';
import { NO_MATCH } from './draft';
import { findAnyCase, NO_WORD } from './words';

const BLANK: u32 = 32;
const SLASH: u32 = 47;
const COLON: u32 = 58;

/** Tells whether a date begins at `at`, where a word does. */
export function isDateAt(at: usize, end: usize): bool {
  if (!isDigit(load<u8>(at))) return isMonthAndDay(at, end);
  const stop = behindDigits(at, end);
  if (stop == at + 4) return isYearFirst(stop, end);
  if (stop > at + 2) return false;
  return isSlashed(stop, end) || isDayAndMonth(stop, end);
}

/** The same for `/\b\d{1,2}:\d{2}:\d{2}\b/`. */
export function isTimeAt(at: usize, end: usize): bool {
  if (!isDigit(load<u8>(at))) return false;
  const stop = behindDigits(at, end);
  if (stop > at + 2 || byteAt(stop, end) != COLON) return false;
  const minutesEnd = behindCount(2, stop + 1, end);
  return minutesEnd != NO_MATCH && byteAt(minutesEnd, end) == COLON && isLastNumber(2, minutesEnd + 1, end);
}

/** Behind the year: `/[-/.]\d{2}[-/.]\d{2}\b/`. */
function isYearFirst(at: usize, end: usize): bool {
  if (!isDateMark(byteAt(at, end))) return false;
  const monthEnd = behindCount(2, at + 1, end);
  return monthEnd != NO_MATCH && isDateMark(byteAt(monthEnd, end)) && isLastNumber(2, monthEnd + 1, end);
}

// @ts-ignore: decorator
@inline
function isDateMark(byte: u32): bool {
  return byte - 45 <= 2;
}

/** Behind the first number: `/\/\d{1,2}\/\d{4}\b/`. */
function isSlashed(at: usize, end: usize): bool {
  if (byteAt(at, end) != SLASH) return false;
  const stop = behindDigits(at + 1, end);
  return stop > at + 1 && stop <= at + 3 && byteAt(stop, end) == SLASH && isLastNumber(4, stop + 1, end);
}

/** Behind the day: `[-/ ]`, a month, `/[-/ ]\d{4}\b/`. */
function isDayAndMonth(at: usize, end: usize): bool {
  return (
    isNameMark(byteAt(at, end)) &&
    isNameMark(byteAt(at + 4, end)) &&
    isMonth(at + 1, end) &&
    isLastNumber(4, at + 5, end)
  );
}

// @ts-ignore: decorator
@inline
function isNameMark(byte: u32): bool {
  return byte == BLANK || byte == 45 || byte == SLASH;
}

/** A month, then `/ [ \d]?\d\b/`. */
function isMonthAndDay(at: usize, end: usize): bool {
  if (byteAt(at + 3, end) != BLANK) return false;
  const dayAt = byteAt(at + 4, end) == BLANK ? at + 5 : at + 4;
  const stop = behindDigits(dayAt, end);
  const most: usize = dayAt == at + 5 ? 1 : 2;
  return stop > dayAt && stop - dayAt <= most && !isAsciiWordByte(byteAt(stop, end)) && isMonth(at, end);
}

function isMonth(at: usize, end: usize): bool {
  return at + 3 <= end && isLetter(load<u8>(at)) && findAnyCase(WORDS_MONTHS, at, at + 3) != NO_WORD;
}

/** Address behind the digits at `at`, of which no more than five are looked at. */
function behindDigits(at: usize, end: usize): usize {
  let next = at;
  while (next < at + 5 && isDigit(byteAt(next, end))) next += 1;
  return next;
}

/** Address behind `count` digits, more of which may follow; NO_MATCH where there are less. */
function behindCount(count: usize, at: usize, end: usize): usize {
  let next = at;
  while (next < at + count && isDigit(byteAt(next, end))) next += 1;
  return next == at + count ? next : NO_MATCH;
}

function isLastNumber(count: usize, at: usize, end: usize): bool {
  const stop = behindCount(count, at, end);
  return stop != NO_MATCH && !isAsciiWordByte(byteAt(stop, end));
}
