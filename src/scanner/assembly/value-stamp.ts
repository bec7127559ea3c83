/**
 * Remembers the last value that was a stamp such as `2024-01-24T10:15:32.123Z`, with any fraction and any zone: most stamps differ
 * from the one before in the digits of the seconds and of the fraction alone, which are all that is read then. It changes no answer:
 * the other bytes are compared, and no second below 60 makes a possible stamp impossible.
 */
import { byteAt, skipDigits } from './bytes';
import { instantOfWall, wallMinuteMs } from './clock';
import { NO_INSTANT } from './draft';
import { reserve } from './memory';
import { instantOfValue } from './stamp';
import { Stamp, UNSTATED } from './stamp-fields';
import { twoDigits } from './stamp-digits';

const BLOCK_BYTES: usize = 16;
const MAX_BYTES: usize = 2 * BLOCK_BYTES;
/** Where minutes, seconds and the digits of the fraction begin; other stamps are not remembered. */
const MINUTE_AT: usize = 14;
const SECOND_AT: usize = 17;
const FRACTION_AT: usize = 20;
const COLON: u32 = 58;
const END_OF_DAY: i32 = 24;

const text: usize = reserve(MAX_BYTES);

/** The stamp that was remembered; its text is in `text`. */
class Last {
  /** 0 for none. */
  static length: usize = 0;
  /** Bits of the bytes that are compared, and of those that have to be digits. */
  static same: u32 = 0;
  static digits: u32 = 0;
  static hasMillis: bool = false;
  /** Epoch ms of its minute. */
  static minuteMs: i64 = 0;
}

/** The same as `instantOfValue` in `stamp.ts`. */
export function instantOf(at: usize, end: usize): i64 {
  if (end - at == Last.length && isLikeLast(at)) {
    const second = twoDigits(at + SECOND_AT, end);
    if (second < 60) return Last.minuteMs + <i64>(second * 1000 + (Last.hasMillis ? threeDigits(at + FRACTION_AT) : 0));
  }
  const instantMs = instantOfValue(at, end);
  if (instantMs != NO_INSTANT) remember(at, end, instantMs);
  return instantMs;
}

// @ts-ignore: decorator
@inline
function isLikeLast(at: usize): bool {
  const first = v128.load(at);
  const second = v128.load(at, BLOCK_BYTES);
  const same = i8x16.bitmask(i8x16.eq(first, v128.load(text))) | (sameIn(second) << <i32>BLOCK_BYTES);
  const digits = digitsIn(second) << <i32>BLOCK_BYTES;
  return ((<u32>same & Last.same) | (<u32>digits & Last.digits)) == (Last.same | Last.digits);
}

// @ts-ignore: decorator
@inline
function sameIn(block: v128): i32 {
  return i8x16.bitmask(i8x16.eq(block, v128.load(text, BLOCK_BYTES)));
}

// @ts-ignore: decorator
@inline
function digitsIn(block: v128): i32 {
  return i8x16.bitmask(i8x16.lt_u(i8x16.sub(block, i8x16.splat(48)), i8x16.splat(10)));
}

// @ts-ignore: decorator
@inline
function threeDigits(at: usize): i32 {
  return <i32>load<u8>(at) * 100 + <i32>load<u8>(at + 1) * 10 + <i32>load<u8>(at + 2) - 5328;
}

/** Remembers the stamp `[at, end)` if its parts stand where they are looked for, and its zone has one offset in that minute. */
function remember(at: usize, end: usize, instantMs: i64): void {
  const length = end - at;
  if (length > MAX_BYTES || Stamp.year == UNSTATED || Stamp.hour == END_OF_DAY || !hasOneOffset()) return;
  if (byteAt(at + MINUTE_AT - 1, end) != COLON || byteAt(at + SECOND_AT - 1, end) != COLON) return;
  const decimals = decimalsOf(at, end);
  const hasMillis = decimals >= 3;
  if (decimals != 0 && !hasMillis) return;
  const millis = hasMillis ? threeDigits(at + FRACTION_AT) : 0;
  memory.copy(text, at, length);
  Last.length = length;
  Last.digits = bitsFrom(SECOND_AT, 2) | bitsFrom(FRACTION_AT, decimals);
  Last.same = bitsFrom(0, length) & ~Last.digits;
  Last.hasMillis = hasMillis;
  Last.minuteMs = instantMs - <i64>(Stamp.second * 1000 + millis);
}

/** Tells whether clocks do not change within the minute of the stamp at hand. */
function hasOneOffset(): bool {
  if (Stamp.offsetMinutes != UNSTATED) return true;
  const wallMs = wallMinuteMs(Stamp.year);
  return instantOfWall(wallMs, 59, 999, UNSTATED) - instantOfWall(wallMs, 0, 0, UNSTATED) == 59_999;
}

/** Number of the digits of the fraction. */
function decimalsOf(at: usize, end: usize): usize {
  const mark = byteAt(at + FRACTION_AT - 1, end);
  if (mark != 46 && mark != 44) return 0;
  return skipDigits(at + FRACTION_AT, end) - at - FRACTION_AT;
}

/** `count` bits from a place on. */
function bitsFrom(place: usize, count: usize): u32 {
  return <u32>(((<u64>1 << <u64>count) - 1) << <u64>place);
}
