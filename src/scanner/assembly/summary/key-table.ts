/** The keys of one dimension: a hash table of cells, with their bytes in an arena. */
import { isSame } from '../bytes';
import { growable, grow, reserve } from '../memory';
import { HEAD_BYTES } from './histogram';

/** Keys of a dimension up to which it is exact, and which are kept beyond. */
export const MAX_KEYS: usize = 16384;
/** Slots of the table: open addressing, half full at most. A slot is number of a cell plus one, and bits of its hash. */
const SLOTS: usize = 4 * MAX_KEYS;
const SLOT_BYTES: usize = 8;
const FIRST_CELLS: usize = 256;
const FIRST_ARENA_BYTES: usize = 16 * 1024;

/** A table: byte offsets. */
const TABLE_COUNT: usize = 0;
const TABLE_ARENA_USED: usize = 4;
/** Handles of growable regions. */
const TABLE_CELLS: usize = 8;
const TABLE_ARENA: usize = 12;
const TABLE_SLOTS: usize = 16;
const TABLE_BYTES: usize = 24;

/** A cell: byte offsets. */
const CELL_KEY: usize = 0;
const CELL_LENGTH: usize = 4;
export const CELL_COUNT: usize = 8;
export const CELL_ERRORS: usize = 12;
export const CELL_BYTES_SUM: usize = 16;
export const CELL_PRIORITY: usize = 24;
/** `hash53` of the key. */
export const CELL_HASH: usize = 32;
/** Head of a histogram, whose buckets are in `key-durations.ts`. */
export const CELL_DURATIONS: usize = 40;
const CELL_TAG: usize = CELL_DURATIONS + HEAD_BYTES;
const CELL_BYTES: usize = CELL_TAG + 8;

/** Mixed into every hash, so that a log cannot be written to make all keys meet in one slot. */
class Secret {
  static value: u64 = 0x9e3779b97f4a7c15;
}

export function setSecret(low: u32, high: u32): void {
  Secret.value = (<u64>high << 32) | <u64>low;
}

export function makeKeyTable(): usize {
  const keys = reserve(TABLE_BYTES);
  store<u32>(keys, <u32>growable(FIRST_CELLS * CELL_BYTES), TABLE_CELLS);
  store<u32>(keys, <u32>growable(FIRST_ARENA_BYTES), TABLE_ARENA);
  store<u32>(keys, <u32>reserve(SLOTS * SLOT_BYTES), TABLE_SLOTS);
  return keys;
}

export function clearKeyTable(keys: usize): void {
  if (load<u32>(keys, TABLE_COUNT) != 0) memory.fill(load<u32>(keys, TABLE_SLOTS), 0, SLOTS * SLOT_BYTES);
  store<u32>(keys, 0, TABLE_COUNT);
  store<u32>(keys, 0, TABLE_ARENA_USED);
}

export function keyCount(keys: usize): usize {
  return load<u32>(keys, TABLE_COUNT);
}

/** Address of the cell of that number. */
// @ts-ignore: decorator
@inline
export function keyCell(keys: usize, number: usize): usize {
  return <usize>load<u32>(<usize>load<u32>(keys, TABLE_CELLS)) + CELL_BYTES * number;
}

// @ts-ignore: decorator
@inline
export function keyAt(keys: usize, cell: usize): usize {
  return <usize>load<u32>(<usize>load<u32>(keys, TABLE_ARENA)) + <usize>load<u32>(cell, CELL_KEY);
}

// @ts-ignore: decorator
@inline
export function keyLength(cell: usize): usize {
  return load<u32>(cell, CELL_LENGTH);
}

/** The hash of the text `[at, end)` by which it is looked up: eight bytes at a time. */
export function lookUpHash(at: usize, end: usize): u64 {
  let hash = Secret.value ^ <u64>(end - at);
  let next = at;
  for (; next + 8 <= end; next += 8) hash = mix(hash ^ load<u64>(next));
  const rest = <u64>(end - next);
  if (rest > 0) hash = mix(hash ^ (load<u64>(next) & ((<u64>1 << (8 * rest)) - 1)));
  return hash;
}

