/**
 * The keys of the dimensions: exact up to MAX_KEYS of them; beyond that as many, those with an occurrence of smallest
 * priority, and a sketch of everything. The twin of `domain/summary/top-keys.ts`, where the why is written.
 */
import { Hash, hash53, hashText } from '../hash';
import { reserve } from '../memory';
import { addHash, clearDistinct, makeDistinct, writeDistinct } from './distinct';
import { addToHead, writeHead } from './histogram';
import { addKeyDuration, writeKeyDurations } from './key-durations';
import {
  CELL_BYTES_SUM,
  CELL_COUNT,
  CELL_DURATIONS,
  CELL_ERRORS,
  CELL_HASH,
  CELL_PRIORITY,
  clearKeyTable,
  compareKeys,
  findKey,
  insertKey,
  keepKeys,
  keyAt,
  keyCell,
  keyCount,
  keyLength,
  lookUpHash,
  makeKeyTable,
  MAX_KEYS,
} from './key-table';
import { MAX_SAFE, NO_DURATION, Occurrence, safeSum } from './occurrence';
import { sortKeyNumbers } from './sort-keys';
import { addToSketch, clearSketch, makeSketch, writeSketch } from './sketch';
import { sortKeys } from './sort';
import { writeByte, writeText, writeVarint } from './writer';

/** Bytes of the longest key that is kept as it is; a longer one is cut and marked with its hash. */
const MAX_KEY_BYTES: usize = 1024;
const CUT_BYTES: usize = 1000;
const TILDE: u8 = 126;

/** A dimension: byte offsets. */
const NUMBER: usize = 0;
const KEYS: usize = 4;
/** Address of its sketch, 0 until it had too many keys for the first time. */
const SKETCH: usize = 8;
/** Address of its distinct hashes, 0 where it counts none. */
const DISTINCT: usize = 12;
const IS_EXACT: usize = 16;
/** 64 bits: keys whose priority is above this are refused. */
const THRESHOLD: usize = 24;
const DIMENSION_BYTES: usize = 32;

const cutKey: usize = reserve(MAX_KEY_BYTES + 64);
const ranking: usize = reserve(16 * 2 * MAX_KEYS);
const kept: usize = reserve(2 * MAX_KEYS);

/** Makes a dimension. */
export function makeDimension(number: u32, isCounted: bool): usize {
  const dimension = reserve(DIMENSION_BYTES);
  store<u32>(dimension, number, NUMBER);
  store<u32>(dimension, <u32>makeKeyTable(), KEYS);
  if (isCounted) store<u32>(dimension, <u32>makeDistinct(), DISTINCT);
  clearDimension(dimension);
  return dimension;
}

/** Forgets all keys. */
export function clearDimension(dimension: usize): void {
  clearKeyTable(load<u32>(dimension, KEYS));
  if (load<u32>(dimension, DISTINCT) != 0) clearDistinct(load<u32>(dimension, DISTINCT));
  if (load<u32>(dimension, IS_EXACT) == 0 && load<u32>(dimension, SKETCH) != 0) clearSketch(load<u32>(dimension, SKETCH));
  store<u32>(dimension, 1, IS_EXACT);
  store<u64>(dimension, MAX_SAFE, THRESHOLD);
}

/** Counts an occurrence of the key `[at, end)`, as `Occurrence` says. */
export function addKey(dimension: usize, at: usize, end: usize): void {
  if (end - at > MAX_KEY_BYTES) {
    cut(at, end);
    addForm(dimension, cutKey, cutKey + CUT_BYTES + 17);
    return;
  }
  addForm(dimension, at, end);
}

/** The first bytes of a key, `~`, and the 16 hexadecimal digits of its hash. */
function cut(at: usize, end: usize): void {
  memory.copy(cutKey, at, CUT_BYTES);
  store<u8>(cutKey + CUT_BYTES, TILDE);
  hashText(at, end);
  const hash = (<u64>Hash.high << 32) | <u64>Hash.low;
  for (let digit: usize = 0; digit < 16; digit += 1) {
    const value = <u32>(hash >> (60 - 4 * <u64>digit)) & 15;
    store<u8>(cutKey + CUT_BYTES + 1 + digit, <u8>(value < 10 ? 48 + value : 87 + value));
  }
}

function addForm(dimension: usize, at: usize, end: usize): void {
  const keys: usize = load<u32>(dimension, KEYS);
  const hash = lookUpHash(at, end);
  const number = findKey(keys, hash, at, end);
  if (number >= 0) addToCell(dimension, keyCell(keys, number), number);
  else addNew(dimension, hash, at, end);
}

function addToCell(dimension: usize, cell: usize, number: u32): void {
  store<u32>(cell, load<u32>(cell, CELL_COUNT) + 1, CELL_COUNT);
  store<u32>(cell, load<u32>(cell, CELL_ERRORS) + Occurrence.errors, CELL_ERRORS);
  store<u64>(cell, safeSum(load<u64>(cell, CELL_BYTES_SUM), Occurrence.bytes), CELL_BYTES_SUM);
  if (Occurrence.priority < load<u64>(cell, CELL_PRIORITY)) store<u64>(cell, Occurrence.priority, CELL_PRIORITY);
  if (Occurrence.durationUs == NO_DURATION || load<u32>(dimension, IS_EXACT) == 0) return;
  addToHead(cell + CELL_DURATIONS, <u64>Occurrence.durationUs);
  addKeyDuration(load<u32>(dimension, NUMBER), number, Occurrence.bucket);
}

