/** Pieces of access logs: request lines, statuses, sizes. The twin of `parsers/match/read-access.ts`. */
import { byteAt, closingQuote, isBlank, isDigit, skipDigits, skipToken } from './bytes';
import { countDigits, Digits, numberOf } from './digits';
import { Draft, NO_MATCH } from './draft';
import { captureRequest, skipMethod } from './request';

const DASH: u32 = 45;
const QUOTE: u32 = 34;
const ZERO: u32 = 48;
const SPACE: u32 = 32;
const MAX_BYTE_DIGITS: usize = 15;
/** ` HTTP/` as it lies in memory: six bytes. */
const VERSION: u64 = 0x2f5054544820;
const VERSION_MASK: u64 = 0xffffffffffff;

/** `"GET /path HTTP/1.1"`. A quote that is not followed by a status belongs to the target. */
export function readQuotedRequest(at: usize, end: usize): usize {
  if (byteAt(at, end) != QUOTE) return NO_MATCH;
  let close = closingQuote(at + 1, end);
  while (close != 0 && !isBeforeStatus(close + 1, end)) close = closingQuote(close + 1, end);
  if (close == 0) return NO_MATCH;
  captureRequest(at + 1, close);
  return close + 1;
}

// @ts-ignore: decorator
@inline
function isBeforeStatus(at: usize, end: usize): bool {
  const byte = byteAt(at + 1, end);
  return isBlank(byteAt(at, end)) && (isDigit(byte) || byte == DASH);
}

/** `GET /path HTTP/1.1` up to the blank behind the version. */
export function readRequest(at: usize, end: usize): usize {
  const methodEnd = skipMethod(at, end);
  if (methodEnd == at || !isBlank(byteAt(methodEnd, end))) return NO_MATCH;
  const versionAt = findVersion(methodEnd, end);
  if (versionAt == 0) return NO_MATCH;
  const behind = skipToken(versionAt + 1, end);
  captureRequest(at, behind);
  return behind;
}

/** Address of the first ` HTTP/`; 0 where there is none. */
function findVersion(at: usize, end: usize): usize {
  const blanks = i8x16.splat(<i8>SPACE);
  const letters = i8x16.splat(72);
  for (let next = at; next + 6 <= end; next += 16) {
    let mask = i8x16.bitmask(v128.and(i8x16.eq(v128.load(next), blanks), i8x16.eq(v128.load(next + 1), letters)));
    for (; mask != 0; mask &= mask - 1) {
      const found = next + <usize>ctz(mask);
      if (found + 6 <= end && (load<u64>(found) & VERSION_MASK) == VERSION) return found;
    }
  }
  return 0;
}

/** Three digits or a dash, then a blank or the end. */
export function readStatus(at: usize, end: usize): usize {
  if (byteAt(at, end) == DASH) return isBoundary(at + 1, end) ? at + 1 : NO_MATCH;
  if (skipDigits(at, end) != at + 3 || !isBoundary(at + 3, end)) return NO_MATCH;
  const hundreds: u32 = load<u8>(at);
  if (hundreds != ZERO) {
    const tens: u32 = load<u8>(at + 1);
    const ones: u32 = load<u8>(at + 2);
    Draft.status = <i32>(hundreds * 100 + tens * 10 + ones - 111 * ZERO);
  }
  return at + 3;
}

/** Digits or a dash, then a blank or the end. */
export function readBytes(at: usize, end: usize): usize {
  const count = countDigits(at);
  if (count - 1 < 8 && at + count <= end && isBoundary(at + count, end)) {
    Draft.bytes = <i64>numberOf(Digits.values, count);
    return at + count;
  }
  return readOtherBytes(at, end);
}

/** A dash, or any number of digits. */
function readOtherBytes(at: usize, end: usize): usize {
  if (byteAt(at, end) == DASH) return isBoundary(at + 1, end) ? at + 1 : NO_MATCH;
  let value: i64 = 0;
  let next = at;
  for (; next < end; next += 1) {
    const byte: u32 = load<u8>(next);
    if (!isDigit(byte)) break;
    value = value * 10 + <i64>(byte - ZERO);
  }
  if (next == at || next - at > MAX_BYTE_DIGITS || !isBoundary(next, end)) return NO_MATCH;
  Draft.bytes = value;
  return next;
}

/** A quoted request, a blank and a status, and if they follow, a blank and a size. */
export function readResult(at: usize, end: usize): usize {
  const requestEnd = readQuotedRequest(at, end);
  if (requestEnd == NO_MATCH || byteAt(requestEnd, end) != SPACE) return NO_MATCH;
  const statusEnd = readStatus(requestEnd + 1, end);
  if (statusEnd == NO_MATCH || byteAt(statusEnd, end) != SPACE) return statusEnd;
  const bytesEnd = readBytes(statusEnd + 1, end);
  return bytesEnd == NO_MATCH ? statusEnd : bytesEnd;
}

/** The end of the line or a blank. */
// @ts-ignore: decorator
@inline
function isBoundary(at: usize, end: usize): bool {
  return at >= end || isBlank(load<u8>(at));
}
