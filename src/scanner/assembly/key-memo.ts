/**
 * Remembers keys by what stood before them: programs write the same keys in the same order, so the key that follows another
 * is nearly always one that followed it before. Its bytes are compared, up to those of its value, and neither walked over nor
 * looked up. It changes no answer: what a key means depends on its bytes and on the object that it is in.
 *
 * A place names the keys that came there: behind an opening brace, or behind the value of another key. All that
 * can be reached from the first place of an object are keys of that object, however they are mixed.
 */
import { reserve } from './memory';

/** Longest text of a key, from the end of the value before it to its own value, as in `,"method":` and ` method=`. */
const MAX_TEXT_BYTES: usize = 32;
const BLOCK_BYTES: usize = 16;
/** Keys that are remembered at one place: as many are compared before a key is looked up. */
const MAX_OTHERS: u32 = 8;
const MAX_KEYS: usize = 1024;
const KEY_BYTES: usize = 64;

/** A key: byte offsets behind its text. */
const LENGTH: usize = 32;
const RECORD: usize = 36;
/** The keys that came behind its value, and those that came first in the object that is its value: two places. */
const NEXT: usize = 40;
const INNER: usize = 44;
/** One more key of the same place. */
const OTHER: usize = 48;
/** Length of the path of an object that is its value. */
const PREFIX: usize = 52;
/** Where in the text its name begins. */
const NAME: usize = 56;

/** What there is at a place at which nothing is remembered. */
export const NOWHERE: usize = 0;

const keys: usize = reserve(MAX_KEYS * KEY_BYTES);
const roots: usize = reserve(8);
/** The first key of a JSON object that is a line, and of a line of pairs. */
export const JSON_ROOT: usize = roots;
export const PAIRS_ROOT: usize = roots + 4;

class Keys {
  static count: usize = 0;
}

/** Begins a line: forgets all keys where there is no room for more. Within a line no place is given to another key. */
export function beginKeys(): void {
  if (Keys.count < MAX_KEYS) return;
  Keys.count = 0;
  store<u32>(JSON_ROOT, 0);
  store<u32>(PAIRS_ROOT, 0);
}

/** The key whose text stands at `at`, of those of a place; 0 where it is none of them. */
// @ts-ignore: decorator
@inline
export function recallKey(place: usize, at: usize, end: usize): usize {
  if (place == NOWHERE) return 0;
  let key: usize = load<u32>(place);
  while (key != 0 && !isKeyAt(key, at, end)) key = load<u32>(key, OTHER);
  return key;
}

// @ts-ignore: decorator
@inline
function isKeyAt(key: usize, at: usize, end: usize): bool {
  const first = i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(key)));
  const second = i8x16.bitmask(i8x16.eq(v128.load(at, BLOCK_BYTES), v128.load(key, BLOCK_BYTES)));
  const length: usize = load<u32>(key, LENGTH);
  return <usize>ctz(~<u64>(<u32>first | (<u32>second << 16))) >= length && at + length <= end;
}

/**
 * Remembers at a place the key that it does not have yet, with the text `[at, valueAt)` and the name at `nameAt`; 0 where
 * there is no room. `prefix` is the length of the path of an object that is its value.
 */
export function rememberKey(
  place: usize,
  at: usize,
  nameAt: usize,
  valueAt: usize,
  record: usize,
  prefix: usize,
): usize {
  if (place == NOWHERE || valueAt - at > MAX_TEXT_BYTES || Keys.count == MAX_KEYS) return 0;
  let link = place;
  for (let others: u32 = 0; load<u32>(link) != 0; others += 1) {
    if (others == MAX_OTHERS - 1) return 0;
    link = <usize>load<u32>(link) + OTHER;
  }
  const key = keys + KEY_BYTES * Keys.count;
  Keys.count += 1;
  memory.fill(key, 0, KEY_BYTES);
  memory.copy(key, at, valueAt - at);
  store<u32>(key, <u32>(valueAt - at), LENGTH);
  store<u32>(key, <u32>record, RECORD);
  store<u32>(key, <u32>prefix, PREFIX);
  store<u32>(key, <u32>(nameAt - at), NAME);
  store<u32>(link, <u32>key);
  return key;
}

// @ts-ignore: decorator
@inline
export function lengthOf(key: usize): usize {
  return load<u32>(key, LENGTH);
}

/** Record of a key; 0 for one that means nothing. */
// @ts-ignore: decorator
@inline
export function recordOfKey(key: usize): usize {
  return load<u32>(key, RECORD);
}

/** The place behind the value of a key. */
// @ts-ignore: decorator
@inline
export function placeBehind(key: usize): usize {
  return key + NEXT;
}

/** The place at the start of the object that is the value of a key. */
// @ts-ignore: decorator
@inline
export function placeInside(key: usize): usize {
  return key + INNER;
}

// @ts-ignore: decorator
@inline
export function prefixOfKey(key: usize): usize {
  return load<u32>(key, PREFIX);
}

/** Address of the name of a key, which stands there as it is written. */
// @ts-ignore: decorator
@inline
export function nameOf(key: usize): usize {
  return key + <usize>load<u32>(key, NAME);
}
