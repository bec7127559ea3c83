/** Walks over JSON strings, 32 bytes at a time. The twin of `endOfString` in `parsers/match/read-json.ts`. */
import { byteAt } from './bytes';
import { isUnit } from './unescape';

const QUOTE: u32 = 34;
const BACKSLASH: u32 = 92;
const LAST_CONTROL: i8 = 31;
const BLOCK_BYTES: usize = 16;

export class JsonString {
  /** True where the last string that was walked over has an escape. */
  static isEscaped: bool = false;
}

/** `at` is behind the opening quote; address of the closing one, 0 for control characters and wrong escapes. */
// @ts-ignore: decorator
@inline
export function endOfString(at: usize, end: usize): usize {
  JsonString.isEscaped = false;
  let next = at;
  while (next < end) {
    const mask = marksIn(v128.load(next)) | (marksIn(v128.load(next, BLOCK_BYTES)) << <i32>BLOCK_BYTES);
    if (mask == 0) {
      next += 2 * BLOCK_BYTES;
      continue;
    }
    next += <usize>ctz(mask);
    if (next >= end) return 0;
    const byte: u32 = load<u8>(next);
    if (byte == QUOTE) return next;
    if (byte != BACKSLASH) return 0;
    JsonString.isEscaped = true;
    if (isSimpleEscape(byteAt(next + 1, end))) next += 2;
    else if (isUnit(next, end)) next += 6;
    else return 0;
  }
  return 0;
}

/** A bit for each byte at which a string ends, is escaped, or is wrong. */
// @ts-ignore: decorator
@inline
function marksIn(block: v128): i32 {
  const isQuote = i8x16.eq(block, i8x16.splat(<i8>QUOTE));
  const isBackslash = i8x16.eq(block, i8x16.splat(<i8>BACKSLASH));
  return i8x16.bitmask(v128.or(v128.or(isQuote, isBackslash), i8x16.le_u(block, i8x16.splat(LAST_CONTROL))));
}

/** What may stand behind a backslash, but for `u`. */
// @ts-ignore: decorator
@inline
function isSimpleEscape(byte: u32): bool {
  switch (byte) {
    case 34:
    case 47:
    case 92:
    case 98:
    case 102:
    case 110:
    case 114:
    case 116:
      return true;
    default:
      return false;
  }
}
