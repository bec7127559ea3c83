/** Reads a line of `key=value` tokens to its end. The twin of `parsers/match/read-pairs.ts`. */
import { byteAt, closingQuote, isDigit, isWordByte, skipBlanks, skipDigits, skipToken } from './bytes';
import { NO_MATCH } from './draft';
import {
  beginKeys,
  lengthOf,
  NOWHERE,
  PAIRS_ROOT,
  placeBehind,
  recallKey,
  recordOfKey,
  rememberKey,
} from './key-memo';
import { NO_PREFIX, recordOfName } from './key-path';
import { addEscapedValue, addValue, finishValues, resetValues } from './keyed-values';
import { reserve } from './memory';

const EQUALS: u32 = 61;
const QUOTE: u32 = 34;
const BACKSLASH: u32 = 92;
const DOT: u32 = 46;
const MIN_PAIRS: u32 = 2;
const BLOCK_BYTES: usize = 16;

const FIRST_OF_KEY: u32 = 1;
const REST_OF_KEY: u32 = 2;

/** Which bytes a key may have: word bytes, also with `@`, `.`, `/` and `-` in it. */
const keyBytes: usize = keyTable();

function keyTable(): usize {
  const table = reserve(256);
  for (let byte: u32 = 0; byte < 256; byte += 1) {
    const isFirst = byte == 64 || (isWordByte(byte) && !isDigit(byte));
    const isRest = byte == 64 || byte == 46 || byte == 47 || byte == 45 || isWordByte(byte);
    store<u8>(table + byte, <u8>((isFirst ? FIRST_OF_KEY : 0) | (isRest ? REST_OF_KEY : 0)));
  }
  return table;
}

/** Matches a line of pairs; fails where no key tells of a time, a level, a message or a request. */
export function readPairs(at: usize, end: usize): usize {
  resetValues();
  beginKeys();
  let place = PAIRS_ROOT;
  let pairs: u32 = 0;
  let next = at;
  while (next < end) {
    let key = recallKey(place, next, end);
    let record: usize = 0;
    let valueAt: usize = 0;
    if (key != 0) {
      record = recordOfKey(key);
      valueAt = next + lengthOf(key);
    } else {
      const keyAt = skipBlanks(next, end);
      if (keyAt == end) break;
      const keyEnd = skipKey(keyAt, end);
      if (keyEnd == keyAt || (keyAt == next) != (next == at)) return NO_MATCH;
      if (byteAt(keyEnd, end) != EQUALS) {
        if (next == at) return NO_MATCH;
        next = keyEnd;
        continue;
      }
      record = recordOfName(keyAt, keyEnd);
      valueAt = keyEnd + 1;
      key = rememberKey(place, next, keyAt, valueAt, record, NO_PREFIX);
    }
    next = readValue(record, valueAt, end);
    if (next == NO_MATCH) return NO_MATCH;
    pairs += 1;
    if (key != 0) place = placeBehind(key);
    else if (place == PAIRS_ROOT) place = NOWHERE; // a first key has no blank before it
  }
  return pairs >= MIN_PAIRS && finishValues() ? end : NO_MATCH;
}

function skipKey(at: usize, end: usize): usize {
  if (at >= end || (load<u8>(keyBytes + <usize>load<u8>(at)) & FIRST_OF_KEY) == 0) return at;
  let next = at + 1;
  while (next < end && (load<u8>(keyBytes + <usize>load<u8>(next)) & REST_OF_KEY) != 0) next += 1;
  return next;
}

/** Walks over a value, and hands it on if its key has a record; the address behind it, or NO_MATCH. */
// @ts-ignore: decorator
@inline
function readValue(record: usize, at: usize, end: usize): usize {
  if (byteAt(at, end) != QUOTE) {
    const behind = skipToken(at, end);
    if (record != 0) addValue(record, at, behind, isNumber(at, behind));
    return behind;
  }
  const mark = quoteOrBackslash(at + 1, end);
  const close = mark == 0 || load<u8>(mark) == <u8>QUOTE ? mark : closingQuote(mark, end);
  if (close == 0) return NO_MATCH;
  if (record != 0) {
    if (mark == close) addValue(record, at + 1, close, false);
    else addEscapedValue(record, at + 1, close);
  }
  return close + 1;
}

/** Address of the first quote or backslash; 0 where there is none. */
// @ts-ignore: decorator
@inline
function quoteOrBackslash(at: usize, end: usize): usize {
  for (let next = at; next < end; next += 2 * BLOCK_BYTES) {
    const mask = marksIn(v128.load(next)) | (marksIn(v128.load(next, BLOCK_BYTES)) << <i32>BLOCK_BYTES);
    if (mask == 0) continue;
    const found = next + <usize>ctz(mask);
    return found < end ? found : 0;
  }
  return 0;
}

/** A bit for each byte that is a quote or a backslash. */
// @ts-ignore: decorator
@inline
function marksIn(block: v128): i32 {
  return i8x16.bitmask(v128.or(i8x16.eq(block, i8x16.splat(<i8>QUOTE)), i8x16.eq(block, i8x16.splat(<i8>BACKSLASH))));
}

/** Digits, also with decimals. */
function isNumber(at: usize, end: usize): bool {
  const whole = skipDigits(at, end);
  if (whole == at || whole == end) return whole > at;
  return load<u8>(whole) == <u8>DOT && whole + 1 < end && skipDigits(whole + 1, end) == end;
}
