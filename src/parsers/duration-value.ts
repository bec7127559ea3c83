import type { ByteString } from '../domain/byte-string.js';
import { isAsciiWordByte, isDigit, skipBlanks, skipDigits } from './bytes.js';

/** What a number may be counted in. */
export type DurationUnit = 'ns' | 'us' | 'ms' | 's' | 'min' | 'h';

/** A value with its unit that was found within a longer text. */
export interface ScannedDuration {
  readonly durationUs: number;
  /** Offset behind the last byte of the value. */
  readonly end: number;
  /** Whether it is a single number with the unit `m`, which elsewhere may stand for mega or metre. */
  readonly isBareM: boolean;
}

/** One of `unit` is `factor * 10^exponent` microseconds. */
interface UnitSize {
  readonly unit: DurationUnit;
  readonly factor: number;
  readonly exponent: number;
  /** How it is written: lower case only. */
  readonly words: readonly ByteString[];
  /** Its letter in ISO 8601, for those that have one. */
  readonly isoLetter?: string;
}

/** One number with its unit. */
interface Part {
  readonly durationUs: number;
  readonly end: number;
  readonly size: UnitSize;
  /** Whether it has neither fraction nor exponent, so that a smaller part may follow. */
  readonly isInteger: boolean;
}

/** The two micro signs, U+00B5 and U+03BC, in UTF-8. */
const MICRO_SIGN = '\xc2\xb5';
const GREEK_MU = '\xce\xbc';
const MICRO_WORDS = ['us', `${MICRO_SIGN}s`, `${GREEK_MU}s`, 'usec', 'usecs', 'micros', 'microsecond', 'microseconds'];

/** From small to large. */
const SIZES: readonly UnitSize[] = [
  { unit: 'ns', factor: 1, exponent: -3, words: ['ns', 'nsec', 'nsecs', 'nanos', 'nanosecond', 'nanoseconds'] },
  { unit: 'us', factor: 1, exponent: 0, words: MICRO_WORDS },
  { unit: 'ms', factor: 1, exponent: 3, words: ['ms', 'msec', 'msecs', 'millis', 'millisecond', 'milliseconds'] },
  { unit: 's', factor: 1, exponent: 6, words: ['s', 'sec', 'secs', 'second', 'seconds'], isoLetter: 'S' },
  { unit: 'min', factor: 6, exponent: 7, words: ['m', 'min', 'mins', 'minute', 'minutes'], isoLetter: 'M' },
  { unit: 'h', factor: 36, exponent: 8, words: ['h', 'hr', 'hrs', 'hour', 'hours'], isoLetter: 'H' },
];
const SIZE_BY_UNIT = new Map(SIZES.map((size) => [size.unit, size] as const));
const SIZE_BY_WORD = new Map(SIZES.flatMap((size) => size.words.map((word) => [word, size] as const)));
const SIZE_BY_ISO_LETTER = new Map(
  SIZES.flatMap((size) => (size.isoLetter === undefined ? [] : [[size.isoLetter, size] as const])),
);

/** The words of the units of seconds and less, as a key may name them. */
export const FINE_UNIT_WORDS: readonly ByteString[] = SIZES.filter(
  ({ unit }) => unit !== 'min' && unit !== 'h',
).flatMap(({ words }) => words);

/** Every word of a unit, with the place of its unit in the order of size. */
export const UNIT_WORDS: ReadonlyMap<ByteString, number> = new Map(
  SIZES.flatMap(({ words }, index) => words.map((word) => [word, index] as const)),
);

/** Units from small to large. */
export const UNITS: readonly DurationUnit[] = SIZES.map(({ unit }) => unit);

/** Length of `milliseconds`: a longer run of letters is no unit and is not read to its end. */
const MAX_UNIT_BYTES = 12;
const ISO_PREFIX = 'PT';
/** An exponent of this size moves every digit of the longest possible text out of sight. */
const MAX_EXPONENT = 1e10;
/** No carry is above 35: two digits, and it is used up. */
const MAX_CARRY_DIGITS = 3;
const DIGIT_0 = 48;
const LOWER_M = 109;

