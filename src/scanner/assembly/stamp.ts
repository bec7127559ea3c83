/**
 * Reads time stamps by their shapes. A set of shapes remembers its last stamp up to the minute: most lines begin with the
 * same bytes as the one before, which are compared then, not read again. The twin of `parsers/match/read-stamp.ts`.
 */
import {
  SHAPE_CHECKS,
  SHAPE_HEAD,
  SHAPE_IS_COMMON,
  SHAPE_PARTS,
  SHAPE_TAIL,
  STAMP_MEMORY_BYTES,
} from '../../parsers/program/stamp-codes';
import { SECTION_VALUE_STAMPS } from '../../parsers/program/sections';
import { byteAt, isDigit, isWordByte, startsWith } from './bytes';
import { instantOfStamp, instantOfWall, Reference, settledYear, wallMinuteMs } from './clock';
import { Draft, NO_INSTANT, NO_MATCH } from './draft';
import { Image, section } from './image';
import { clearSeconds, clearStamp, isPossible, MAX_SECOND, Stamp, UNSTATED } from './stamp-fields';
import { readCommonTail, readPart } from './stamp-parts';

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
const PART_BYTES: usize = 8;
const CLOSING_BRACKET: u32 = 93;

/** Matches a stamp in the first shape of the set that fits, and notes its instant. */
export function readStamp(set: usize, at: usize, end: usize): usize {
  const behind = isInMinute(set, at, end) ? readKnown(set, at, end) : readNew(set, at, end);
  if (behind == NO_MATCH) return NO_MATCH;
  Stamped.set = set;
  Stamped.at = at;
  Stamped.end = behind;
  return behind;
}

/** Reads a stamp that begins as the last one did. */
// @ts-ignore: decorator
@inline
function readKnown(set: usize, at: usize, end: usize): usize {
  const secondsAt = secondsIn(set, at);
  const restAt = secondsAt + 2;
  const mask = load<u64>(set + MEMORY_REST_MASK);
  if (mask != 0 && ((load<u64>(restAt) ^ load<u64>(set + MEMORY_REST)) & mask) == 0) {
    const behind = restAt + <usize>load<u32>(set + MEMORY_REST_LENGTH);
    const second = secondOf(secondsAt);
    if (behind < end && second <= MAX_SECOND) {
      Draft.instantMs = instantOfWall(load<i64>(set + MEMORY_WALL), second, 0, load<i32>(set + MEMORY_OFFSET));
      return behind;
    }
  }
  const behind = readFromSeconds(set, secondsAt, end);
  if (behind == NO_MATCH) return readNew(set, at, end);
  Draft.instantMs = instantInMinute(set);
  return behind;
}

/** The number that two digits make; 100 where they are none. */
// @ts-ignore: decorator
@inline
function secondOf(at: usize): i32 {
  const tens: u32 = load<u8>(at);
  const ones: u32 = load<u8>(at + 1);
  return isDigit(tens) && isDigit(ones) ? <i32>(10 * tens + ones - 528) : 100;
}

function readNew(set: usize, at: usize, end: usize): usize {
  const behind = readAnew(set, at, end);
  if (behind != NO_MATCH) Draft.instantMs = instantOfStamp();
  return behind;
}

/** The stamp that was matched last. */
export class Stamped {
  static set: usize = 0;
  static at: usize = 0;
  static end: usize = 0;
}

/** Epoch ms of a value that is a stamp and nothing else; NO_INSTANT where it is none. */
export function instantOfValue(at: usize, end: usize): i64 {
  const set = section(SECTION_VALUE_STAMPS);
  const known = readInMinute(set, at, end);
  if (known != NO_MATCH) return known == end ? instantInMinute(set) : NO_INSTANT;
  return readAnew(set, at, end) == end ? instantOfStamp() : NO_INSTANT;
}

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

/** Reads the seconds and what follows, if the line goes on as the last stamp began. */
export function readInMinute(set: usize, at: usize, end: usize): usize {
  return isInMinute(set, at, end) ? readFromSeconds(set, secondsIn(set, at), end) : NO_MATCH;
}

