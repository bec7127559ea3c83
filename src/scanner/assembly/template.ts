/**
 * Remembers lines of text by their templates: programs write the same sentences over and over with other numbers in them.
 * Behind a stamp that is read as ever, the line is made a text without numbers and looked up; a line that is known so far has
 * its level, its texts and its duration at the places where the one before had them. Only the duration is read anew.
 *
 * It changes no answer: a line is remembered only where none of the layouts that were tried on it looks at the value of a number
 * (`parsers/program/digit-blind.ts`), and where no rule for levels and durations does (`template-safety.ts`).
 * It replaces candidates, machine, header and search for durations: see "templates" in bench/RESULTS.md.
 */
import { NONE, SOURCE_MESSAGE } from '../layout';
import { isDigit } from './bytes';
import { capture, capturedAt, capturedEnd, capturedRole, Draft, NO_MATCH, resetDraft, setDuration } from './draft';
import { scanDuration, Scanned } from './duration-value';
import { reserve } from './memory';
import { readFromSeconds, readInMinute, Stamped } from './stamp';
import { instantInMinute, isInMinute, secondsIn } from './stamp-memory';
import { isSafe } from './template-safety';
import {
  addressOf,
  hasTemplate,
  keepTemplate,
  MAX_TEMPLATE_BYTES,
  partText,
  placeIn,
  TEMPLATE_BYTES,
  templateHash,
} from './template-text';
import { Found } from './text-duration';

/** A template stands in one of the two places of a row, which its hash chooses: of few, some meet in one row. */
const ROW_BITS: u32 = 10;
const ROWS: usize = 1 << ROW_BITS;
/** An entry: byte offsets. A set of 0 stands for none. */
const HASH: usize = 0;
const SET: usize = 4;
const FORMAT: usize = 8;
const LEVEL: usize = 12;
const CAPTURES: usize = 16;
/** A place: see `placeIn`. */
const DURATION: usize = 20;
const NOWHERE: i32 = -1;
/** 64 bits: the bytes before the stamp. */
const PREFIX: usize = 24;
/** Of each text its role and the places of its start and its end. */
const FIRST_CAPTURE: usize = 32;
const CAPTURE_BYTES: usize = 12;
const MAX_CAPTURES: usize = 5;
const TEMPLATE: usize = 96;
const ENTRY_BYTES: usize = 256;
const ROW_BYTES: usize = 2 * ENTRY_BYTES;

/** A template is compared and copied by blocks: up to fifteen bytes behind it are touched. */
const entries: usize = reserve(ROWS * ROW_BYTES + 64);
/** Hashes of texts that were seen once, each at its place: only what comes again is remembered. */
const SEEN: usize = 4096;
const SEEN_SHIFT: u32 = 20;
const seen: usize = reserve(4 * SEEN);

const BRACKET: u32 = 91;
const OPEN_ANGLE: u32 = 60;
const CLOSE_ANGLE: u8 = 62;

/**
 * What the last remembered lines began with, by kind of first byte: the set of their stamps, and how far behind the first
 * bytes that a line of that kind has before its stamp this one stands.
 */
const START_BYTES: usize = 16;
const starts: usize = reserve(START_BYTES * 4);
const START_GAP: usize = 4;
/**
 * Lines that were looked up in vain, less those that were known: where few are known, few are looked up. Lines that begin
 * otherwise do not count, so those of another format do not spoil it.
 */
const START_MISSES: usize = 8;
/** Lines that were not looked up because of that. */
const START_PASSED: usize = 12;
/** Longest text before a stamp, `<165>1 ` and one more; it is compared as it is. */
const MAX_PREFIX_BYTES: usize = 8;

const MAX_MISSES: i32 = 256;
const PASSED: u32 = 15;

// @ts-ignore: decorator
@inline
function startFor(first: u32): usize {
  if (isDigit(first)) return starts;
  return starts + START_BYTES * (first == BRACKET ? 1 : first == OPEN_ANGLE ? 2 : 3);
}

/** Address behind what stands before a stamp by its kind: a bracket, a priority, nothing. */
// @ts-ignore: decorator
@inline
function behindFirst(first: u32, at: usize): usize {
  if (first == BRACKET) return at + 1;
  if (first != OPEN_ANGLE) return at;
  let next = at + 2;
  while (next < at + 5 && load<u8>(next) != CLOSE_ANGLE) next += 1;
  return next + 1;
}

/** The bytes before the stamp. */
// @ts-ignore: decorator
@inline
function prefixOf(at: usize, stampAt: usize): u64 {
  const length = <u64>(stampAt - at);
  return length == 8 ? load<u64>(at) : load<u64>(at) & ((<u64>1 << (8 * length)) - 1);
}

/** Hash of a template behind these bytes and a stamp of that set. */
// @ts-ignore: decorator
@inline
function hashOf(prefix: u64, set: usize, behind: usize, end: usize): u32 {
  const sum = (prefix + <u64>set) * 0x9e3779b97f4a7c15;
  return (templateHash(behind, end) ^ <u32>(sum >> 32)) * 0x85ebca6b;
}

// @ts-ignore: decorator
@inline
function rowFor(hash: u32): usize {
  return entries + ROW_BYTES * <usize>(hash >> (32 - ROW_BITS));
}

/** The entry with that hash; 0 where there is none. */
// @ts-ignore: decorator
@inline
function findEntry(hash: u32): usize {
  const row = rowFor(hash);
  if (load<u32>(row, HASH) == hash) return row;
  return load<u32>(row + ENTRY_BYTES, HASH) == hash ? row + ENTRY_BYTES : 0;
}

