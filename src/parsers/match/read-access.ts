/** Pieces of access logs: request lines, statuses, sizes, and the tokens behind them. */
import type { ByteString } from '../../domain/byte-string.js';
import { microsecondsOf, microsecondsOfText } from '../duration-value.js';
import { closingQuote, isBlank, isDigit, isUpper, skipBlanks, skipDigits, skipLetters, skipToken } from '../bytes.js';
import type { EntryDraft } from './entry-draft.js';
import { NO_MATCH } from './matcher.js';

const DASH = 45;
const QUOTE = 34;
const ZERO = 48;
const MAX_METHOD_BYTES = 20;
const VERSION = 'HTTP/';

/**
 * `"GET /path HTTP/1.1"`; what is no request line between the quotes is accepted and not taken apart. A quote that is not
 * followed by a status belongs to the target: not every server escapes it.
 */
export function readQuotedRequest(line: ByteString, at: number, draft: EntryDraft): number {
  if (line.charCodeAt(at) !== QUOTE) return NO_MATCH;
  let end = closingQuote(line, at + 1);
  while (end >= 0 && !isBeforeStatus(line, end + 1)) end = closingQuote(line, end + 1);
  if (end < 0) return NO_MATCH;
  captureRequest(line, at + 1, end, draft);
  return end + 1;
}

function isBeforeStatus(line: ByteString, at: number): boolean {
  const byte = line.charCodeAt(at + 1);
  return isBlank(line.charCodeAt(at)) && (isDigit(byte) || byte === DASH);
}

/** `GET /path HTTP/1.1` up to the blank behind the version. */
export function readRequest(line: ByteString, at: number, draft: EntryDraft): number {
  const methodEnd = skipMethod(line, at);
  if (methodEnd === at || !isBlank(line.charCodeAt(methodEnd))) return NO_MATCH;
  const versionAt = line.indexOf(' HTTP/', methodEnd);
  if (versionAt < 0) return NO_MATCH;
  const end = skipToken(line, versionAt + 1);
  captureRequest(line, at, end, draft);
  return end;
}

/** Methods are upper-case letters, also with `-` and `_`. Source: RFC 9110, section 9.1 (by convention). */
function skipMethod(line: ByteString, at: number): number {
  let end = at;
  while (end - at < MAX_METHOD_BYTES) {
    const byte = line.charCodeAt(end);
    if (!isUpper(byte) && !(end > at && (byte === DASH || byte === 95))) break;
    end += 1;
  }
  return end;
}

/** Notes method, target and version of a request line `[at, end)`; nothing where it is none. */
export function captureRequest(line: ByteString, at: number, end: number, draft: EntryDraft): void {
  const methodEnd = skipMethod(line, at);
  if (methodEnd === at || line.charCodeAt(methodEnd) !== 32) return;
  const lastBlank = line.lastIndexOf(' ', end - 1);
  const hasVersion = lastBlank > methodEnd && line.startsWith(VERSION, lastBlank + 1);
  const targetEnd = hasVersion ? lastBlank : end;
  if (targetEnd <= methodEnd + 1) return;
  draft.capture('method', line.slice(at, methodEnd));
  captureTarget(line.slice(methodEnd + 1, targetEnd), draft);
  if (hasVersion) draft.capture('httpVersion', line.slice(lastBlank + 1 + VERSION.length, end));
}

/** Notes a target as it is written, and its path: without scheme and authority, query and fragment. */
export function captureTarget(target: ByteString, draft: EntryDraft): void {
  draft.capture('url', target);
  draft.capture('path', pathOf(target));
}

/** `/a/b` of `/a/b?x=1#y` and of `https://host:443/a/b?x=1`; a target of another form is its own path. */
export function pathOf(target: ByteString): ByteString {
  const start = target.charCodeAt(0) === 47 ? 0 : pathStart(target);
  const query = target.indexOf('?', start);
  const fragment = target.indexOf('#', start);
  const end = Math.min(query < 0 ? target.length : query, fragment < 0 ? target.length : fragment);
  return end === start ? '/' : target.slice(start, end);
}

function pathStart(target: ByteString): number {
  const scheme = target.indexOf('://');
  if (scheme < 1 || scheme > 10) return 0;
  const start = target.indexOf('/', scheme + 3);
  return start < 0 ? target.length : start;
}

export function readStatus(line: ByteString, at: number, draft: EntryDraft): number {
  if (line.charCodeAt(at) === DASH) return isBoundary(line, at + 1) ? at + 1 : NO_MATCH;
  if (skipDigits(line, at) !== at + 3 || !isBoundary(line, at + 3)) return NO_MATCH;
  if (line.charCodeAt(at) !== ZERO) draft.status = Number(line.slice(at, at + 3)); // nginx: 000 without an answer
  return at + 3;
}

