/** Undoes the escapes of JSON strings. The twin of `parsers/match/json-text.ts`. */
import { byteAt } from './bytes';

const BACKSLASH: u32 = 92;
const LETTER_U: u32 = 117;
/** Bytes of `\uXXXX`. */
const UNIT_BYTES: usize = 6;
/** U+FFFD in UTF-8, as it lies in memory: three bytes. */
const REPLACEMENT: u32 = 0xbdbfef;

/**
 * Writes `[at, end)` without its escapes to `to`; the address behind what was written, which is never longer. At most 16
 * bytes behind that are overwritten, too. `\uXXXX` becomes UTF-8, a half of a surrogate pair that stands alone U+FFFD.
 */
export function unescape(at: usize, end: usize, to: usize): usize {
  const backslashes = i8x16.splat(<i8>BACKSLASH);
  let next = at;
  let top = to;
  while (next < end) {
    const block = v128.load(next);
    v128.store(top, block);
    const mask = i8x16.bitmask(i8x16.eq(block, backslashes));
    const plain: usize = mask == 0 ? 16 : <usize>ctz(mask);
    if (end - next <= plain) return top + (end - next);
    next += plain;
    top += plain;
    if (mask == 0) continue;
    if (isUnit(next, end)) {
      do {
        const unit = unitAt(next);
        next += UNIT_BYTES;
        if (isHigh(unit) && isUnit(next, end) && isLow(unitAt(next))) {
          top = putPair(unit, unitAt(next), top);
          next += UNIT_BYTES;
        } else {
          top = putUnit(unit, top);
        }
      } while (isUnit(next, end));
    } else {
      store<u8>(top, <u8>meant(byteAt(next + 1, end)));
      next += 2;
      top += 1;
    }
  }
  return top;
}

/** What the byte behind a backslash stands for. */
function meant(byte: u32): u32 {
  switch (byte) {
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    default:
      return byte;
  }
}

/** Tells whether the text goes on with `\uXXXX`. */
// @ts-ignore: decorator
@inline
export function isUnit(at: usize, end: usize): bool {
  if (at + UNIT_BYTES > end || <u32>load<u16>(at) != (BACKSLASH | (LETTER_U << 8))) return false;
  return isHex(load<u8>(at + 2)) && isHex(load<u8>(at + 3)) && isHex(load<u8>(at + 4)) && isHex(load<u8>(at + 5));
}

// @ts-ignore: decorator
@inline
function isHex(byte: u32): bool {
  return byte - 48 <= 9 || (byte | 32) - 97 <= 5;
}

// @ts-ignore: decorator
@inline
function unitAt(at: usize): u32 {
  return (hexAt(at + 2) << 12) | (hexAt(at + 3) << 8) | (hexAt(at + 4) << 4) | hexAt(at + 5);
}

// @ts-ignore: decorator
@inline
function hexAt(at: usize): u32 {
  const byte: u32 = load<u8>(at);
  return (byte & 15) + 9 * (byte >> 6);
}

// @ts-ignore: decorator
@inline
function isHigh(unit: u32): bool {
  return unit >> 10 == 0x36;
}

// @ts-ignore: decorator
@inline
function isLow(unit: u32): bool {
  return unit >> 10 == 0x37;
}

function putUnit(unit: u32, to: usize): usize {
  if (unit < 0x80) {
    store<u8>(to, <u8>unit);
    return to + 1;
  }
  if (unit < 0x800) {
    store<u16>(to, <u16>(0x80c0 | (unit >> 6) | ((unit & 63) << 8)));
    return to + 2;
  }
  const isLone = isHigh(unit) || isLow(unit);
  store<u32>(to, isLone ? REPLACEMENT : 0x8080e0 | (unit >> 12) | (((unit >> 6) & 63) << 8) | ((unit & 63) << 16));
  return to + 3;
}

function putPair(high: u32, low: u32, to: usize): usize {
  const point = 0x10000 + ((high & 1023) << 10) + (low & 1023);
  store<u32>(
    to,
    0x808080f0 | (point >> 18) | (((point >> 12) & 63) << 8) | (((point >> 6) & 63) << 16) | ((point & 63) << 24),
  );
  return to + 4;
}
