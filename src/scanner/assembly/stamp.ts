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
import { byteAt, isDigit, isWordByte } from './bytes';
import { instantOfStamp } from './clock';
import { Draft, NO_INSTANT, NO_MATCH } from './draft';
import { Image, section } from './image';
import { clearSeconds, clearStamp, isPossible, MAX_SECOND, Stamp } from './stamp-fields';
import {
  behindKnownRest,
  instantInMinute,
  instantOfKnownRest,
  isInMinute,
  remember,
  rememberedShape,
  rememberRest,
  restoreMinute,
  secondsIn,
} from './stamp-memory';
import { readCommonTail, readPart } from './stamp-parts';

const PART_BYTES: usize = 8;

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
  const restEnd = behindKnownRest(set, secondsAt + 2);
  if (restEnd != NO_MATCH && restEnd < end) {
    const second = secondOf(secondsAt);
    if (second <= MAX_SECOND) {
      Draft.instantMs = instantOfKnownRest(set, second);
      return restEnd;
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

/** Reads the seconds and what follows, if the line goes on as the last stamp began. */
export function readInMinute(set: usize, at: usize, end: usize): usize {
  return isInMinute(set, at, end) ? readFromSeconds(set, secondsIn(set, at), end) : NO_MATCH;
}

/** Reads the seconds at `at` and what follows of a stamp that begins as the last one did. */
export function readFromSeconds(set: usize, at: usize, end: usize): usize {
  clearSeconds();
  const shape = rememberedShape(set);
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
