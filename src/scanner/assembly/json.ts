/**
 * Reads one JSON object and hands the scalars of known keys on; all else is only walked over. The twin of
 * `parsers/match/read-json.ts`.
 */
import { byteAt, isBlank, isDigit, skipBlanks, skipDigits } from './bytes';
import { NO_MATCH } from './draft';
import { endOfString, JsonString } from './json-string';
import {
  beginKeys,
  JSON_ROOT,
  lengthOf,
  nameOf,
  NOWHERE,
  placeBehind,
  placeInside,
  prefixOfKey,
  recallKey,
  recordOfKey,
  rememberKey,
} from './key-memo';
import { joinKnown, NO_PREFIX, prefixBelow, recordOf } from './key-path';
import { addEscapedValue, addValue, finishValues, resetValues } from './keyed-values';

/** Levels of nesting that are read; a deeper line is invalid to us. It bounds the stack on hostile input. */
const MAX_DEPTH: i32 = 64;
const QUOTE: u32 = 34;
const MINUS: u32 = 45;
const ZERO: u32 = 48;
const OPEN_OBJECT: u32 = 123;
const CLOSE_OBJECT: u32 = 125;
const OPEN_ARRAY: u32 = 91;
const CLOSE_ARRAY: u32 = 93;
const COMMA: u32 = 44;
const COLON: u32 = 58;
/** Words as they lie in memory, the first letter of `false` aside. */
const TRUE: u32 = 0x65757274;
const ALSE: u32 = 0x65736c61;
const NULL: u32 = 0x6c6c756e;

/** Matches a JSON object that ends the line; fails also where no key of it is known. */
export function readJson(at: usize, end: usize): usize {
  if (byteAt(at, end) != OPEN_OBJECT) return NO_MATCH;
  resetValues();
  beginKeys();
  const behind = walkObject(at + 1, end, 0, 1, JSON_ROOT);
  if (behind == NO_MATCH || skipBlanks(behind, end) != end) return NO_MATCH;
  return finishValues() ? end : NO_MATCH;
}

/** Tells whether `[at, end)` is one JSON object, whatever its keys. */
export function isJsonObject(at: usize, end: usize): bool {
  if (byteAt(at, end) != OPEN_OBJECT) return false;
  const behind = walkObject(at + 1, end, NO_PREFIX, 1, NOWHERE);
  return behind != NO_MATCH && skipBlanks(behind, end) == end;
}

/** The address of the first byte that is no blank; most often that is the one at hand. */
// @ts-ignore: decorator
@inline
function pastBlanks(at: usize, end: usize): usize {
  return isBlank(byteAt(at, end)) ? skipBlanks(at + 1, end) : at;
}

/** The key that was walked over last. */
class Key {
  /** Address of its value. */
  static valueAt: usize = 0;
  static record: usize = 0;
  /** Length of the path of an object that is its value. */
  static prefix: usize = 0;
  /** The key as it is remembered from now on; 0 where it is not. */
  static known: usize = 0;
}

/**
 * `at` is behind the opening brace; returns the address behind the closing one. `prefix` is the length of the names of
 * the objects around, see `key-path.ts`; `first` is the place of its first key, see `key-memo.ts`.
 */
function walkObject(at: usize, end: usize, prefix: usize, depth: i32, first: usize): usize {
  let place = first;
  let next = at;
  while (true) {
    let key = recallKey(place, next, end);
    let record: usize = 0;
    let valueAt: usize = 0;
    const isKnown = key != 0;
    if (isKnown) {
      record = recordOfKey(key);
      valueAt = pastBlanks(next + lengthOf(key), end);
    } else {
      let keyAt = pastBlanks(next, end);
      if (byteAt(keyAt, end) == CLOSE_OBJECT) return keyAt + 1;
      if (next != at) {
        if (byteAt(keyAt, end) != COMMA) return NO_MATCH;
        keyAt = pastBlanks(keyAt + 1, end);
      }
      if (!readKey(keyAt, end, prefix, place, next)) return NO_MATCH;
      key = Key.known;
      record = Key.record;
      valueAt = Key.valueAt;
    }
    if (byteAt(valueAt, end) == OPEN_OBJECT) {
      if (depth >= MAX_DEPTH) return NO_MATCH;
      const below = isKnown ? enterKnown(key, prefix) : Key.prefix;
      next = walkObject(valueAt + 1, end, below, depth + 1, key == 0 ? NOWHERE : placeInside(key));
    } else {
      next = readMember(record, valueAt, end, depth);
    }
    if (next == NO_MATCH) return NO_MATCH;
    if (key != 0) place = placeBehind(key);
    else if (place == first) place = NOWHERE; // a first key has no comma before it
  }
}

