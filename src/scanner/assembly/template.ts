/**
 * Remembers whole lines of text with all digits alike: programs write the same few sentences with other numbers in them.
 * Behind a stamp that is read as ever, the bytes of the line, digits as zeros, are looked up; a line that is known so far has
 * its level, its texts and the place of its duration where the one before had them. Only the duration is read anew.
 *
 * It changes no answer: a line is remembered only where none of the layouts that were tried on it looks at the value of a digit
 * (`parsers/program/digit-blind.ts`), and where no rule for levels and durations does (`isSafe`).
 * It replaces candidates, machine, header and search for durations: see "templates" in bench/RESULTS.md.
 */
import { WORDS_UNITS } from '../../parsers/program/sections';
import { NONE, ROLE_MESSAGE, SOURCE_MESSAGE } from '../layout';
import { byteAt, isDigit, isLetter, skipBlanks, skipLetters } from './bytes';
import { capture, capturedAt, capturedEnd, capturedRole, Draft, NO_MATCH, resetDraft, setDuration } from './draft';
import { scanDuration, Scanned } from './duration-value';
import { reserve } from './memory';
import { instantInMinute, readInMinute, Stamped } from './stamp';
import { Found } from './text-duration';
import { find, NO_WORD } from './words';

const ENTRIES: usize = 1024;
/** An entry: byte offsets. A length of 0 stands for none. */
const LENGTH: usize = 0;
const SET: usize = 4;
const FORMAT: usize = 8;
const LEVEL: usize = 12;
/** Offset of the duration behind the stamp; NONE where there is none. */
const DURATION: usize = 16;
const CAPTURES: usize = 20;
/** Of each text role, offset behind the stamp, length. */
const FIRST_CAPTURE: usize = 24;
const CAPTURE_BYTES: usize = 12;
const MAX_CAPTURES: usize = 6;
const TEXT: usize = 96;
const MAX_TEXT_BYTES: usize = 160;
const ENTRY_BYTES: usize = TEXT + MAX_TEXT_BYTES;

const BLOCK_BYTES: usize = 16;
const ZERO: u32 = 48;
/** Digits of a number with a unit from which on it may be too large to be a duration. */
const MAX_DIGITS: usize = 6;

const entries: usize = reserve(ENTRIES * ENTRY_BYTES);
/** Masks of up to sixteen bytes: as many ones as wanted stand before as many zeros. */
const masks: usize = reserve(2 * BLOCK_BYTES);
memory.fill(masks, 0xff, BLOCK_BYTES);

/** What the last remembered lines began with: a set of stamps, by whether the line begins with a digit, another byte or `[`. */
const sets: usize = reserve(4 * 3);
const BRACKET: u32 = 91;

// @ts-ignore: decorator
@inline
function slotFor(first: u32): usize {
  return sets + (isDigit(first) ? 0 : first == BRACKET ? 8 : 4);
}

/** Sixteen bytes with zeros for digits; of the last block only those before `end`. */
// @ts-ignore: decorator
@inline
function blockAt(at: usize, end: usize): v128 {
  const bytes = v128.load(at);
  const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(10));
  const alike = v128.bitselect(i8x16.splat(<i8>ZERO), bytes, digits);
  const left = end - at;
  return left >= BLOCK_BYTES ? alike : v128.and(alike, v128.load(masks + BLOCK_BYTES - left));
}

/** By the first and the last 16 bytes, and the length. */
// @ts-ignore: decorator
@inline
function entryFor(at: usize, end: usize): usize {
  const head = blockAt(at, end);
  const tail = blockAt(max(at, end - BLOCK_BYTES), end);
  let word = v128.extract_lane<u64>(head, 0) ^ rotl(v128.extract_lane<u64>(head, 1), 19);
  word = (word ^ <u64>(end - at)) * 0x9e3779b97f4a7c15;
  word ^= v128.extract_lane<u64>(tail, 0) ^ rotl(v128.extract_lane<u64>(tail, 1), 37);
  return entries + ENTRY_BYTES * <usize>((word * 0xd6e8feb86659fd93) >> 54);
}

function isKnown(entry: usize, at: usize, end: usize): bool {
  let unlike = i8x16.splat(0);
  for (let done: usize = 0; at + done < end; done += BLOCK_BYTES) {
    unlike = v128.or(unlike, v128.xor(blockAt(at + done, end), v128.load(entry + TEXT + done)));
  }
  return !v128.any_true(unlike);
}