const MAX_BYTE_DIGITS = 15;

export function readBytes(line: ByteString, at: number, draft: EntryDraft): number {
  if (line.charCodeAt(at) === DASH) return isBoundary(line, at + 1) ? at + 1 : NO_MATCH;
  const end = skipDigits(line, at);
  if (end === at || end - at > MAX_BYTE_DIGITS || !isBoundary(line, end)) return NO_MATCH;
  draft.bytes = Number(line.slice(at, end));
  return end;
}

/** The end of the line or a blank. */
function isBoundary(line: ByteString, at: number): boolean {
  return at >= line.length || isBlank(line.charCodeAt(at));
}

/** Names of request times in seconds that are written `name=0.123` at the end of access lines. */
export const TIME_KEYS = ['rt=', 'request_time=', 'urt=', 'upstream_response_time=', 'time='] as const;
const MAX_DECIMALS = 6;
const MAX_UNIT_BYTES = 12;

/** What a duration at the end of an access line is called, where it has no name of its own. */
export const TRAILING_SOURCE = 'request time';

/**
 * Walks over the tokens behind an access line. The response time is the first of: `rt=0.123` and the like (seconds), a
 * number with its unit (`105ms`, `12.345 ms`), a bare number with a dot and at most six decimals (seconds: nginx
 * `$request_time` has three, Rack four, gunicorn six).
 * A bare integer is none: it may be microseconds (Apache `%D`), milliseconds (Tomcat) or a request counter (Traefik);
 * nor is a quoted number, which may be a compression ratio.
 */
export function readExtras(line: ByteString, at: number, draft: EntryDraft): number {
  let next = skipBlanks(line, at);
  if (next === at && at < line.length) return NO_MATCH;
  while (next < line.length) {
    const isQuoted = line.charCodeAt(next) === QUOTE;
    const end = isQuoted ? endOfQuoted(line, next) : skipToken(line, next);
    if (!isQuoted && draft.durationUs === null) readTime(line, next, end, draft);
    next = skipBlanks(line, end);
  }
  return line.length;
}

function endOfQuoted(line: ByteString, at: number): number {
  const end = closingQuote(line, at + 1);
  return end < 0 ? line.length : end + 1;
}

function readTime(line: ByteString, at: number, end: number, draft: EntryDraft): void {
  const key = TIME_KEYS.find((name) => line.startsWith(name, at));
  const start = key === undefined ? at : skipMarks(line, at + key.length, end);
  if (!isDigit(line.charCodeAt(start))) return;
  const valueEnd = key === undefined ? end : marksStart(line, start, end);
  const value = line.slice(start, valueEnd);
  const isSeconds = key !== undefined || isSecondsWithDecimals(value);
  const unitEnd = valueEnd === end ? endOfUnitBehind(line, end) : end;
  const durationUs =
    (unitEnd === end ? null : microsecondsOfText(line.slice(start, unitEnd))) ??
    (isSeconds ? microsecondsOf(value, 's') : null) ??
    microsecondsOfText(value);
  if (durationUs !== null) draft.setDuration(durationUs, key === undefined ? TRAILING_SOURCE : key.slice(0, -1));
}

/** Quotes, commas and semicolons, which may stand around the value of a key. */
function isMark(byte: number): boolean {
  return byte === QUOTE || byte === 44 || byte === 59;
}

function skipMarks(line: ByteString, at: number, end: number): number {
  let start = at;
  while (start < end && isMark(line.charCodeAt(start))) start += 1;
  return start;
}

/** Where the marks that end at `end` begin; there is something else before them. */
function marksStart(line: ByteString, at: number, end: number): number {
  let start = end;
  while (start > at && isMark(line.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Behind the unit that follows a digit in a word of its own; else `at`. Source: morgan, `:response-time ms`. */
function endOfUnitBehind(line: ByteString, at: number): number {
  const start = skipBlanks(line, at);
  const end = skipLetters(line, start);
  const mayBeUnit = isDigit(line.charCodeAt(at - 1)) && end - start <= MAX_UNIT_BYTES && isBoundary(line, end);
  return mayBeUnit ? end : at;
}

function isSecondsWithDecimals(value: ByteString): boolean {
  const dot = skipDigits(value, 0);
  const decimals = value.length - dot - 1;
  if (value.charCodeAt(dot) !== 46 || decimals < 1 || decimals > MAX_DECIMALS) return false;
  return skipDigits(value, dot + 1) === value.length;
}
