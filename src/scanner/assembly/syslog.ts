/** Pieces of syslog lines. The twin of `parsers/match/read-syslog.ts`. */
import { NONE, ROLE_PID, ROLE_PROCESS } from '../layout';
import { byteAt, closingQuote, isAsciiWordByte, isBlank, isDigit, isSpace, skipDigits } from './bytes';
import { capture, Draft, NO_MATCH } from './draft';
import { levelOfSeverity, levelOfWord } from './levels';
import { reserve } from './memory';

const MAX_PRIORITY: u32 = 191;
const MAX_NAME_BYTES: usize = 64;
const MAX_PID_BYTES: usize = 16;
const MAX_MODULE_BYTES: usize = 128;
const MAX_NUMBER_BYTES: usize = 10;

const BLANK: u32 = 32;
const QUOTE: u32 = 34;
const OPEN: u32 = 40;
const CLOSE: u32 = 41;
const DASH: u32 = 45;
const COLON: u32 = 58;
const OPEN_BRACKET: u32 = 91;
const CLOSE_BRACKET: u32 = 93;

const NAME: u32 = 1;
const PID: u32 = 2;
const MODULE: u32 = 4;
const NUMBER: u32 = 8;

/** One byte of classes for each byte: what may stand in which part of a tag. */
const classes: usize = classTable();

function classTable(): usize {
  const table = reserve(256);
  for (let byte: u32 = 0; byte < 256; byte += 1) {
    let bits: u32 = isSpace(byte) ? 0 : NAME; // [^\s:[\]()<>"'=,]
    if (isAsciiWordByte(byte) || byte == 46 || byte == DASH) bits |= PID; // [\w.-]
    if (byte != OPEN && byte != CLOSE && byte != 10) bits |= MODULE; // [^()\n]
    if (isDigit(byte)) bits |= NUMBER;
    store<u8>(table + byte, <u8>bits);
  }
  const noName = ':[]()<>"\'=,';
  for (let index = 0; index < noName.length; index += 1) {
    const place = table + <usize>noName.charCodeAt(index);
    store<u8>(place, <u8>(<u32>load<u8>(place) & ~NAME));
  }
  return table;
}

/** `<13>`: the lowest three bits are the severity. */
export function readPriority(at: usize, end: usize): usize {
  if (byteAt(at, end) != 60) return NO_MATCH;
  let priority: u32 = 0;
  let next = at + 1;
  for (; next < at + 4 && isDigit(byteAt(next, end)); next += 1) priority = priority * 10 + <u32>load<u8>(next) - 48;
  if (next == at + 1 || byteAt(next, end) != 62 || priority > MAX_PRIORITY) return NO_MATCH;
  Draft.level = levelOfSeverity(priority & 7);
  return next + 1;
}

/**
 * A program's name, its process id in brackets, sometimes a module in parentheses, a colon:
 * `/([^\s:[\]()<>"'=,]{1,64})(?:\[([\w.-]{1,16})\])?(?: ?\([^()\n]{1,128}\)(?:\[\d{1,10}\])?)?:(?= |$)/y`.
 *
 * There is one way to read it. Each run of bytes is followed by a byte that cannot be in the run, so it ends where its
 * class does; and each part that may be missing begins with a byte that nothing after it may begin with (`[`, then a
 * blank or `(`, then `[` again, then a colon), so it is there if that byte is.
 */
export function readTag(at: usize, end: usize): usize {
  const nameEnd = behindRun(NAME, MAX_NAME_BYTES, at, end);
  if (nameEnd == NO_MATCH) return NO_MATCH;
  let next = nameEnd;
  let pidEnd: usize = 0;
  if (byteAt(next, end) == OPEN_BRACKET) {
    pidEnd = behindRun(PID, MAX_PID_BYTES, next + 1, end);
    if (pidEnd == NO_MATCH || byteAt(pidEnd, end) != CLOSE_BRACKET) return NO_MATCH;
    next = pidEnd + 1;
  }
  if (byteAt(next, end) != COLON) next = behindModule(next, end);
  if (next == NO_MATCH || byteAt(next, end) != COLON) return NO_MATCH;
  if (next + 1 < end && <u32>load<u8>(next + 1) != BLANK) return NO_MATCH;
  if (levelOfWord(at, nameEnd) != NONE) return NO_MATCH; // `ERROR: text` has no program
  capture(ROLE_PROCESS, at, nameEnd);
  if (pidEnd != 0) capture(ROLE_PID, nameEnd + 1, pidEnd);
  return next + 1;
}

/** ` (module)[number]`, the blank and the number if they are there. */
function behindModule(at: usize, end: usize): usize {
  const open = byteAt(at, end) == BLANK ? at + 1 : at;
  if (byteAt(open, end) != OPEN) return NO_MATCH;
  const close = behindRun(MODULE, MAX_MODULE_BYTES, open + 1, end);
  if (close == NO_MATCH || byteAt(close, end) != CLOSE) return NO_MATCH;
  if (byteAt(close + 1, end) != OPEN_BRACKET) return close + 1;
  const numberEnd = behindRun(NUMBER, MAX_NUMBER_BYTES, close + 2, end);
  return numberEnd != NO_MATCH && byteAt(numberEnd, end) == CLOSE_BRACKET ? numberEnd + 1 : NO_MATCH;
}

/** Address behind the bytes of a class at `at`; NO_MATCH where there are none or more than `most`. */
// @ts-ignore: decorator
@inline
function behindRun(bits: u32, most: usize, at: usize, end: usize): usize {
  const stop = min(end, at + most + 1);
  let next = at;
  while (next < stop && (<u32>load<u8>(classes + load<u8>(next)) & bits) != 0) next += 1;
  return next == at || next - at > most ? NO_MATCH : next;
}

/** `-` or elements in brackets, each an id and parameters with quoted values. */
export function readStructuredData(at: usize, end: usize): usize {
  if (byteAt(at, end) == DASH) return at + 1;
  let next = at;
  while (byteAt(next, end) == OPEN_BRACKET) {
    next = endOfElement(next + 1, end);
    if (next == NO_MATCH) return NO_MATCH;
  }
  return next > at ? next : NO_MATCH;
}

function endOfElement(at: usize, end: usize): usize {
  let next = at;
  while (next < end) {
    const byte: u32 = load<u8>(next);
    if (byte == CLOSE_BRACKET) return next > at && !isBlank(load<u8>(at)) ? next + 1 : NO_MATCH;
    if (byte == QUOTE) {
      next = closingQuote(next + 1, end);
      if (next == 0) return NO_MATCH;
    }
    next += 1;
  }
  return NO_MATCH;
}
