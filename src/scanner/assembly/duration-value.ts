/** Reads numbers of a unit, and texts that name it. The twin of `parsers/duration-value.ts`, which has the grammar. */
import { WORDS_UNITS } from '../../parsers/program/sections';
import { NONE } from '../layout';
import { byteAt, isAsciiWordByte, isBlank, skipBlanks } from './bytes';
import { Decimal, MAX_MICROSECONDS, microsecondsOfDecimal, readDecimal } from './decimal';
import { BEHIND_DIGITS, DIGIT_OR_BLANK, isOf } from './message-bytes';
import { find, NO_WORD } from './words';

/** Places of units in the order of size. */
export const SECONDS: i32 = 3;
const MINUTES: i32 = 4;
const HOURS: i32 = 5;
/** Above every unit. */
const ANY_UNIT: i32 = 6;
const NO_UNIT: i32 = NO_WORD;

/** Length of `milliseconds`: a longer run of letters is no unit and is not read to its end. */
const MAX_UNIT_BYTES: usize = 12;
/** `PT` as two bytes at once. */
const ISO_PREFIX: u16 = 0x5450;
const ISO_PREFIX_BYTES: usize = 2;
/** The two micro signs, U+00B5 and U+03BC, in UTF-8, as two bytes at once. */
const MICRO_SIGN: u16 = 0xb5c2;
const GREEK_MU: u16 = 0xbcce;
const LOWER_M: u8 = 109;
/** `ms` as two bytes at once: the unit of most durations. */
const MILLISECONDS: u16 = 0x736d;
/** Whole numbers of so many digits fit into 32 bits. */
const MAX_QUICK_DIGITS: usize = 9;

/** The duration that was scanned last. */
export class Scanned {
  static durationUs: i64 = NONE;
  /** Address behind the last byte of the value. */
  static end: usize = 0;
  /** Whether it is a single number with the unit `m`, which elsewhere may stand for mega or metre. */
  static isBareM: bool = false;
}

/** One number with its unit: what was read last. */
class Part {
  static durationUs: i64 = NONE;
  static end: usize = 0;
  /** Whether it has neither fraction nor exponent, so that a smaller part may follow. */
  static isInteger: bool = false;
}

/**
 * Reads the decimal number `[at, end)` of a unit (its place in UNITS) as whole microseconds, rounded half up, however
 * long it is. NONE for any other text, and above 2^53 - 1 µs.
 */
export function microsecondsOf(at: usize, end: usize, unit: u32): i64 {
  return at < end && readDecimal(at, end) == end ? microsecondsOfDecimal(unit) : NONE;
}

/** The same for a text that is a duration with its unit and nothing else, such as `12.3ms`, `1m2.5s`, `PT0.123S`. */
export function microsecondsOfText(at: usize, end: usize): i64 {
  return scanDuration(at, end) && Scanned.end == end ? Scanned.durationUs : NONE;
}

/**
 * Reads the duration with its unit that begins at `at` into `Scanned`; false where none does, where a word byte follows
 * it, and above 2^53 - 1 µs. Reads at most seven parts.
 */
export function scanDuration(at: usize, end: usize): bool {
  const digits = digitRun(at);
  if (digits - 1 >= MAX_QUICK_DIGITS) return scanSum(at, end);
  const digitsEnd = at + digits;
  if (digitsEnd + 2 <= end && load<u16>(digitsEnd) == MILLISECONDS && !mayGoOn(digitsEnd + 2, end)) {
    Scanned.durationUs = <i64>wholeNumber(at, digitsEnd) * 1000;
    Scanned.end = digitsEnd + 2;
    Scanned.isBareM = false;
    return true;
  }
  return mayHaveUnit(digitsEnd, end) && scanSum(at, end);
}

/** Number of digits at `at`, of which 16 are looked at; they may go on behind the end of the text. */
// @ts-ignore: decorator
@inline
function digitRun(at: usize): usize {
  const others = i8x16.gt_u(i8x16.sub(v128.load(at), i8x16.splat(48)), i8x16.splat(9));
  return ctz(i8x16.bitmask(others) | 0x10000);
}

// @ts-ignore: decorator
@inline
function wholeNumber(at: usize, end: usize): u32 {
  let number: u32 = 0;
  for (let next = at; next < end; next += 1) number = number * 10 + <u32>load<u8>(next) - 48;
  return number;
}

/** Tells whether what stands behind a unit may belong to the duration, or spoil it. */
// @ts-ignore: decorator
@inline
function mayGoOn(at: usize, end: usize): bool {
  const byte = byteAt(at, end);
  return isAsciiWordByte(byte) || (isBlank(byte) && isOf(DIGIT_OR_BLANK, byteAt(at + 1, end)));
}

/** Tells whether a unit, or the rest of a number, may follow the digits that end at `at`, perhaps behind one blank. */
// @ts-ignore: decorator
@inline
function mayHaveUnit(at: usize, end: usize): bool {
  const byte = byteAt(at, end);
  return isOf(BEHIND_DIGITS, isBlank(byte) ? byteAt(at + 1, end) : byte);
}

function scanSum(at: usize, end: usize): bool {
  const isIso = at + ISO_PREFIX_BYTES <= end && load<u16>(at) == ISO_PREFIX;
  let isFound = false;
  let durationUs: i64 = 0;
  let previous = ANY_UNIT;
  let next = isIso ? at + ISO_PREFIX_BYTES : at;
  while (true) {
    const unit = readPart(next, end, isIso);
    if (unit == NO_UNIT || unit >= previous) return isFound;
    durationUs += Part.durationUs;
    if (durationUs > MAX_MICROSECONDS) return false;
    if (!isAsciiWordByte(byteAt(Part.end, end))) {
      isFound = true;
      Scanned.durationUs = durationUs;
      Scanned.end = Part.end;
      Scanned.isBareM = previous == ANY_UNIT && load<u8>(Part.end - 1) == LOWER_M;
    }
    if (!Part.isInteger) return isFound;
    previous = unit;
    next = isIso ? Part.end : skipBlanks(Part.end, end);
  }
}

/** Reads a number with its unit into `Part`; the place of the unit, or NO_UNIT. */
function readPart(at: usize, end: usize, isIso: bool): i32 {
  const numberEnd = readDecimal(at, end);
  if (numberEnd == at) return NO_UNIT;
  const unitAt = isIso ? numberEnd : skipBlanks(numberEnd, end);
  const unitEnd = isIso ? numberEnd + 1 : unitWordEnd(unitAt, end);
  const unit = isIso ? isoUnit(byteAt(unitAt, end)) : find(WORDS_UNITS, unitAt, unitEnd);
  if (unit == NO_UNIT) return NO_UNIT;
  Part.durationUs = microsecondsOfDecimal(unit);
  Part.end = unitEnd;
  Part.isInteger = Decimal.end == Decimal.pointAt;
  return Part.durationUs == NONE ? NO_UNIT : unit;
}

function isoUnit(letter: u32): i32 {
  if (letter == 83) return SECONDS; // S
  if (letter == 77) return MINUTES; // M
  return letter == 72 ? HOURS : NO_UNIT; // H
}

/** Lower-case letters, of which a micro sign may take the place of the first. */
function unitWordEnd(at: usize, end: usize): usize {
  const limit = min(end, at + MAX_UNIT_BYTES + 1);
  let next = at;
  if (at + 2 <= end && (load<u16>(at) == MICRO_SIGN || load<u16>(at) == GREEK_MU)) next += 2;
  while (next < limit && <u32>load<u8>(next) - 97 <= 25) next += 1;
  return next;
}
