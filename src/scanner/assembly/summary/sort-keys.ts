/** Sorts the keys of a table by their bytes, eight bytes at a time. */
import { reserve } from '../memory';
import { keyAt, keyCell, keyCount, keyLength, MAX_KEYS } from './key-table';
import { MAX_KEY_BYTES } from './look-up-hash';
import { PAIR_BYTES, sortPairs } from './sort';

/** Keys with the same eight bytes up to which the rest is compared one by one. */
const FEW: usize = 16;
const WORD_BYTES: usize = 8;

/** Pairs of eight bytes of a key and its cell; a table is sorted only when it has at most MAX_KEYS keys. */
const pairs: usize = reserve(PAIR_BYTES * MAX_KEYS);
const spare: usize = reserve(PAIR_BYTES * MAX_KEYS);

/** Sorts the keys of a table; then `sortedCell` tells them in their order. */
export function sortKeys(keys: usize): void {
  const count = keyCount(keys);
  for (let number: usize = 0; number < count; number += 1) {
    store<u64>(pairs + PAIR_BYTES * number, <u64>keyCell(keys, number), WORD_BYTES);
  }
  sortFrom(0, pairs, count);
}

/** The cell of the key that stands at that place in the order. */
// @ts-ignore: decorator
@inline
export function sortedCell(place: usize): usize {
  return <usize>load<u64>(pairs + PAIR_BYTES * place, WORD_BYTES);
}

/** Compares the keys of two cells byte by byte, as unsigned; tells whether the first stands first. */
export function isBefore(a: usize, b: usize): bool {
  return isBeforeFrom(0, a, b);
}

/** Sorts the pairs of keys that are the same up to `depth`. */
function sortFrom(depth: usize, at: usize, count: usize): void {
  if (count <= FEW || depth > MAX_KEY_BYTES) {
    insertKeys(depth, at, count);
    return;
  }
  const end = at + PAIR_BYTES * count;
  for (let pair = at; pair < end; pair += PAIR_BYTES) {
    store<u64>(pair, wordOf(<usize>load<u64>(pair, WORD_BYTES), depth));
  }
  sortPairs(at, count, spare);
  let first = at;
  for (let pair = at + PAIR_BYTES; pair <= end; pair += PAIR_BYTES) {
    if (pair < end && load<u64>(pair) == load<u64>(first)) continue;
    const equal = (pair - first) / PAIR_BYTES;
    if (equal > 1) sortFrom(depth + WORD_BYTES, first, equal);
    first = pair;
  }
}

function insertKeys(depth: usize, at: usize, count: usize): void {
  for (let next = at + PAIR_BYTES; next < at + PAIR_BYTES * count; next += PAIR_BYTES) {
    const cell = load<u64>(next, WORD_BYTES);
    let place = next;
    for (; place > at; place -= PAIR_BYTES) {
      const before = load<u64>(place - PAIR_BYTES, WORD_BYTES);
      if (!isBeforeFrom(depth, <usize>cell, <usize>before)) break;
      store<u64>(place, before, WORD_BYTES);
    }
    store<u64>(place, cell, WORD_BYTES);
  }
}

/** Like `isBefore`, for keys that are the same up to `depth`. */
function isBeforeFrom(depth: usize, a: usize, b: usize): bool {
  const end = min(keyLength(a), keyLength(b));
  for (let from = depth; from < end; from += WORD_BYTES) {
    const wordA = wordOf(a, from);
    const wordB = wordOf(b, from);
    if (wordA != wordB) return wordA < wordB;
  }
  return keyLength(a) < keyLength(b); // the one is the head of the other
}

/** Eight bytes of a key as a number, the first byte the highest; zeros behind its end. */
// @ts-ignore: decorator
@inline
function wordOf(cell: usize, depth: usize): u64 {
  const length = keyLength(cell);
  if (length <= depth) return 0;
  const word = bswap(load<u64>(keyAt(cell) + depth));
  const rest = length - depth;
  return rest >= WORD_BYTES ? word : word & (<u64>-1 << (64 - 8 * <u64>rest));
}