/** Reads the line `[at, end)` from memory into the draft; the number of its format, or NONE. */
export function recallLine(at: usize, end: usize): i32 {
  if (at >= end) return NONE;
  const first: u32 = load<u8>(at);
  const set: usize = load<u32>(slotFor(first));
  if (set == 0) return NONE;
  const behind = readInMinute(set, first == BRACKET ? at + 1 : at, end);
  if (behind == NO_MATCH || behind >= end || end - behind > MAX_TEXT_BYTES) return NONE;
  const entry = entryFor(behind, end);
  if (load<u32>(entry, LENGTH) != <u32>(end - behind) || load<u32>(entry, SET) != <u32>set) return NONE;
  if (!isKnown(entry, behind, end)) return NONE;
  resetDraft();
  const duration = load<i32>(entry, DURATION);
  if (duration != NONE) {
    if (!scanDuration(behind + <usize>duration, end)) return NONE;
    setDuration(Scanned.durationUs, SOURCE_MESSAGE);
  }
  Draft.instantMs = instantInMinute(set);
  Draft.level = load<i32>(entry, LEVEL);
  const count: usize = load<u32>(entry, CAPTURES);
  for (let index: usize = 0; index < count; index += 1) {
    const place = entry + FIRST_CAPTURE + CAPTURE_BYTES * index;
    const text = behind + <usize>load<u32>(place + 4);
    capture(load<i32>(place), text, text + <usize>load<u32>(place + 8));
  }
  return load<i32>(entry, FORMAT);
}

/** Remembers the line `[at, end)`, which is in the draft, if that is safe. All layouts that were tried on it are digit-blind. */
export function rememberLine(at: usize, end: usize, format: i32): void {
  const first: u32 = load<u8>(at);
  const behind = Stamped.end;
  if (Stamped.at != (first == BRACKET ? at + 1 : at) || behind >= end || end - behind > MAX_TEXT_BYTES) return;
  if (Draft.noted == 0 || Draft.noted > MAX_CAPTURES || Draft.status != 0 || Draft.bytes != NONE) return;
  if (readInMinute(Stamped.set, Stamped.at, end) != behind) return;
  const hasDuration = Draft.durationUs != NONE;
  if (hasDuration && (Draft.source != SOURCE_MESSAGE || Found.start == 0)) return;
  if (!isSafe(behind, end)) return;
  const entry = entryFor(behind, end);
  store<u32>(slotFor(first), <u32>Stamped.set);
  store<u32>(entry, <u32>(end - behind), LENGTH);
  store<u32>(entry, <u32>Stamped.set, SET);
  store<i32>(entry, format, FORMAT);
  store<i32>(entry, Draft.level, LEVEL);
  store<i32>(entry, hasDuration ? <i32>(Found.start - behind) : NONE, DURATION);
  store<u32>(entry, <u32>Draft.noted, CAPTURES);
  for (let index: usize = 0; index < Draft.noted; index += 1) {
    const place = entry + FIRST_CAPTURE + CAPTURE_BYTES * index;
    store<i32>(place, capturedRole(index));
    store<u32>(place + 4, <u32>(capturedAt(index) - behind));
    store<u32>(place + 8, <u32>(capturedEnd(index) - capturedAt(index)));
  }
  for (let done: usize = 0; behind + done < end; done += BLOCK_BYTES) {
    v128.store(entry + TEXT + done, blockAt(behind + done, end));
  }
}

/**
 * Tells whether no rule looks at the value of a digit of the line behind its stamp. These do: a level with a number (`trace3`),
 * a percentile (`p95`), an exponent (`1e9`), a duration of ISO 8601 or one that is too large, and a stamp behind the stamp.
 */
function isSafe(behind: usize, end: usize): bool {
  if (isDigit(byteAt(skipBlanks(behind, end), end))) return false;
  const messageAt = startOfMessage();
  if (messageAt < behind) return false;
  for (let at = behind; at < end; at += 1) {
    if (!isDigit(load<u8>(at))) continue;
    const before: u32 = load<u8>(at - 1);
    if (isLetter(before) && (at < messageAt || isTelling(before))) return false;
    if ((before == 43 || before == 45) && (<u32>load<u8>(at - 2) | 32) == 101) return false; // e+9
    const number = skipNumber(at, end);
    if (number - at > MAX_DIGITS && isUnit(number, end)) return false;
    at = number - 1;
  }
  return true;
}

/** `p`, `e` and `T`, in whatever case. */
// @ts-ignore: decorator
@inline
function isTelling(letter: u32): bool {
  const lower = letter | 32;
  return lower == 112 || lower == 101 || lower == 116;
}

/** Digits and dots. */
function skipNumber(at: usize, end: usize): usize {
  let next = at;
  while (next < end && (isDigit(load<u8>(next)) || load<u8>(next) == 46)) next += 1;
  return next;
}

/** Tells whether the word of a unit stands at `at`, blanks before it or not. A micro sign begins one, too. */
function isUnit(at: usize, end: usize): bool {
  const start = skipBlanks(at, end);
  if (start < end && load<u8>(start) >= 128) return true;
  return find(WORDS_UNITS, start, skipLetters(start, end)) != NO_WORD;
}

/** Where the message begins; 0 where there is none. */
function startOfMessage(): usize {
  for (let index = Draft.noted; index > 0; index -= 1) {
    if (capturedRole(index - 1) == ROLE_MESSAGE) return capturedAt(index - 1);
  }
  return 0;
}
