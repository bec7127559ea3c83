/**
 * The keys of one dimension: cells of two cache lines, and a hash table of their addresses that is as large as it must be.
 * A hit on a short key touches a slot and one or both lines of its cell.
 */
import { isSame } from '../bytes';
import { maskedBlock } from '../hash';
import { reserve } from '../memory';
import { HEAD_BYTES } from './histogram';
import { clearKeyBytes, detachPages, keepKeyBytes, KEY_BYTES_RECORD, releasePages } from './key-bytes';

/** Keys of a dimension up to which it is exact, and which are kept beyond. */
export const MAX_KEYS: usize = 16384;
/** Cells of a table: it is pruned when they are used up. */
export const MAX_CELLS: usize = 2 * MAX_KEYS;

/** A slot is the hash of a key above the address of its cell, 0 for none. At most half of the slots are taken. */
const SLOT_BYTES: usize = 8;
const FIRST_SLOT_BITS: u32 = 9;
const MAX_SLOT_BITS: u32 = 16;
/** Slots become four times as many, as each time all keys are entered anew. */
const GROWTH_BITS: u32 = 2;

/** A table: byte offsets. */
const TABLE_COUNT: usize = 0;
const TABLE_CELLS: usize = 4;
const TABLE_SLOTS: usize = 8;
const TABLE_SLOT_BITS: usize = 12;
/** The chain of the long keys. */
const TABLE_KEY_BYTES: usize = 16;
const TABLE_BYTES: usize = TABLE_KEY_BYTES + KEY_BYTES_RECORD;

/** A cell: byte offsets. The first line has what every hit needs; the second durations, and what few need. */
const CELL_LENGTH: usize = 0;
/** Address of a long key. */
const CELL_LONG_KEY: usize = 4;
export const CELL_COUNT: usize = 8;
export const CELL_ERRORS: usize = 12;
export const CELL_BYTES_SUM: usize = 16;
export const CELL_PRIORITY: usize = 24;
/** A key of up to MAX_SHORT_BYTES, with zeros behind it. */
const CELL_SHORT_KEY: usize = 32;
const MAX_SHORT_BYTES: usize = 32;
/** Head of a histogram, whose buckets are in `key-durations.ts`. */
export const CELL_DURATIONS: usize = 64;
/** `hash53` of the key. */
export const CELL_HASH: usize = CELL_DURATIONS + HEAD_BYTES;
const CELL_LOOK_UP_HASH: usize = CELL_HASH + 8;
const CELL_SHIFT: usize = 7;
const CELL_BYTES: usize = 1 << CELL_SHIFT;

/** Makes an empty table. What is reserved for its cells and slots takes no memory until it is used. */
export function makeKeyTable(): usize {
  const keys = reserve(TABLE_BYTES);
  store<u32>(keys, <u32>reserve(MAX_CELLS * CELL_BYTES), TABLE_CELLS);
  store<u32>(keys, <u32>reserve(SLOT_BYTES << MAX_SLOT_BITS), TABLE_SLOTS);
  store<u32>(keys, FIRST_SLOT_BITS, TABLE_SLOT_BITS);
  return keys;
}

export function clearKeyTable(keys: usize): void {
  if (keyCount(keys) != 0) resetSlots(keys, FIRST_SLOT_BITS);
  clearKeyBytes(keys + TABLE_KEY_BYTES);
  store<u32>(keys, 0, TABLE_COUNT);
}

/** Empties the slots, which are as many as that many bits count from here on. */
function resetSlots(keys: usize, slotBits: u32): void {
  const touched = max(slotBits, load<u32>(keys, TABLE_SLOT_BITS));
  memory.fill(load<u32>(keys, TABLE_SLOTS), 0, SLOT_BYTES << touched);
  store<u32>(keys, slotBits, TABLE_SLOT_BITS);
}

// @ts-ignore: decorator
@inline
export function keyCount(keys: usize): usize {
  return load<u32>(keys, TABLE_COUNT);
}

/** Address of the cell of that number. */
// @ts-ignore: decorator
@inline
export function keyCell(keys: usize, number: usize): usize {
  return <usize>load<u32>(keys, TABLE_CELLS) + (number << CELL_SHIFT);
}

// @ts-ignore: decorator
@inline
export function numberOf(keys: usize, cell: usize): u32 {
  return <u32>((cell - <usize>load<u32>(keys, TABLE_CELLS)) >> CELL_SHIFT);
}

/** Address of the key of a cell. */
// @ts-ignore: decorator
@inline
export function keyAt(cell: usize): usize {
  return keyLength(cell) <= MAX_SHORT_BYTES ? cell + CELL_SHORT_KEY : <usize>load<u32>(cell, CELL_LONG_KEY);
}

// @ts-ignore: decorator
@inline
export function keyLength(cell: usize): usize {
  return load<u32>(cell, CELL_LENGTH);
}

