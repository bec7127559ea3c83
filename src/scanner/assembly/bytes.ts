/**
 * Classes of bytes, and small walks over a text `[at, end)`. A position at its end is of no class: the byte there may be
 * anything. The twin of `parsers/bytes.ts`.
 */
import { reserve } from './memory';

/** What a position at the end of the text has for a byte. */
export const NO_BYTE: u32 = 256;

const DIGIT: u32 = 1;
const BLANK: u32 = 2;
const UPPER: u32 = 4;
const LOWER: u32 = 8;
const UNDERSCORE: u32 = 16;
const BEYOND_ASCII: u32 = 32;
const SPACE: u32 = 64;

const LETTER: u32 = UPPER | LOWER;
const ASCII_WORD: u32 = LETTER | DIGIT | UNDERSCORE;
const WORD: u32 = ASCII_WORD | BEYOND_ASCII;

/** One byte of classes for each byte, and a zero for NO_BYTE. */
const classes: usize = classTable();

function classTable(): usize {
  const table = reserve(257);
  for (let byte: u32 = 0; byte < 256; byte += 1) {
    let bits: u32 = 0;
    if (byte >= 48 && byte <= 57) bits |= DIGIT;
    if (byte == 32 || byte == 9) bits |= BLANK;
    if (byte >= 65 && byte <= 90) bits |= UPPER;
    if (byte >= 97 && byte <= 122) bits |= LOWER;
    if (byte == 95) bits |= UNDERSCORE;
    if (byte >= 128) bits |= BEYOND_ASCII;
    if ((byte >= 9 && byte <= 13) || byte == 32 || byte == 160) bits |= SPACE;
    store<u8>(table + byte, <u8>bits);
  }
  return table;
}

// @ts-ignore: decorator
@inline
function has(byte: u32, bits: u32): bool {
  return (<u32>load<u8>(classes + byte) & bits) != 0;
}

/** The byte at `at`, NO_BYTE at or behind the end. */
// @ts-ignore: decorator
@inline
export function byteAt(at: usize, end: usize): u32 {
  return at < end ? <u32>load<u8>(at) : NO_BYTE;
}

// @ts-ignore: decorator
@inline
export function isDigit(byte: u32): bool {
  return byte - 48 <= 9;
}

// @ts-ignore: decorator
@inline
export function isBlank(byte: u32): bool {
  return byte == 32 || byte == 9;
}

// @ts-ignore: decorator
@inline
export function isLetter(byte: u32): bool {
  return has(byte, LETTER);
}

// @ts-ignore: decorator
@inline
export function isUpper(byte: u32): bool {
  return byte - 65 <= 25;
}

// @ts-ignore: decorator
@inline
export function isAsciiWordByte(byte: u32): bool {
  return has(byte, ASCII_WORD);
}

// @ts-ignore: decorator
@inline
export function isWordByte(byte: u32): bool {
  return has(byte, WORD);
}

/** What JavaScript takes for white space among the bytes, in `\s` as in `trim`: also the blank of Latin-1, 160. */
// @ts-ignore: decorator
@inline
export function isSpace(byte: u32): bool {
  return has(byte, SPACE);
}

export function skipBlanks(at: usize, end: usize): usize {
  let next = at;
  while (next < end && isBlank(load<u8>(next))) next += 1;
  return next;
}

export function skipToken(at: usize, end: usize): usize {
  const blanks = i8x16.splat(32);
  const tabs = i8x16.splat(9);
  for (let next = at; next < end; next += 16) {
    const block = v128.load(next);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(block, blanks), i8x16.eq(block, tabs)));
    if (mask != 0) return min(next + <usize>ctz(mask), end);
  }
  return end;
}

export function skipDigits(at: usize, end: usize): usize {
  let next = at;
  while (next < end && isDigit(load<u8>(next))) next += 1;
  return next;
}

export function skipLetters(at: usize, end: usize): usize {
  let next = at;
  while (next < end && isLetter(load<u8>(next))) next += 1;
  return next;
}

/** Tells whether `length` bytes at two places are the same, sixteen at a time; as many behind them are readable. */
export function isSame(a: usize, b: usize, length: usize): bool {
  let index: usize = 0;
  for (; index + 16 <= length; index += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(a + index), v128.load(b + index)))) return false;
  }
  const rest = (1 << <u32>(length - index)) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(a + index), v128.load(b + index))) & rest) == rest;
}

/** Tells whether the text goes on with the `length` bytes at `text`. */
export function startsWith(at: usize, end: usize, text: usize, length: usize): bool {
  if (at + length > end) return false;
  for (let index: usize = 0; index < length; index += 1) {
    if (load<u8>(at + index) != load<u8>(text + index)) return false;
  }
  return true;
}

/** Address of the first `byte` at or behind `at`; 0 where there is none. */
export function indexOf(byte: u32, at: usize, end: usize): usize {
  const wanted = i8x16.splat(<i8>byte);
  for (let next = at; next < end; next += 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(next), wanted));
    if (mask == 0) continue;
    const found = next + <usize>ctz(mask);
    return found < end ? found : 0;
  }
  return 0;
}

/** Address of the last `byte` in `[at, end)`; 0 where there is none. */
export function lastIndexOf(byte: u32, at: usize, end: usize): usize {
  for (let next = end; next > at; next -= 1) if (load<u8>(next - 1) == byte) return next - 1;
  return 0;
}

/** Address behind a UTF-8 byte order mark at `at`, if there is one. */
export function skipByteOrderMark(at: usize, end: usize): usize {
  const has = at + 3 <= end && load<u16>(at) == 0xbbef && load<u8>(at + 2) == 0xbf;
  return has ? at + 3 : at;
}

const QUOTE: u32 = 34;
const BACKSLASH: u32 = 92;

/** `at` is behind an opening quote. Address of the closing one, past backslash escapes; 0 where there is none. */
export function closingQuote(at: usize, end: usize): usize {
  let next = at;
  while (next < end) {
    const mask =
      quotesIn(next) | (quotesIn(next + 16) << 16) | (quotesIn(next + 32) << 32) | (quotesIn(next + 48) << 48);
    if (mask == 0) {
      next += 64;
      continue;
    }
    next += <usize>ctz(mask);
    if (next >= end) return 0;
    if (load<u8>(next) == <u8>QUOTE) return next;
    next += 2;
  }
  return 0;
}

/** A bit for each of the sixteen bytes at `at` that is a quote or a backslash. */
// @ts-ignore: decorator
@inline
function quotesIn(at: usize): u64 {
  const block = v128.load(at);
  const isQuote = i8x16.eq(block, i8x16.splat(<i8>QUOTE));
  return <u64>(<u32>i8x16.bitmask(v128.or(isQuote, i8x16.eq(block, i8x16.splat(<i8>BACKSLASH)))));
}