function addNew(dimension: usize, hash: u64, at: usize, end: usize): void {
  hashText(at, end);
  const wide = hash53();
  if (load<u32>(dimension, DISTINCT) != 0) addHash(load<u32>(dimension, DISTINCT), wide);
  if (!makesRoom(dimension)) {
    addToSketch(load<u32>(dimension, SKETCH), wide, 1, Occurrence.errors, Occurrence.bytes);
    return;
  }
  const keys: usize = load<u32>(dimension, KEYS);
  const number = insertKey(keys, hash, at, end);
  const cell = keyCell(keys, number);
  store<u64>(cell, wide, CELL_HASH);
  store<u64>(cell, MAX_SAFE, CELL_PRIORITY);
  if (keyCount(keys) > MAX_KEYS) overflow(dimension);
  addToCell(dimension, cell, number);
}

/** Tells whether a new key of the priority at hand is to be kept; drops others where the table is full. */
function makesRoom(dimension: usize): bool {
  if (Occurrence.priority > load<u64>(dimension, THRESHOLD)) return false;
  if (keyCount(load<u32>(dimension, KEYS)) < 2 * MAX_KEYS) return true;
  prune(dimension);
  return Occurrence.priority <= load<u64>(dimension, THRESHOLD);
}

/** Goes over to the sketch, if that has not happened. */
function overflow(dimension: usize): void {
  store<u32>(dimension, 0, IS_EXACT);
  if (load<u32>(dimension, SKETCH) == 0) store<u32>(dimension, <u32>makeSketch(), SKETCH);
}

/** Keeps the MAX_KEYS keys of smallest priority, ties by key; adds the others to the sketch. */
function prune(dimension: usize): void {
  const keys: usize = load<u32>(dimension, KEYS);
  const count = keyCount(keys);
  if (count <= MAX_KEYS) return;
  for (let number: usize = 0; number < count; number += 1) {
    store<u64>(ranking + 16 * number, load<u64>(keyCell(keys, number), CELL_PRIORITY));
    store<u64>(ranking + 16 * number + 8, number);
  }
  sortKeys(ranking, count);
  settleTies(keys, count);
  memory.fill(kept, 0, count);
  for (let rank: usize = 0; rank < MAX_KEYS; rank += 1) store<u8>(kept + rankedNumber(rank), 1);
  for (let rank = MAX_KEYS; rank < count; rank += 1) fold(dimension, keyCell(keys, rankedNumber(rank)));
  store<u64>(dimension, load<u64>(ranking + 16 * (MAX_KEYS - 1)), THRESHOLD);
  keepKeys(keys, kept);
}

// @ts-ignore: decorator
@inline
function rankedNumber(rank: usize): usize {
  return <usize>load<u64>(ranking + 16 * rank + 8);
}

/** Puts keys of equal priority around the last place that is kept into the order of their bytes. */
function settleTies(keys: usize, count: usize): void {
  const priority = load<u64>(ranking + 16 * (MAX_KEYS - 1));
  let first = MAX_KEYS - 1;
  while (first > 0 && load<u64>(ranking + 16 * (first - 1)) == priority) first -= 1;
  let end = MAX_KEYS;
  while (end < count && load<u64>(ranking + 16 * end) == priority) end += 1;
  for (let next = first + 1; next < end; next += 1) {
    for (let rank = next; rank > first; rank -= 1) {
      const before = rankedNumber(rank - 1);
      const number = rankedNumber(rank);
      if (compareKeys(keys, keyCell(keys, before), keyCell(keys, number)) <= 0) break;
      store<u64>(ranking + 16 * rank + 8, before);
      store<u64>(ranking + 16 * (rank - 1) + 8, number);
    }
  }
}

/** Adds what was counted for a key to the sketch. */
function fold(dimension: usize, cell: usize): void {
  const count = load<u32>(cell, CELL_COUNT);
  if (count == 0) return;
  const sketch: usize = load<u32>(dimension, SKETCH);
  addToSketch(sketch, load<u64>(cell, CELL_HASH), count, load<u32>(cell, CELL_ERRORS), load<u64>(cell, CELL_BYTES_SUM));
  store<u32>(cell, 0, CELL_COUNT);
  store<u32>(cell, 0, CELL_ERRORS);
  store<u64>(cell, 0, CELL_BYTES_SUM);
}

/** Writes a dimension as `encodeTopKeys` does. */
export function writeDimension(dimension: usize): void {
  const keys: usize = load<u32>(dimension, KEYS);
  const isExact = load<u32>(dimension, IS_EXACT) != 0;
  if (!isExact) prune(dimension);
  const count = keyCount(keys);
  if (!isExact) for (let number: usize = 0; number < count; number += 1) fold(dimension, keyCell(keys, number));
  writeByte((isExact ? 0 : 1) + (load<u32>(dimension, DISTINCT) == 0 ? 0 : 2));
  writeVarint(count);
  const order = sortKeyNumbers(keys);
  for (let place: usize = 0; place < count; place += 1) {
    const number = load<u32>(order + 4 * place);
    const cell = keyCell(keys, number);
    writeText(keyAt(keys, cell), keyLength(cell));
    writeVarint(load<u64>(cell, CELL_PRIORITY));
    if (isExact) writeCell(dimension, cell, number);
  }
  if (!isExact) writeSketch(load<u32>(dimension, SKETCH));
  if (load<u32>(dimension, DISTINCT) != 0) writeDistinct(load<u32>(dimension, DISTINCT));
}

function writeCell(dimension: usize, cell: usize, number: u32): void {
  writeVarint(load<u32>(cell, CELL_COUNT));
  writeVarint(load<u32>(cell, CELL_ERRORS));
  writeVarint(load<u64>(cell, CELL_BYTES_SUM));
  if (load<u64>(cell, CELL_DURATIONS) == 0) {
    writeVarint(0);
    return;
  }
  writeKeyDurations(load<u32>(dimension, NUMBER), number);
  writeHead(cell + CELL_DURATIONS);
}