/** The entry in which a template with that hash is to stand: its own, a free one, or one of the two in turn. */
function entryFor(hash: u32): usize {
  const row = rowFor(hash);
  const known = findEntry(hash);
  if (known != 0) return known;
  if (load<u32>(row, SET) == 0) return row;
  if (load<u32>(row + ENTRY_BYTES, SET) == 0) return row + ENTRY_BYTES;
  Turn.isSecond = !Turn.isSecond;
  return Turn.isSecond ? row + ENTRY_BYTES : row;
}

class Turn {
  static isSecond: bool = false;
}

/** Reads the line `[at, end)` from memory into the draft; the number of its format, or NONE. */
export function recallLine(at: usize, end: usize): i32 {
  if (at >= end) return NONE;
  const first: u32 = load<u8>(at);
  const start = startFor(first);
  const set: usize = load<u32>(start);
  if (set == 0) return NONE;
  const stampAt = behindFirst(first, at) + <usize>load<u32>(start, START_GAP);
  if (!isInMinute(set, stampAt, end) || !isWorthLooking(start)) return NONE;
  const format = recall(set, at, stampAt, end);
  const misses = load<i32>(start, START_MISSES);
  store<i32>(start, format == NONE ? min(MAX_MISSES, misses + 1) : max(0, misses - 1), START_MISSES);
  return format;
}

/** Tells whether the next line of that start is to be looked up: after too many misses only a few are. */
// @ts-ignore: decorator
@inline
function isWorthLooking(start: usize): bool {
  if (load<i32>(start, START_MISSES) < MAX_MISSES) return true;
  const passed = load<u32>(start, START_PASSED) + 1;
  store<u32>(start, passed, START_PASSED);
  return (passed & PASSED) == 0;
}

function recall(set: usize, at: usize, stampAt: usize, end: usize): i32 {
  const behind = readFromSeconds(set, secondsIn(set, stampAt), end);
  if (behind == NO_MATCH || behind >= end || end - behind > MAX_TEMPLATE_BYTES) return NONE;
  const prefix = prefixOf(at, stampAt);
  const entry = findEntry(hashOf(prefix, set, behind, end));
  if (entry == 0 || load<u32>(entry, SET) != <u32>set || load<u64>(entry, PREFIX) != prefix) return NONE;
  if (!hasTemplate(entry + TEMPLATE, behind, end)) return NONE;
  resetDraft();
  const duration = load<i32>(entry, DURATION);
  if (duration != NOWHERE) {
    if (!scanDuration(addressOf(duration), end)) return NONE;
    setDuration(Scanned.durationUs, SOURCE_MESSAGE);
  }
  Draft.instantMs = instantInMinute(set);
  Draft.level = load<i32>(entry, LEVEL);
  const count: usize = load<u32>(entry, CAPTURES);
  for (let place = entry + FIRST_CAPTURE; place < entry + FIRST_CAPTURE + CAPTURE_BYTES * count; place += CAPTURE_BYTES) {
    capture(load<i32>(place), addressOf(load<u32>(place, 4)), addressOf(load<u32>(place, 8)));
  }
  return load<i32>(entry, FORMAT);
}

/** Remembers the line `[at, end)`, which is in the draft, if that is safe. All layouts that were tried on it are digit-blind. */
export function rememberLine(at: usize, end: usize, format: i32): void {
  const first: u32 = load<u8>(at);
  const behind = Stamped.end;
  const gap = Stamped.at - behindFirst(first, at);
  if (Stamped.at < at || Stamped.at - at > MAX_PREFIX_BYTES || gap > MAX_PREFIX_BYTES || behind >= end) return;
  if (Draft.noted > MAX_CAPTURES || Draft.status != 0 || Draft.bytes != NONE) return;
  if (readInMinute(Stamped.set, Stamped.at, end) != behind) return;
  const hasDuration = Draft.durationUs != NONE;
  if (hasDuration && (Draft.source != SOURCE_MESSAGE || Found.start == 0)) return;
  store<u32>(startFor(first), <u32>Stamped.set);
  store<u32>(startFor(first), <u32>gap, START_GAP);
  if (!partText(behind, end) || !isSafe(behind, end)) return;
  const prefix = prefixOf(at, Stamped.at);
  const hash = hashOf(prefix, Stamped.set, behind, end);
  if (!isSeen(hash)) return;
  const entry = entryFor(hash);
  if (!rememberCaptures(entry)) return;
  const duration = hasDuration ? placeIn(Found.start) : NOWHERE;
  if (hasDuration && duration == NOWHERE) return;
  store<u32>(entry, hash, HASH);
  store<i32>(entry, duration, DURATION);
  store<u32>(entry, <u32>Stamped.set, SET);
  store<u64>(entry, prefix, PREFIX);
  store<i32>(entry, format, FORMAT);
  store<i32>(entry, Draft.level, LEVEL);
  store<u32>(entry, <u32>Draft.noted, CAPTURES);
  keepTemplate(entry + TEMPLATE);
}

/** Tells whether a text with that hash was seen before, and notes that it was. */
function isSeen(hash: u32): bool {
  const place = seen + 4 * <usize>(hash >> SEEN_SHIFT);
  if (load<u32>(place) == hash) return true;
  store<u32>(place, hash);
  return false;
}

/** Writes the places of the texts, over those of another line; false where one has no place. */
function rememberCaptures(entry: usize): bool {
  store<u32>(entry, 0, SET);
  for (let index: usize = 0; index < Draft.noted; index += 1) {
    const place = entry + FIRST_CAPTURE + CAPTURE_BYTES * index;
    const start = placeIn(capturedAt(index));
    const end = placeIn(capturedEnd(index));
    if (start == NOWHERE || end == NOWHERE) return false;
    store<i32>(place, capturedRole(index));
    store<i32>(place, start, 4);
    store<i32>(place, end, 8);
  }
  return true;
}
