/** Walks over JSON strings, 16 bytes at a time. The twin of `endOfString` in `parsers/match/read-json.ts`. */
import { byteAt } from './bytes';
import { isUnit } from './unescape';

const QUOTE: u32 = 34;
const BACKSLASH: u32 = 92;
const LAST_CONTROL: i8 = 31;

export class JsonString {
  /** True where the last string that was walked over has an escape. */
  static isEscaped: bool = false;
}

/** `at` is behind the opening quote; address of the closing one, 0 for control characters and wrong escapes. */
export function endOfString(at: usize, end: usize): usize {
  const quotes = i8x16.splat(<i8>QUOTE);
  const backslashes = i8x16.splat(<i8>BACKSLASH);
  const controls = i8x16.splat(LAST_CONTROL);
  JsonString.isEscaped = false;
  let next = at;
  while (next < end) {
    const block = v128.load(next);
    const isControl = i8x16.eq(i8x16.min_u(block, controls), block);
    const mask = i8x16.bitmask(v128.or(v128.or(i8x16.eq(block, quotes), i8x16.eq(block, backslashes)), isControl));
    if (mask == 0) {
      next += 16;
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
