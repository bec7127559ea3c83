/**
 * The tokens behind an access line, of which one may be its response time. The twin of parts of
 * `parsers/match/read-access.ts`.
 */
import { NONE, SOURCE_TIME_KEYS, SOURCE_TRAILING } from '../layout';
import { byteAt, closingQuote, isBlank, isDigit, skipBlanks, skipDigits, skipLetters, skipToken } from './bytes';
import { countDigits, Digits, numberOf, othersIn } from './digits';
import { Draft, NO_MATCH, setDuration } from './draft';
import { microsecondsOf, microsecondsOfText, SECONDS } from './duration-value';

/** In the order of their sources: that of TIME_KEYS. */
const TIME_KEYS: StaticArray<string> = ['rt=', 'request_time=', 'urt=', 'upstream_response_time=', 'time='];
const NO_KEY: i32 = -1;

const QUOTE: u32 = 34;
const COMMA: u32 = 44;
const POINT: u32 = 46;
const SEMICOLON: u32 = 59;
const MAX_DECIMALS: usize = 6;
const MAX_UNIT_BYTES: usize = 12;
/** Bytes of a token that are read at once. */
const SHORT_BYTES: usize = 8;
/** Of one in the last of so many decimals of a second. */
const MICROSECONDS: StaticArray<u64> = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

/** Walks over the tokens behind an access line and notes the first that is a response time. */
export function readExtras(at: usize, end: usize): usize {
  let next = skipBlanks(at, end);
  if (next == at && at < end) return NO_MATCH;
  while (next < end) {
    const isQuoted = load<u8>(next) == QUOTE;
    const tokenEnd = isQuoted ? endOfQuoted(next, end) : skipToken(next, end);
    if (!isQuoted && Draft.durationUs == NONE) readTime(next, tokenEnd, end);
    next = skipBlanks(tokenEnd, end);
  }
  return end;
}

function endOfQuoted(at: usize, end: usize): usize {
  const close = closingQuote(at + 1, end);
  return close == 0 ? end : close + 1;
}

/** Reads the token `[at, end)` of a line that ends at `lineEnd`. */
function readTime(at: usize, end: usize, lineEnd: usize): void {
  if (end == lineEnd && end - at <= SHORT_BYTES && readShortSeconds(at, end - at)) return;
  const key = timeKeyAt(at, end);
  const start = key == NO_KEY ? at : skipMarks(at + lengthOf(key), end);
  if (!isDigit(byteAt(start, end))) return;
  const valueEnd = key == NO_KEY ? end : marksStart(end);
  const unitEnd = valueEnd == end ? endOfUnitBehind(end, lineEnd) : end;
  let durationUs: i64 = unitEnd == end ? NONE : microsecondsOfText(start, unitEnd);
  if (durationUs == NONE && (key != NO_KEY || isSecondsWithDecimals(start, valueEnd))) {
    durationUs = microsecondsOf(start, valueEnd, SECONDS);
  }
  if (durationUs == NONE) durationUs = microsecondsOfText(start, valueEnd);
  if (durationUs != NONE) setDuration(durationUs, key == NO_KEY ? SOURCE_TRAILING : SOURCE_TIME_KEYS + key);
}

/** Reads digits, a point and digits, of which most lines have such a short token at their end; false where it is none. */
function readShortSeconds(at: usize, length: usize): bool {
  const point = countDigits(at);
  if (point == 0 || point + 1 >= length || <u32>load<u8>(at + point) != POINT) return false;
  const decimals = length - point - 1;
  const behind = Digits.values >> (8 * <u64>(point + 1));
  if (othersIn(behind) << (64 - 8 * <u64>decimals) != 0) return false;
  const whole = Digits.values & ((<u64>1 << (8 * <u64>point)) - 1);
  const all = numberOf(whole | (behind << (8 * <u64>point)), length - 1);
  setDuration(<i64>(all * unchecked(MICROSECONDS[<i32>decimals])), SOURCE_TRAILING);
  return true;
}

/** Number of the key that the token `[at, end)` begins with. */
function timeKeyAt(at: usize, end: usize): i32 {
  if (isDigit(load<u8>(at))) return NO_KEY;
  for (let key = 0; key < TIME_KEYS.length; key += 1) if (isKey(key, at, end)) return key;
  return NO_KEY;
}

function isKey(key: i32, at: usize, end: usize): bool {
  const text = unchecked(TIME_KEYS[key]);
  if (at + lengthOf(key) > end) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (<i32>load<u8>(at + index) != text.charCodeAt(index)) return false;
  }
  return true;
}

function lengthOf(key: i32): usize {
  return <usize>unchecked(TIME_KEYS[key]).length;
}

/** Quotes, commas and semicolons, which may stand around the value of a key. */
function isMark(byte: u32): bool {
  return byte == QUOTE || byte == COMMA || byte == SEMICOLON;
}

function skipMarks(at: usize, end: usize): usize {
  let start = at;
  while (start < end && isMark(load<u8>(start))) start += 1;
  return start;
}

/** Where the marks that end at `end` begin; there is something else before them. */
function marksStart(end: usize): usize {
  let start = end;
  while (isMark(load<u8>(start - 1))) start -= 1;
  return start;
}

/** Behind the unit that follows a digit in a word of its own; else `at`. Source: morgan, `:response-time ms`. */
function endOfUnitBehind(at: usize, end: usize): usize {
  if (!isDigit(load<u8>(at - 1))) return at;
  const start = skipBlanks(at, end);
  const unitEnd = skipLetters(start, end);
  const isBoundary = unitEnd == end || isBlank(load<u8>(unitEnd));
  return unitEnd - start <= MAX_UNIT_BYTES && isBoundary ? unitEnd : at;
}

function isSecondsWithDecimals(at: usize, end: usize): bool {
  const dot = skipDigits(at, end);
  if (byteAt(dot, end) != POINT) return false;
  const decimals = end - dot - 1;
  return decimals >= 1 && decimals <= MAX_DECIMALS && skipDigits(dot + 1, end) == end;
}
