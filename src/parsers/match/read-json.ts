/**
 * Reads one JSON object and hands the scalars of known keys on. The text must be valid JSON, to the last byte, but keys
 * and values that nobody asks for are only walked over. Source: RFC 8259.
 */
import type { ByteString } from '../../domain/byte-string.js';
import { isBlank, isDigit, skipBlanks, skipDigits } from '../bytes.js';
import { unescapeJson } from './json-text.js';
import { KeyedValues } from './keyed-values.js';
import { type Matcher, NO_MATCH } from './matcher.js';
import type { StampSink } from './stamp-sink.js';

/** Levels of nesting that are read; a deeper line is invalid to us. It bounds the stack on hostile input. */
const MAX_DEPTH = 64;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const COMMA = 44;
const COLON = 58;

/** Where the walk is, and where values go. */
interface Walk {
  readonly line: ByteString;
  readonly values: KeyedValues;
}

/** Matches a JSON object that ends the line; fails also where no key of it is known. */
export function jsonMatcher(sink: StampSink): Matcher {
  return (line, at, draft) => {
    if (line.charCodeAt(at) !== OPEN_OBJECT) return NO_MATCH;
    const values = new KeyedValues(sink);
    const end = walkObject({ line, values }, at + 1, { prefix: '', depth: 1 });
    if (end < 0 || skipBlanks(line, end) !== line.length) return NO_MATCH;
    return values.finish(draft) ? line.length : NO_MATCH;
  };
}

/** Tells whether a line is one JSON object, whatever its keys. */
export function isJsonObject(line: ByteString, at: number, sink: StampSink): boolean {
  if (line.charCodeAt(at) !== OPEN_OBJECT) return false;
  const end = walkObject({ line, values: new KeyedValues(sink) }, at + 1, { prefix: '', depth: 1 });
  return end >= 0 && skipBlanks(line, end) === line.length;
}

/**
 * Place in the tree of values: names of the objects around, without escapes and each with a dot; null where no key of
 * interest is below.
 */
interface Place {
  readonly prefix: string | null;
  readonly depth: number;
}

/** `at` is behind the opening brace; returns the position behind the closing one. */
function walkObject(walk: Walk, at: number, place: Place): number {
  const { line } = walk;
  let next = skipBlanks(line, at);
  if (line.charCodeAt(next) === CLOSE_OBJECT) return next + 1;
  for (;;) {
    if (line.charCodeAt(next) !== QUOTE) return NO_MATCH;
    const keyEnd = endOfString(line, next + 1);
    if (keyEnd < 0) return NO_MATCH;
    const key = place.prefix === null ? null : place.prefix + unescapeJson(line.slice(next + 1, keyEnd));
    const colon = skipBlanks(line, keyEnd + 1);
    if (line.charCodeAt(colon) !== COLON) return NO_MATCH;
    const end = walkValue(walk, skipBlanks(line, colon + 1), { key, depth: place.depth });
    if (end < 0) return NO_MATCH;
    next = skipBlanks(line, end);
    if (line.charCodeAt(next) === CLOSE_OBJECT) return next + 1;
    if (line.charCodeAt(next) !== COMMA) return NO_MATCH;
    next = skipBlanks(line, next + 1);
  }
}

interface ValuePlace {
  readonly key: string | null;
  readonly depth: number;
}

const MAX_PREFIX_BYTES = 64;

function walkValue(walk: Walk, at: number, { key, depth }: ValuePlace): number {
  const { line, values } = walk;
  const byte = line.charCodeAt(at);
  if (byte === QUOTE) {
    const end = endOfString(line, at + 1);
    if (end < 0) return NO_MATCH;
    if (key !== null) values.add(key, { text: unescapeJson(line.slice(at + 1, end)), isNumber: false });
    return end + 1;
  }
  if (byte === OPEN_OBJECT) {
    if (depth >= MAX_DEPTH) return NO_MATCH;
    const prefix = key === null || key.length > MAX_PREFIX_BYTES ? null : `${key}.`;
    return walkObject(walk, at + 1, { prefix, depth: depth + 1 });
  }
  if (byte === OPEN_ARRAY) return depth >= MAX_DEPTH ? NO_MATCH : walkArray(walk, at + 1, depth + 1);
  if (byte === 45 || isDigit(byte)) {
    const end = endOfNumber(line, at);
    if (end >= 0 && key !== null) values.add(key, { text: line.slice(at, end), isNumber: true });
    return end;
  }
  return endOfWord(line, at);
}

/** Elements of arrays are walked over: none of them has a key. */
function walkArray(walk: Walk, at: number, depth: number): number {
  const { line } = walk;
  let next = skipBlanks(line, at);
  if (line.charCodeAt(next) === CLOSE_ARRAY) return next + 1;
  for (;;) {
    const end = walkValue(walk, next, { key: null, depth });
    if (end < 0) return NO_MATCH;
    next = skipBlanks(line, end);
    if (line.charCodeAt(next) === CLOSE_ARRAY) return next + 1;
    if (line.charCodeAt(next) !== COMMA) return NO_MATCH;
    next = skipBlanks(line, next + 1);
  }
}

/** `at` is behind the opening quote; position of the closing one, -1 for control characters and wrong escapes. */
function endOfString(line: ByteString, at: number): number {
  for (let end = at; end < line.length; end += 1) {
    const byte = line.charCodeAt(end);
    if (byte === QUOTE) return end;
    if (byte < 32) return NO_MATCH;
    if (byte !== BACKSLASH) continue;
    const length = escapeLength(line, end + 1);
    if (length < 0) return NO_MATCH;
    end += length;
  }
  return NO_MATCH;
}

/** Length of an escape behind its backslash. */
function escapeLength(line: ByteString, at: number): number {
  const mark = line.charAt(at);
  if (mark === 'u') return /^[0-9a-fA-F]{4}$/.test(line.slice(at + 1, at + 5)) ? 5 : NO_MATCH;
  return mark !== '' && '"\\/bfnrt'.includes(mark) ? 1 : NO_MATCH;
}

function endOfNumber(line: ByteString, at: number): number {
  const start = line.charCodeAt(at) === 45 ? at + 1 : at;
  let end = skipDigits(line, start);
  if (end === start || (line.charCodeAt(start) === 48 && end > start + 1)) return NO_MATCH;
  if (line.charCodeAt(end) === 46) {
    const decimals = skipDigits(line, end + 1);
    if (decimals === end + 1) return NO_MATCH;
    end = decimals;
  }
  if ((line.charCodeAt(end) | 32) !== 101) return end;
  const sign = line.charCodeAt(end + 1);
  const exponent = sign === 43 || sign === 45 ? end + 2 : end + 1;
  const exponentEnd = skipDigits(line, exponent);
  return exponentEnd === exponent ? NO_MATCH : exponentEnd;
}

const WORDS = ['true', 'false', 'null'] as const;

function endOfWord(line: ByteString, at: number): number {
  const word = WORDS.find((name) => line.startsWith(name, at));
  if (word === undefined) return NO_MATCH;
  const end = at + word.length;
  const byte = line.charCodeAt(end);
  return isBlank(byte) || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY ? end : NO_MATCH;
}
