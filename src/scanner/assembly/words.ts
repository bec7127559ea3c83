/**
 * Tables of words: open addressing over a hash of the first and last eight bytes and the length. Built once from the lists
 * of the image. A table is `mask`, then slots of hash, value, length, address.
 */
import { WORD_TABLES } from '../../parsers/program/sections';
import { pointed, wordList } from './image';
import { reserve } from './memory';

/** What `find` returns for a word that a table does not have. */
export const NO_WORD: i32 = -1;

const SLOT_BYTES: usize = 16;
const LONGEST_WORD: usize = 64;
/** Bit 5 of every byte: set in the lower-case letters, clear in the upper-case ones. */
const LOWER_CASE_BITS: u64 = 0x2020202020202020;

const tables: usize = reserve(4 * WORD_TABLES);

/** Builds all tables of the image. */
export function buildWordTables(): void {
  for (let table: usize = 0; table < <usize>WORD_TABLES; table += 1) store<u32>(tables + 4 * table, <u32>build(wordList(table)));
}

function build(list: usize): usize {
  const count: usize = load<u32>(list);
  let slots: usize = 8;
  while (slots < 4 * count) slots *= 2;
  const table = reserve(8 + slots * SLOT_BYTES);
  store<u32>(table, <u32>(slots - 1));
  for (let entry = list + 4; entry < list + 4 + 12 * count; entry += 12) {
    const length: usize = load<u32>(entry + 4);
    insert(table, load<u32>(entry), pointed(entry + 8), length);
  }
  return table;
}

function insert(table: usize, value: u32, text: usize, length: usize): void {
  const hash = hashOf(text, length, 0);
  let slot = <usize>hash & <usize>load<u32>(table);
  while (load<u32>(slotAt(table, slot) + 12) != 0) slot = (slot + 1) & <usize>load<u32>(table);
  const at = slotAt(table, slot);
  store<u32>(at, hash);
  store<u32>(at + 4, value);
  store<u32>(at + 8, <u32>length);
  store<u32>(at + 12, <u32>text);
}

// @ts-ignore: decorator
@inline
function slotAt(table: usize, slot: usize): usize {
  return table + 8 + slot * SLOT_BYTES;
}

/** The value of the word `[at, end)` in a table; NO_WORD where it has none. */
export function find(table: usize, at: usize, end: usize): i32 {
  return lookUp(table, at, end, 0);
}

/** The same for a word in whatever case; the words of the table are in lower case. */
export function findAnyCase(table: usize, at: usize, end: usize): i32 {
  return lookUp(table, at, end, LOWER_CASE_BITS);
}

function lookUp(index: usize, at: usize, end: usize, bits: u64): i32 {
  const length = end - at;
  if (length == 0 || length > LONGEST_WORD) return NO_WORD;
  const table: usize = load<u32>(tables + 4 * index);
  const mask: usize = load<u32>(table);
  const hash = hashOf(at, length, bits);
  let slot = <usize>hash & mask;
  while (true) {
    const entry = slotAt(table, slot);
    const text: usize = load<u32>(entry + 12);
    if (text == 0) return NO_WORD;
    if (load<u32>(entry) == hash && load<u32>(entry + 8) == <u32>length && isSame(text, at, length, bits)) {
      return load<u32>(entry + 4);
    }
    slot = (slot + 1) & mask;
  }
}

/** Compares eight bytes at a time: what lies behind either text is always readable. */
function isSame(text: usize, at: usize, length: usize, bits: u64): bool {
  let done: usize = 0;
  for (; done + 8 < length; done += 8) if (load<u64>(text + done) != (load<u64>(at + done) | bits)) return false;
  const unlike = load<u64>(text + done) ^ (load<u64>(at + done) | bits);
  return unlike << (64 - 8 * <u64>(length - done)) == 0;
}

/** Reads eight bytes at `at`, of which `length` count: memory behind a text is always readable. */
// @ts-ignore: decorator
@inline
function headOf(at: usize, length: usize): u64 {
  const word = load<u64>(at);
  return length >= 8 ? word : word & ((<u64>1 << (<u64>length * 8)) - 1);
}

function hashOf(at: usize, length: usize, bits: u64): u32 {
  let mask: u64 = bits;
  let hash = (headOf(at, length) | (length >= 8 ? mask : mask & ((<u64>1 << (<u64>length * 8)) - 1))) * 0x9e3779b97f4a7c15;
  if (length > 8) hash = (rotl(hash, 23) ^ (load<u64>(at + length - 8) | mask)) * 0xd6e8feb86659fd93;
  hash ^= <u64>length * 0xff51afd7ed558ccd;
  return <u32>(hash >> 32);
}
