/** Reads a line of `key=value` tokens to its end. The twin of `parsers/match/read-pairs.ts`. */
import { byteAt, closingQuote, indexOf, isBlank, isDigit, isWordByte, skipBlanks, skipDigits, skipToken } from './bytes';
import { NO_MATCH } from './draft';
import { recordOfName } from './key-path';
import { addEscapedValue, addValue, finishValues, resetValues } from './keyed-values';
import { reserve } from './memory';

const EQUALS: u32 = 61;
const QUOTE: u32 = 34;
const BACKSLASH: u32 = 92;
const DOT: u32 = 46;
const MIN_PAIRS: u32 = 2;

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
  if (byteAt(skipKey(at, end), end) != EQUALS) return NO_MATCH;
  resetValues();
  let pairs: u32 = 0;
  let next = at;
  while (next < end) {
    const keyEnd = skipKey(next, end);
    if (keyEnd == next) return NO_MATCH;
    let behind = keyEnd;
    if (byteAt(keyEnd, end) == EQUALS) {
      behind = readValue(recordOfName(next, keyEnd), keyEnd + 1, end);
      if (behind == NO_MATCH) return NO_MATCH;
      pairs += 1;
    }
    if (behind < end && !isBlank(load<u8>(behind))) return NO_MATCH;
    next = skipBlanks(behind, end);
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
function readValue(record: usize, at: usize, end: usize): usize {
  if (byteAt(at, end) != QUOTE) {
    const behind = skipToken(at, end);
    if (record != 0) addValue(record, at, behind, isNumber(at, behind));
    return behind;
  }
  const close = closingQuote(at + 1, end);
  if (close == 0) return NO_MATCH;
  if (record != 0) {
    if (indexOf(BACKSLASH, at + 1, close) != 0) addEscapedValue(record, at + 1, close);
    else addValue(record, at + 1, close, false);
  }
  return close + 1;
}

/** Digits, also with decimals. */
function isNumber(at: usize, end: usize): bool {
  const whole = skipDigits(at, end);
  if (whole == at || whole == end) return whole > at;
  return load<u8>(whole) == <u8>DOT && whole + 1 < end && skipDigits(whole + 1, end) == end;
}
