/** Reads decimal numbers as whole microseconds, exactly. The twin of parts of `parsers/duration-value.ts`. */
import { NONE } from '../layout';
import { byteAt, isDigit, skipDigits } from './bytes';

const POINT: u32 = 46;
const PLUS: u32 = 43;
const MINUS: u32 = 45;
const DIGIT_0: u64 = 48;
/** The letter of an exponent in lower case. */
const LOWER_E: u32 = 101;

/** 2^53 - 1: no duration is longer. */
export const MAX_MICROSECONDS: i64 = 9_007_199_254_740_991;
/** An exponent of this size moves every digit of the longest possible text out of sight. */
const MAX_EXPONENT: i64 = 10_000_000_000;
/** No carry is above 35: two digits, and it is used up. */
const MAX_CARRY_DIGITS: i64 = 3;
/** Mantissas of so many digits stay below 2^63 with the factor of any unit, and with all that its exponent adds. */
const MAX_DIGITS_TO_DIVIDE: usize = 15;
const MAX_DIGITS_TO_MULTIPLY: usize = 9;

/** One of a unit is `factor * 10^exponent` microseconds: ns, us, ms, s, min, h. */
const FACTORS: StaticArray<u64> = [1, 1, 1, 1, 6, 36];
const EXPONENTS: StaticArray<i32> = [-3, 0, 3, 6, 7, 8];

const POWERS_OF_TEN: StaticArray<u64> = [
  1,
  10,
  100,
  1_000,
  10_000,
  100_000,
  1_000_000,
  10_000_000,
  100_000_000,
  1_000_000_000,
  10_000_000_000,
  100_000_000_000,
  1_000_000_000_000,
  10_000_000_000_000,
  100_000_000_000_000,
  1_000_000_000_000_000,
  10_000_000_000_000_000,
  100_000_000_000_000_000,
];

/** The number that was read last: `digits[.digits][e[+-]digits]`. */
export class Decimal {
  static at: usize = 0;
  /** Behind the digits before the point. */
  static pointAt: usize = 0;
  static mantissaEnd: usize = 0;
  static end: usize = 0;
  /** All digits of the mantissa as one number, modulo 2^64. */
  static mantissa: u64 = 0;
}

/** Reads the number that begins at `at`; the address behind it, or `at` where none does. */
export function readDecimal(at: usize, end: usize): usize {
  let mantissa: u64 = 0;
  let next = at;
  for (; next < end && isDigit(load<u8>(next)); next += 1) mantissa = mantissa * 10 + load<u8>(next) - DIGIT_0;
  if (next == at) return at;
  Decimal.at = at;
  Decimal.pointAt = next;
  if (byteAt(next, end) == POINT && isDigit(byteAt(next + 1, end))) {
    next += 1;
    for (; next < end && isDigit(load<u8>(next)); next += 1) mantissa = mantissa * 10 + load<u8>(next) - DIGIT_0;
  }
  Decimal.mantissa = mantissa;
  Decimal.mantissaEnd = next;
  if ((byteAt(next, end) | 32) == LOWER_E) {
    const digitsAt = exponentDigits(next, end);
    if (isDigit(byteAt(digitsAt, end))) next = skipDigits(digitsAt, end);
  }
  Decimal.end = next;
  return next;
}

/** Address of the digits of the exponent whose letter is at `at`. */
function exponentDigits(at: usize, end: usize): usize {
  const sign = byteAt(at + 1, end);
  return sign == PLUS || sign == MINUS ? at + 2 : at + 1;
}

/** What was read last, of a unit, as whole microseconds, rounded half up; NONE where that is above MAX_MICROSECONDS. */
export function microsecondsOfDecimal(unit: u32): i64 {
  const decimals: usize = Decimal.mantissaEnd > Decimal.pointAt ? Decimal.mantissaEnd - Decimal.pointAt - 1 : 0;
  const digits = Decimal.pointAt - Decimal.at + decimals;
  const shift = unchecked(EXPONENTS[unit]) - <i32>decimals;
  if (Decimal.end != Decimal.mantissaEnd || digits > (shift < 0 ? MAX_DIGITS_TO_DIVIDE : MAX_DIGITS_TO_MULTIPLY)) {
    return longMicroseconds(<i64>digits, unit);
  }
  const product = Decimal.mantissa * unchecked(FACTORS[unit]);
  const power = unchecked(POWERS_OF_TEN[abs(shift)]);
  return shift < 0 ? <i64>((product + power / 2) / power) : limited(<i64>(product * power));
}

function limited(durationUs: i64): i64 {
  return durationUs > MAX_MICROSECONDS ? NONE : durationUs;
}

/**
 * Multiplies any number of digits by the size of the unit: those before the point of the result as one integer, those
 * behind it by hand from the last one on, of which only the carry and the first digit matter.
 */
function longMicroseconds(digits: i64, unit: u32): i64 {
  const factor = <i64>unchecked(FACTORS[unit]);
  const wholeDigits = <i64>(Decimal.pointAt - Decimal.at) + <i64>unchecked(EXPONENTS[unit]) + exponentOfDecimal();
  let whole: i64 = 0;
  for (let index: i64 = 0; index < wholeDigits && (index < digits || whole > 0); index += 1) {
    whole = whole * 10 + (index < digits ? digitAt(index) : 0);
    if (whole > MAX_MICROSECONDS) return NONE;
  }
  let carry: i64 = 0;
  let tenths: i64 = 0;
  for (let index = digits - 1; index >= max(wholeDigits, -MAX_CARRY_DIGITS); index -= 1) {
    const product = carry + (index < 0 ? 0 : digitAt(index) * factor);
    carry = product / 10;
    tenths = product - carry * 10;
  }
  return limited(whole * factor + carry + (tenths >= 5 ? 1 : 0));
}

/** The digit of the mantissa with that index, whether before or behind the point. */
function digitAt(index: i64): i64 {
  const at = Decimal.at + <usize>index;
  return <i64>load<u8>(at < Decimal.pointAt ? at : at + 1) - DIGIT_0;
}

function exponentOfDecimal(): i64 {
  if (Decimal.end == Decimal.mantissaEnd) return 0;
  let exponent: i64 = 0;
  for (let at = exponentDigits(Decimal.mantissaEnd, Decimal.end); at < Decimal.end; at += 1) {
    exponent = min(exponent * 10 + <i64>load<u8>(at) - DIGIT_0, MAX_EXPONENT);
  }
  return load<u8>(Decimal.mantissaEnd + 1) == MINUS ? -exponent : exponent;
}