// @ts-ignore: decorator
@inline
function mix(word: u64): u64 {
  const product = word * 0xd6e8feb86659fd93;
  return product ^ (product >> 32);
}

/** Number of the cell of the key `[at, end)` with that hash; -1 where there is none. */
export function findKey(keys: usize, hash: u64, at: usize, end: usize): i32 {
  const slots: usize = load<u32>(keys, TABLE_SLOTS);
  const tag = <u32>(hash >> 32);
  let place = <usize>hash & (SLOTS - 1);
  while (true) {
    const slot = slots + SLOT_BYTES * place;
    const mark = load<u32>(slot);
    if (mark == 0) return -1;
    if (load<u32>(slot, 4) == tag) {
      const cell = keyCell(keys, mark - 1);
      if (keyLength(cell) == end - at && isSame(keyAt(keys, cell), at, end - at)) return <i32>(mark - 1);
    }
    place = (place + 1) & (SLOTS - 1);
  }
}

/** Makes an empty cell for a key that has none; returns its number. There must be less than 2 x MAX_KEYS. */
export function insertKey(keys: usize, hash: u64, at: usize, end: usize): u32 {
  const number = keyCount(keys);
  const used: usize = load<u32>(keys, TABLE_ARENA_USED);
  const arena: usize = load<u32>(keys, TABLE_ARENA);
  grow(load<u32>(keys, TABLE_CELLS), CELL_BYTES * (number + 1));
  grow(arena, used + (end - at) + 16); // sixteen bytes are compared at a time
  memory.copy(<usize>load<u32>(arena) + used, at, end - at);
  const cell = keyCell(keys, number);
  memory.fill(cell, 0, CELL_BYTES);
  store<u32>(cell, <u32>used, CELL_KEY);
  store<u32>(cell, <u32>(end - at), CELL_LENGTH);
  store<u64>(cell, hash, CELL_TAG);
  store<u32>(keys, <u32>(used + end - at), TABLE_ARENA_USED);
  store<u32>(keys, <u32>(number + 1), TABLE_COUNT);
  enter(keys, hash, <u32>number);
  return <u32>number;
}

function enter(keys: usize, hash: u64, number: u32): void {
  const slots: usize = load<u32>(keys, TABLE_SLOTS);
  let place = <usize>hash & (SLOTS - 1);
  while (load<u32>(slots + SLOT_BYTES * place) != 0) place = (place + 1) & (SLOTS - 1);
  store<u32>(slots + SLOT_BYTES * place, number + 1);
  store<u32>(slots + SLOT_BYTES * place, <u32>(hash >> 32), 4);
}

/**
 * Keeps the cells that `kept` (one byte for each) marks, in their order, and moves the bytes of their keys together: keys
 * lie in the arena in the order of their cells.
 */
export function keepKeys(keys: usize, kept: usize): void {
  const count = keyCount(keys);
  const arena: usize = load<u32>(<usize>load<u32>(keys, TABLE_ARENA));
  memory.fill(load<u32>(keys, TABLE_SLOTS), 0, SLOTS * SLOT_BYTES);
  let left: usize = 0;
  let used: usize = 0;
  for (let number: usize = 0; number < count; number += 1) {
    if (load<u8>(kept + number) == 0) continue;
    const cell = keyCell(keys, number);
    const length = keyLength(cell);
    memory.copy(arena + used, arena + <usize>load<u32>(cell, CELL_KEY), length);
    store<u32>(cell, <u32>used, CELL_KEY);
    if (left != number) memory.copy(keyCell(keys, left), cell, CELL_BYTES);
    enter(keys, load<u64>(keyCell(keys, left), CELL_TAG), <u32>left);
    used += length;
    left += 1;
  }
  store<u32>(keys, <u32>left, TABLE_COUNT);
  store<u32>(keys, <u32>used, TABLE_ARENA_USED);
}

/** Compares the keys of two cells byte by byte, as unsigned; negative where the first stands first. */
export function compareKeys(keys: usize, a: usize, b: usize): i32 {
  const lengthA = keyLength(a);
  const lengthB = keyLength(b);
  const order = memory.compare(keyAt(keys, a), keyAt(keys, b), min(lengthA, lengthB));
  return order != 0 ? order : <i32>lengthA - <i32>lengthB;
}