/** Reads the seconds at `at` and what follows of a stamp that begins as the last one did. */
export function readFromSeconds(set: usize, at: usize, end: usize): usize {
  clearSeconds();
  const shape: usize = load<u32>(set + MEMORY_SHAPE);
  if (load<u32>(shape + SHAPE_IS_COMMON) == 0) {
    restoreMinute(set);
    const behind = readTail(shape, at, end);
    return behind != NO_MATCH && !isWordByte(byteAt(behind, end)) && isPossible() ? behind : NO_MATCH;
  }
  const behind = readCommonTail(at, end);
  return behind != NO_MATCH && Stamp.second <= MAX_SECOND && !isWordByte(byteAt(behind, end)) ? behind : NO_MATCH;
}

/** Reads what stands behind the minutes. */
// @ts-ignore: decorator
@inline
function readTail(shape: usize, at: usize, end: usize): usize {
  if (load<u32>(shape + SHAPE_IS_COMMON) != 0) return readCommonTail(at, end);
  return readParts(tailOf(shape), load<u32>(shape + SHAPE_TAIL), at, end);
}

// @ts-ignore: decorator
@inline
function tailOf(shape: usize): usize {
  return shape + SHAPE_PARTS + PART_BYTES * <usize>load<u32>(shape + SHAPE_HEAD);
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
    if (load<u32>(<usize>load<u32>(set + MEMORY_SHAPE) + SHAPE_IS_COMMON) != 0) restoreMinute(set);
    return instantOfStamp();
  }
  return instantOfWall(load<i64>(set + MEMORY_WALL), Stamp.second, Stamp.millis, Stamp.offsetMinutes);
}

/** Makes the fields state what is remembered of them. */
function restoreMinute(set: usize): void {
  Stamp.year = load<i32>(set + MEMORY_YEAR);
  Stamp.month = load<i32>(set + MEMORY_MONTH);
  Stamp.day = load<i32>(set + MEMORY_DAY);
  Stamp.hour = load<i32>(set + MEMORY_HOUR);
  Stamp.minute = load<i32>(set + MEMORY_MINUTE);
}

/** The address behind the stamp, or NO_MATCH; says so where one had digits in place and is impossible. */
function readAnew(set: usize, at: usize, end: usize): usize {
  if (at >= end) return NO_MATCH;
  const offset: usize = load<u32>(set + STAMP_MEMORY_BYTES + 4 * <usize>load<u8>(at));
  if (offset == 0) return NO_MATCH;
  const list = Image.at + offset;
  const count: usize = load<u32>(list);
  let wasImpossible = false;
  for (let index: usize = 0; index < count; index += 1) {
    const shape = Image.at + load<u32>(list + 4 + 4 * index);
    const head: usize = load<u32>(shape + SHAPE_HEAD);
    if (!passes(shape + SHAPE_CHECKS, at, end) || !passes(shape + SHAPE_CHECKS + 8, at, end)) continue;
    clearStamp();
    const secondsAt = readParts(shape + SHAPE_PARTS, head, at, end);
    if (secondsAt == NO_MATCH) continue;
    const behind = readTail(shape, secondsAt, end);
    if (behind == NO_MATCH || isWordByte(byteAt(behind, end))) continue;
    if (isPossible()) {
      if (index == 0 && remember(set, shape, at, secondsAt)) rememberRest(set, secondsAt + 2, behind, end); // none is tried before it
      return behind;
    }
    wasImpossible = true;
  }
  if (wasImpossible) Draft.sawImpossible = true;
  return NO_MATCH;
}

/** Tells whether one of the four bytes of a check stands where it says; without a check, true. */
// @ts-ignore: decorator
@inline
function passes(check: usize, at: usize, end: usize): bool {
  const offset: usize = load<u32>(check);
  if (offset == 255) return true;
  if (at + offset >= end) return false;
  const differences = load<u32>(check + 4) ^ (<u32>load<u8>(at + offset) * 0x01010101);
  return ((differences - 0x01010101) & ~differences & 0x80808080) != 0; // one of its bytes is zero
}

/** Remembers the stamp at hand up to its seconds, if that can be. */
function remember(set: usize, shape: usize, at: usize, secondsAt: usize): bool {
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
function rememberRest(set: usize, at: usize, behind: usize, end: usize): void {
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

// @ts-ignore: decorator
@inline
function readParts(parts: usize, count: usize, at: usize, end: usize): usize {
  let next = at;
  for (let part = parts; part < parts + PART_BYTES * count; part += PART_BYTES) {
    next = readPart(part, next, end);
    if (next == NO_MATCH) return NO_MATCH;
  }
  return next;
}