/** The cell of the key `[at, end)` with that `lookUpHash`; 0 where there is none. */
// @ts-ignore: decorator
@inline
export function findKey(keys: usize, hash: u32, at: usize, end: usize): usize {
  const slots: usize = load<u32>(keys, TABLE_SLOTS);
  const slotBits = load<u32>(keys, TABLE_SLOT_BITS);
  let place = <usize>(hash >> (32 - slotBits));
  while (true) {
    const slot = load<u64>(slots + SLOT_BYTES * place);
    if (slot == 0) return 0;
    if (<u32>(slot >> 32) == hash && isKeyOf(<usize>slot, at, end - at)) return <usize>(slot & 0xffffffff);
    place = (place + 1) & ((<usize>1 << slotBits) - 1);
  }
}

/** Address of the cell in the first slot for that hash, 0 for none. */
// @ts-ignore: decorator
@inline
export function findSlot(keys: usize, hash: u32): u32 {
  return load<u32>(<usize>load<u32>(keys, TABLE_SLOTS) + SLOT_BYTES * <usize>(hash >> (32 - load<u32>(keys, TABLE_SLOT_BITS))));
}

/** Reads something of both lines of a cell. */
// @ts-ignore: decorator
@inline
export function touchCell(cell: usize): u32 {
  return load<u32>(cell) ^ load<u32>(cell, CELL_DURATIONS);
}

// @ts-ignore: decorator
@inline
function isKeyOf(cell: usize, at: usize, length: usize): bool {
  if (keyLength(cell) != length) return false;
  const short = cell + CELL_SHORT_KEY;
  if (length <= 16) return isEqual(v128.load(short), maskedBlock(at, length));
  if (length > MAX_SHORT_BYTES) return isSame(load<u32>(cell, CELL_LONG_KEY), at, length);
  if (!isEqual(v128.load(short), v128.load(at))) return false;
  return isEqual(v128.load(short, 16), maskedBlock(at + 16, length - 16));
}

// @ts-ignore: decorator
@inline
function isEqual(a: v128, b: v128): bool {
  return !v128.any_true(v128.xor(a, b));
}

/** Makes an empty cell for a key that has none. There must be less than MAX_CELLS. */
export function insertKey(keys: usize, hash: u32, at: usize, end: usize): usize {
  const cell = keyCell(keys, keyCount(keys));
  const length = end - at;
  for (let line = cell; line < cell + CELL_BYTES; line += 16) v128.store(line, i64x2.splat(0));
  store<u32>(cell, <u32>length, CELL_LENGTH);
  if (length <= MAX_SHORT_BYTES) storeShortKey(cell + CELL_SHORT_KEY, at, length);
  else store<u32>(cell, <u32>keepKeyBytes(keys + TABLE_KEY_BYTES, at, length), CELL_LONG_KEY);
  store<u32>(cell, hash, CELL_LOOK_UP_HASH);
  store<u32>(keys, load<u32>(keys, TABLE_COUNT) + 1, TABLE_COUNT);
  const slotBits = load<u32>(keys, TABLE_SLOT_BITS);
  if (keyCount(keys) > <usize>1 << (slotBits - 1)) enterAll(keys, min(slotBits + GROWTH_BITS, MAX_SLOT_BITS));
  else enter(keys, cell);
  return cell;
}

// @ts-ignore: decorator
@inline
function storeShortKey(to: usize, at: usize, length: usize): void {
  v128.store(to, maskedBlock(at, min(length, 16)));
  if (length > 16) v128.store(to, maskedBlock(at + 16, length - 16), 16);
}

/** Enters all cells into that many slots. */
function enterAll(keys: usize, slotBits: u32): void {
  resetSlots(keys, slotBits);
  const end = keyCell(keys, keyCount(keys));
  for (let cell = keyCell(keys, 0); cell < end; cell += CELL_BYTES) enter(keys, cell);
}

function enter(keys: usize, cell: usize): void {
  const slots: usize = load<u32>(keys, TABLE_SLOTS);
  const slotBits = load<u32>(keys, TABLE_SLOT_BITS);
  const hash = load<u32>(cell, CELL_LOOK_UP_HASH);
  let place = <usize>(hash >> (32 - slotBits));
  while (load<u64>(slots + SLOT_BYTES * place) != 0) place = (place + 1) & ((<usize>1 << slotBits) - 1);
  store<u64>(slots + SLOT_BYTES * place, (<u64>hash << 32) | <u64>cell);
}

/** Keeps the cells that `kept` (one byte for each) marks, in their order; all have other numbers then. */
export function keepKeys(keys: usize, kept: usize): void {
  const pages = detachPages(keys + TABLE_KEY_BYTES);
  const count = keyCount(keys);
  let left: usize = 0;
  for (let number: usize = 0; number < count; number += 1) {
    if (load<u8>(kept + number) == 0) continue;
    const cell = keyCell(keys, left);
    if (left != number) memory.copy(cell, keyCell(keys, number), CELL_BYTES);
    if (keyLength(cell) > MAX_SHORT_BYTES) {
      const key = keepKeyBytes(keys + TABLE_KEY_BYTES, load<u32>(cell, CELL_LONG_KEY), keyLength(cell));
      store<u32>(cell, <u32>key, CELL_LONG_KEY);
    }
    left += 1;
  }
  releasePages(pages);
  store<u32>(keys, <u32>left, TABLE_COUNT);
  enterAll(keys, load<u32>(keys, TABLE_SLOT_BITS));
}