/**
 * Reads a decimal number (`digits[.digits][e[+-]digits]`) of `unit` as whole microseconds, rounded half up. Exact and
 * in one pass, however long it is. Null for any other text, a sign included, and above 2^53 - 1 µs.
 */
export function microsecondsOf(text: ByteString, unit: DurationUnit): number | null {
  const size = SIZE_BY_UNIT.get(unit);
  const end = numberEnd(text, 0);
  return size === undefined || end === 0 || end < text.length ? null : toMicroseconds(text, 0, end, size);
}

/**
 * Reads a text that is a duration with its unit, such as `12.3ms`, `2 sec`, `1m2.5s`, `PT0.123S`, as whole
 * microseconds, rounded half up. Null for any other text and above 2^53 - 1 µs. The grammar is that of `scanDuration`.
 */
export function microsecondsOfText(text: ByteString): number | null {
  const scanned = scanDuration(text, 0);
  return scanned?.end === text.length ? scanned.durationUs : null;
}

/**
 * Reads the duration with its unit that begins at `start`; null where none does, where a word byte follows it, and
 * above 2^53 - 1 µs.
 *
 * A part is a number, blanks, a unit. A duration is a sum of parts in falling units, glued (`1h3m`) or with blanks
 * between them (`2 minutes 30 sec`), of which only the last may have a fraction or an exponent; it ends behind the last
 * part that no word byte follows. ISO 8601 is read without years to days: `PT`, then a glued sum in `H`, `M` and `S`.
 * Reads at most seven parts.
 */
export function scanDuration(text: ByteString, start: number): ScannedDuration | null {
  return scanWholeMs(text, start) ?? scanSum(text, start);
}

/** Digits from which on a whole number of milliseconds is left to the exact arithmetic. */
const MAX_WHOLE_MS_DIGITS = 9;
const LOWER_S = 115;

/** `127ms` and nothing more, which is how most durations are written: the same answer, several times as fast. */
function scanWholeMs(text: ByteString, start: number): ScannedDuration | null {
  let end = start;
  let whole = 0;
  for (let byte = text.charCodeAt(end); isDigit(byte); byte = text.charCodeAt(end)) {
    whole = whole * 10 + byte - DIGIT_0;
    end += 1;
  }
  if (end === start || end - start > MAX_WHOLE_MS_DIGITS) return null;
  if (text.charCodeAt(end) !== LOWER_M || text.charCodeAt(end + 1) !== LOWER_S) return null;
  const next = text.charCodeAt(end + 2);
  if (isAsciiWordByte(next) || next === 32 || next === 9) return null; // more of it may follow
  return { durationUs: whole * 1000, end: end + 2, isBareM: false };
}

function scanSum(text: ByteString, start: number): ScannedDuration | null {
  const isIso = text.startsWith(ISO_PREFIX, start);
  let found: ScannedDuration | null = null;
  let durationUs = 0;
  let previous: Part | null = null;
  let part = scanPart(text, isIso ? start + ISO_PREFIX.length : start, isIso);
  while (part !== null && (previous === null || SIZES.indexOf(part.size) < SIZES.indexOf(previous.size))) {
    const { end }: Part = part;
    durationUs += part.durationUs;
    if (durationUs > Number.MAX_SAFE_INTEGER) return null;
    if (!isAsciiWordByte(text.charCodeAt(end))) {
      found = { durationUs, end, isBareM: previous === null && text.charCodeAt(end - 1) === LOWER_M };
    }
    previous = part;
    if (!part.isInteger) break;
    part = scanPart(text, isIso ? end : skipBlanks(text, end), isIso);
  }
  return found;
}

/** Gives the unit that a word stands for behind a number, null for none. */
export function unitNamed(word: ByteString): DurationUnit | null {
  return SIZE_BY_WORD.get(word)?.unit ?? null;
}

