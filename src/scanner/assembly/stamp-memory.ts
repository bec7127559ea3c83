/**
 * What a set of shapes remembers of its last stamp: all up to the minute, and in access logs what stood behind the seconds. Most
 * stamps begin with the same bytes as the one before.
 */
import { SHAPE_IS_COMMON, SHAPE_TAIL, STAMP_MEMORY_BYTES } from '../../parsers/program/stamp-codes';
import { byteAt, startsWith } from './bytes';
import { instantOfStamp, instantOfWall, Reference, settledYear, wallMinuteMs } from './clock';
import { NO_MATCH } from './draft';
import { Stamp, UNSTATED } from './stamp-fields';

/** What a set remembers: byte offsets. A length of 0 stands for nothing. */
const MEMORY_LENGTH: usize = 0;
const MEMORY_SHAPE: usize = 4;
const MEMORY_YEAR: usize = 8;
const MEMORY_MONTH: usize = 12;
const MEMORY_DAY: usize = 16;
const MEMORY_HOUR: usize = 20;
const MEMORY_MINUTE: usize = 24;
/** 64 bits: wall ms of the minute. */
const MEMORY_WALL: usize = 32;
/** Number of the reference instant by which a missing year was settled, NOT_SETTLED, or HAS_YEAR. */
const MEMORY_REFERENCE: usize = 28;
/** Instants are counted from 1. */
const NOT_SETTLED: u32 = 0;
const HAS_YEAR: u32 = 0xffffffff;
/**
 * What stood behind the seconds up to a closing bracket, as in access logs: 64 bits of text, and of its mask, 0 for nothing;
 * its length without the bracket; the offset that it states. No part of a stamp looks past a byte like that one.
 */
const MEMORY_REST: usize = 40;
const MEMORY_REST_MASK: usize = 48;
const MEMORY_REST_LENGTH: usize = 56;
const MEMORY_OFFSET: usize = 60;
const MEMORY_TEXT: usize = 64;
const MAX_REMEMBERED: usize = <usize>STAMP_MEMORY_BYTES - MEMORY_TEXT;
const CLOSING_BRACKET: u32 = 93;

/** Tells whether the line goes on as the last stamp began, up to its minute. */
// @ts-ignore: decorator
@inline
export function isInMinute(set: usize, at: usize, end: usize): bool {
  const length: usize = load<u32>(set + MEMORY_LENGTH);
  return length != 0 && at + length <= end && isSameText(at, set + MEMORY_TEXT, length);
}

/** Where the seconds begin of a stamp at `at` that begins as the last one did. */
// @ts-ignore: decorator
@inline
export function secondsIn(set: usize, at: usize): usize {
  return at + <usize>load<u32>(set + MEMORY_LENGTH);
}

/** The shape of the stamp that is remembered. */
// @ts-ignore: decorator
@inline
export function rememberedShape(set: usize): usize {
  return load<u32>(set + MEMORY_SHAPE);
}

/** Address behind what stands at `at`, if it is what stood behind the seconds of the last stamp; else NO_MATCH. */
// @ts-ignore: decorator
@inline
export function behindKnownRest(set: usize, at: usize): usize {
  const mask = load<u64>(set + MEMORY_REST_MASK);
  if (mask == 0 || ((load<u64>(at) ^ load<u64>(set + MEMORY_REST)) & mask) != 0) return NO_MATCH;
  return at + <usize>load<u32>(set + MEMORY_REST_LENGTH);
}

/** Instant of a stamp that is the last one but for its second. */
// @ts-ignore: decorator
@inline
export function instantOfKnownRest(set: usize, second: i32): i64 {
  return instantOfWall(load<i64>(set + MEMORY_WALL), second, 0, load<i32>(set + MEMORY_OFFSET));
}

// @ts-ignore: decorator
@inline
function isSameText(at: usize, text: usize, length: usize): bool {
  if (length < 16) return startsWith(at, at + length, text, length);
  const last = length - 16;
  return (
    i8x16.all_true(i8x16.eq(v128.load(at), v128.load(text))) &&
    i8x16.all_true(i8x16.eq(v128.load(at + last), v128.load(text + last)))
  );
}

/** Instant of the stamp that was read last, by `readInMinute`. */
export function instantInMinute(set: usize): i64 {
  const reference = load<u32>(set + MEMORY_REFERENCE);
  if (reference != HAS_YEAR && reference != Reference.number) {
    if (load<u32>(rememberedShape(set) + SHAPE_IS_COMMON) != 0) restoreMinute(set);
    return instantOfStamp();
  }
  return instantOfWall(load<i64>(set + MEMORY_WALL), Stamp.second, Stamp.millis, Stamp.offsetMinutes);
}

/** Makes the fields state what is remembered of them. */
export function restoreMinute(set: usize): void {
  Stamp.year = load<i32>(set + MEMORY_YEAR);
  Stamp.month = load<i32>(set + MEMORY_MONTH);
  Stamp.day = load<i32>(set + MEMORY_DAY);
  Stamp.hour = load<i32>(set + MEMORY_HOUR);
  Stamp.minute = load<i32>(set + MEMORY_MINUTE);
}

/** Remembers the stamp at hand up to its seconds, if that can be. */
export function remember(set: usize, shape: usize, at: usize, secondsAt: usize): bool {
  const length = secondsAt - at;
  if (load<u32>(shape + SHAPE_TAIL) == 0 || length > MAX_REMEMBERED) return false;
  if (Stamp.hour == 24) return false; // only one second of that minute is possible
  store<u32>(set + MEMORY_LENGTH, <u32>length);
  store<u32>(set + MEMORY_SHAPE, <u32>shape);
  store<i32>(set + MEMORY_YEAR, Stamp.year);
  store<i32>(set + MEMORY_MONTH, Stamp.month);
  store<i32>(set + MEMORY_DAY, Stamp.day);
  store<i32>(set + MEMORY_HOUR, Stamp.hour);
  store<i32>(set + MEMORY_MINUTE, Stamp.minute);
  const hasYear = Stamp.year != UNSTATED;
  const year = hasYear ? Stamp.year : settledYear();
  store<u32>(set + MEMORY_REFERENCE, hasYear ? HAS_YEAR : year == UNSTATED ? NOT_SETTLED : Reference.number);
  if (year != UNSTATED) store<i64>(set + MEMORY_WALL, wallMinuteMs(year));
  memory.copy(set + MEMORY_TEXT, at, length);
  return true;
}

/** Remembers what stands behind the seconds of the stamp at hand, which was just remembered. */
export function rememberRest(set: usize, at: usize, behind: usize, end: usize): void {
  store<u64>(set + MEMORY_REST_MASK, 0);
  const length = behind - at;
  if (length >= 8 || byteAt(behind, end) != CLOSING_BRACKET) return;
  if (Stamp.year == UNSTATED || Stamp.millis != 0 || Stamp.isEpoch) return;
  const mask = u64.MAX_VALUE >> (56 - 8 * <u64>length);
  store<u64>(set + MEMORY_REST, load<u64>(at));
  store<u64>(set + MEMORY_REST_MASK, mask);
  store<u32>(set + MEMORY_REST_LENGTH, <u32>length);
  store<i32>(set + MEMORY_OFFSET, Stamp.offsetMinutes);
}