/** Walks over the key at `keyAt`, up to its value, and remembers it at `place` with what stands before it from `at` on. */
function readKey(keyAt: usize, end: usize, prefix: usize, place: usize, at: usize): bool {
  if (byteAt(keyAt, end) != QUOTE) return false;
  const keyEnd = endOfString(keyAt + 1, end);
  if (keyEnd == 0) return false;
  const isEscaped = JsonString.isEscaped;
  const colon = pastBlanks(keyEnd + 1, end);
  if (byteAt(colon, end) != COLON) return false;
  Key.valueAt = pastBlanks(colon + 1, end);
  Key.record = prefix == NO_PREFIX ? 0 : recordOf(keyAt + 1, keyEnd, isEscaped, prefix);
  Key.prefix = prefixBelow(keyAt + 1, keyEnd, isEscaped, prefix);
  Key.known = isEscaped ? 0 : rememberKey(place, at, keyAt + 1, Key.valueAt, Key.record, Key.prefix);
  return true;
}

/** Writes the name of a remembered key into the path, where keys below it may mean something. */
function enterKnown(key: usize, prefix: usize): usize {
  const below = prefixOfKey(key);
  if (below != NO_PREFIX) joinKnown(nameOf(key), prefix, below);
  return below;
}

/** Walks over the value of a key that is no object, and hands it on if the key has a record. */
// @ts-ignore: decorator
@inline
function readMember(record: usize, at: usize, end: usize, depth: i32): usize {
  const byte = byteAt(at, end);
  if (byte == QUOTE) {
    const close = endOfString(at + 1, end);
    if (close == 0) return NO_MATCH;
    if (record == 0) return close + 1;
    if (JsonString.isEscaped) addEscapedValue(record, at + 1, close);
    else addValue(record, at + 1, close, false);
    return close + 1;
  }
  if (byte != MINUS && !isDigit(byte)) return walkValue(at, end, depth);
  const behind = endOfNumber(at, end);
  if (behind != NO_MATCH && record != 0) addValue(record, at, behind, true);
  return behind;
}

/** Walks over a value; what is in it has no known key. */
function walkValue(at: usize, end: usize, depth: i32): usize {
  const byte = byteAt(at, end);
  if (byte == QUOTE) {
    const close = endOfString(at + 1, end);
    return close == 0 ? NO_MATCH : close + 1;
  }
  if (byte == MINUS || isDigit(byte)) return endOfNumber(at, end);
  if (byte == OPEN_OBJECT) return depth >= MAX_DEPTH ? NO_MATCH : walkObject(at + 1, end, NO_PREFIX, depth + 1, NOWHERE);
  if (byte == OPEN_ARRAY) return depth >= MAX_DEPTH ? NO_MATCH : walkArray(at + 1, end, depth + 1);
  return endOfWord(at, end);
}

/** Elements of arrays are walked over: none of them has a key. */
function walkArray(at: usize, end: usize, depth: i32): usize {
  let next = pastBlanks(at, end);
  if (byteAt(next, end) == CLOSE_ARRAY) return next + 1;
  while (true) {
    const behind = walkValue(next, end, depth);
    if (behind == NO_MATCH) return NO_MATCH;
    next = pastBlanks(behind, end);
    const mark = byteAt(next, end);
    if (mark == CLOSE_ARRAY) return next + 1;
    if (mark != COMMA) return NO_MATCH;
    next = pastBlanks(next + 1, end);
  }
}

function endOfNumber(at: usize, end: usize): usize {
  const start = load<u8>(at) == <u8>MINUS ? at + 1 : at;
  let stop = skipDigits(start, end);
  if (stop == start || (load<u8>(start) == <u8>ZERO && stop > start + 1)) return NO_MATCH;
  if (byteAt(stop, end) == 46) {
    const decimals = skipDigits(stop + 1, end);
    if (decimals == stop + 1) return NO_MATCH;
    stop = decimals;
  }
  if ((byteAt(stop, end) | 32) != 101) return stop;
  const sign = byteAt(stop + 1, end);
  const exponent = sign == 43 || sign == 45 ? stop + 2 : stop + 1;
  const exponentEnd = skipDigits(exponent, end);
  return exponentEnd == exponent ? NO_MATCH : exponentEnd;
}

/** `true`, `false` or `null`; whoever asked looks at what follows. */
function endOfWord(at: usize, end: usize): usize {
  if (at + 4 > end) return NO_MATCH;
  const word = load<u32>(at);
  if (word == TRUE || word == NULL) return at + 4;
  return load<u8>(at) == 102 && load<u32>(at + 1) == ALSE && at + 5 <= end ? at + 5 : NO_MATCH;
}