/** Gives the offset behind the decimal number that begins at `start`; `start` where none does. */
export function numberEnd(text: ByteString, start: number): number {
  const wholeEnd = skipDigits(text, start);
  if (wholeEnd === start) return start;
  const mantissaEnd = fractionEnd(text, wholeEnd);
  const letter = text[mantissaEnd];
  if (letter !== 'e' && letter !== 'E') return mantissaEnd;
  const digitsStart = exponentDigits(text, mantissaEnd);
  const end = skipDigits(text, digitsStart);
  return end > digitsStart ? end : mantissaEnd;
}

function scanPart(text: ByteString, start: number, isIso: boolean): Part | null {
  const end = numberEnd(text, start);
  if (end === start) return null;
  const unitStart = isIso ? end : skipBlanks(text, end);
  const unitEnd = isIso ? end + 1 : unitWordEnd(text, unitStart);
  const size = (isIso ? SIZE_BY_ISO_LETTER : SIZE_BY_WORD).get(text.slice(unitStart, unitEnd));
  const durationUs = size === undefined ? null : toMicroseconds(text, start, end, size);
  if (size === undefined || durationUs === null) return null;
  return { durationUs, end: unitEnd, size, isInteger: skipDigits(text, start) === end };
}

/**
 * Multiplies the decimal digits in `[start, end)` by the size of the unit: those before the point of the result as one
 * integer, those behind it by hand from the last one on, of which only the carry and the first digit matter.
 */
function toMicroseconds(text: ByteString, start: number, end: number, size: UnitSize): number | null {
  const pointAt = skipDigits(text, start);
  const mantissaEnd = fractionEnd(text, pointAt);
  const digits = mantissaEnd - start - (mantissaEnd > pointAt ? 1 : 0);
  const wholeDigits = pointAt - start + size.exponent + exponentOf(text, mantissaEnd, end);
  const digitAt = (index: number): number =>
    text.charCodeAt(start + index + (start + index < pointAt ? 0 : 1)) - DIGIT_0;
  let whole = 0;
  for (let index = 0; index < wholeDigits && (index < digits || whole > 0); index += 1) {
    whole = whole * 10 + (index < digits ? digitAt(index) : 0);
    if (whole > Number.MAX_SAFE_INTEGER) return null;
  }
  let carry = 0;
  let tenths = 0;
  for (let index = digits - 1; index >= Math.max(wholeDigits, -MAX_CARRY_DIGITS); index -= 1) {
    const product = carry + (index < 0 ? 0 : digitAt(index) * size.factor);
    tenths = product % 10;
    carry = (product - tenths) / 10;
  }
  const durationUs = whole * size.factor + carry + (tenths >= 5 ? 1 : 0);
  return durationUs > Number.MAX_SAFE_INTEGER ? null : durationUs;
}

/** Value of the exponent in `[start, end)`; 0 where that is empty. */
function exponentOf(text: ByteString, start: number, end: number): number {
  let exponent = 0;
  for (let at = exponentDigits(text, start); at < end; at += 1) {
    exponent = Math.min(exponent * 10 + text.charCodeAt(at) - DIGIT_0, MAX_EXPONENT);
  }
  return text[start + 1] === '-' ? -exponent : exponent;
}

/** Offset of the digits of the exponent whose letter is at `start`. */
function exponentDigits(text: ByteString, start: number): number {
  return text[start + 1] === '+' || text[start + 1] === '-' ? start + 2 : start + 1;
}

function fractionEnd(text: ByteString, pointAt: number): number {
  if (text[pointAt] !== '.') return pointAt;
  const end = skipDigits(text, pointAt + 1);
  return end > pointAt + 1 ? end : pointAt;
}

/** Behind lower-case letters, of which a micro sign may take the place of the first. */
function unitWordEnd(text: ByteString, start: number): number {
  let end = text.startsWith(MICRO_SIGN, start) || text.startsWith(GREEK_MU, start) ? start + MICRO_SIGN.length : start;
  while (end - start <= MAX_UNIT_BYTES && isLower(text.charCodeAt(end))) end += 1;
  return end;
}

function isLower(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}
