/**
 * The keys of the dimensions: exact up to MAX_KEYS of them; beyond that as many, those with an occurrence of smallest
 * priority, and a sketch of everything. The twin of `domain/summary/top-keys.ts`, where the why is written.
 */
import { Hash, hash53, hashText } from '../hash';
import { reserve } from '../memory';
import { addHash, clearDistinct, makeDistinct, writeDistinct } from './distinct';
import { addToHead, writeHead } from './histogram';
import { addKeyDuration, clearKeyDurations, groupHits, makeKeyDurations, writeKeyDurations } from './key-durations';
import {
  clearKeyQueue,
  fetchQueued,
  makeKeyQueue,
  MAX_QUEUED_BYTES,
  MIN_QUEUED_KEYS,
  Queued,
  queuedKeys,
  queueKey,
  takeQueued,
} from './key-queue';
import {
  CELL_BYTES_SUM,
  CELL_COUNT,
  CELL_DURATIONS,
  CELL_ERRORS,
  CELL_HASH,
  CELL_PRIORITY,
  clearKeyTable,
  findKey,
  insertKey,
  keepKeys,
  keyAt,
  keyCell,
  keyCount,
  keyLength,
  makeKeyTable,
  MAX_CELLS,
  MAX_KEYS,
  numberOf,
} from './key-table';
import { lookUpHash, MAX_FORM_BYTES, MAX_KEY_BYTES } from './look-up-hash';
import { MAX_SAFE, NO_DURATION, Occurrence, safeSum } from './occurrence';
import { chooseKeys, kept } from './smallest-keys';
import { sortedCell, sortKeys } from './sort-keys';
import { addToSketch, clearSketch, makeSketch, writeSketch } from './sketch';
import { need, Output, putText, putVarint, writeByte, writeVarint } from './writer';

/** Bytes that are kept of a key that is longer than MAX_FORM_BYTES; it is marked with its hash. */
const CUT_BYTES: usize = 1000;
const TILDE: u8 = 126;

/** A dimension: byte offsets. */
const DURATIONS: usize = 0;
const KEYS: usize = 4;
/** Address of its sketch, 0 until it had too many keys for the first time. */
const SKETCH: usize = 8;
/** Address of its distinct hashes, 0 where it counts none. */
const DISTINCT: usize = 12;
const IS_EXACT: usize = 16;
/** 64 bits: keys whose priority is above this are refused. */
const THRESHOLD: usize = 24;
const QUEUE: usize = 32;
const DIMENSION_BYTES: usize = 40;

export const cutKey: usize = reserve(MAX_FORM_BYTES + 64);
/** Room for a key and the numbers of its cell. */
const CELL_ROOM_BYTES: usize = MAX_KEY_BYTES + 64;

/** Makes a dimension. */
export function makeDimension(isCounted: bool): usize {
  const dimension = reserve(DIMENSION_BYTES);
  store<u32>(dimension, <u32>makeKeyDurations(), DURATIONS);
  store<u32>(dimension, <u32>makeKeyTable(), KEYS);
  store<u32>(dimension, <u32>makeKeyQueue(), QUEUE);
  if (isCounted) store<u32>(dimension, <u32>makeDistinct(), DISTINCT);
  clearDimension(dimension);
  return dimension;
}

/** Forgets all keys. */
export function clearDimension(dimension: usize): void {
  clearKeyTable(load<u32>(dimension, KEYS));
  clearKeyDurations(load<u32>(dimension, DURATIONS));
  clearKeyQueue(load<u32>(dimension, QUEUE));
  if (load<u32>(dimension, DISTINCT) != 0) clearDistinct(load<u32>(dimension, DISTINCT));
  if (load<u32>(dimension, IS_EXACT) == 0 && load<u32>(dimension, SKETCH) != 0) clearSketch(load<u32>(dimension, SKETCH));
  store<u32>(dimension, 1, IS_EXACT);
  store<u64>(dimension, MAX_SAFE, THRESHOLD);
}

/** Counts an occurrence of the key `[at, end)`, as `Occurrence` says. */
export function addKey(dimension: usize, at: usize, end: usize): void {
  if (end - at > MAX_FORM_BYTES) addForm(dimension, cutKey, cut(at, end));
  else addForm(dimension, at, end);
}

/** Puts the first bytes of a key, `~`, and the 16 hexadecimal digits of its hash at `cutKey`; returns the address behind. */
export function cut(at: usize, end: usize): usize {
  memory.copy(cutKey, at, CUT_BYTES);
  store<u8>(cutKey + CUT_BYTES, TILDE);
  hashText(at, end);
  const hash = (<u64>Hash.high << 32) | <u64>Hash.low;
  for (let digit: usize = 0; digit < 16; digit += 1) {
    const value = <u32>(hash >> (60 - 4 * <u64>digit)) & 15;
    store<u8>(cutKey + CUT_BYTES + 1 + digit, <u8>(value < 10 ? 48 + value : 87 + value));
  }
  return cutKey + CUT_BYTES + 17;
}

/** Counts a key of at most MAX_KEY_BYTES as it is. */
export function addForm(dimension: usize, at: usize, end: usize): void {
  const hash = lookUpHash(at, end);
  if (keyCount(load<u32>(dimension, KEYS)) < MIN_QUEUED_KEYS || end - at > MAX_QUEUED_BYTES) {
    addHashed(dimension, hash, at, end);
    return;
  }
  if (queueKey(load<u32>(dimension, QUEUE), hash, at, end)) addQueued(dimension);
}

/** Counts the occurrences that wait. */
function addQueued(dimension: usize): void {
  const queue: usize = load<u32>(dimension, QUEUE);
  const count = queuedKeys(queue);
  if (count == 0) return;
  fetchQueued(queue, load<u32>(dimension, KEYS));
  for (let number: usize = 0; number < count; number += 1) {
    takeQueued(queue, number);
    addHashed(dimension, Queued.hash, Queued.at, Queued.end);
  }
  clearKeyQueue(queue);
}

function addHashed(dimension: usize, hash: u32, at: usize, end: usize): void {
  const cell = findKey(load<u32>(dimension, KEYS), hash, at, end);
  if (cell != 0) addToCell(dimension, cell);
  else addNew(dimension, hash, at, end);
}

// @ts-ignore: decorator
@inline
function addToCell(dimension: usize, cell: usize): void {
  store<u32>(cell, load<u32>(cell, CELL_COUNT) + 1, CELL_COUNT);
  store<u32>(cell, load<u32>(cell, CELL_ERRORS) + Occurrence.errors, CELL_ERRORS);
  store<u64>(cell, safeSum(load<u64>(cell, CELL_BYTES_SUM), Occurrence.bytes), CELL_BYTES_SUM);
  store<u64>(cell, min(load<u64>(cell, CELL_PRIORITY), Occurrence.priority), CELL_PRIORITY);
  if (Occurrence.durationUs == NO_DURATION || load<u32>(dimension, IS_EXACT) == 0) return;
  addToHead(cell + CELL_DURATIONS, <u64>Occurrence.durationUs);
  addKeyDuration(load<u32>(dimension, DURATIONS), numberOf(load<u32>(dimension, KEYS), cell), Occurrence.bucket);
}

function addNew(dimension: usize, hash: u32, at: usize, end: usize): void {
  hashText(at, end);
  const wide = hash53();
  if (load<u32>(dimension, DISTINCT) != 0) addHash(load<u32>(dimension, DISTINCT), wide);
  if (!makesRoom(dimension)) {
    addToSketch(load<u32>(dimension, SKETCH), wide, 1, Occurrence.errors, Occurrence.bytes);
    return;
  }
  const keys: usize = load<u32>(dimension, KEYS);
  const cell = insertKey(keys, hash, at, end);
  store<u64>(cell, wide, CELL_HASH);
  store<u64>(cell, MAX_SAFE, CELL_PRIORITY);
  if (keyCount(keys) > MAX_KEYS) overflow(dimension);
  addToCell(dimension, cell);
}

/** Tells whether a new key of the priority at hand is to be kept; drops others where the table is full. */
function makesRoom(dimension: usize): bool {
  if (Occurrence.priority > load<u64>(dimension, THRESHOLD)) return false;
  if (keyCount(load<u32>(dimension, KEYS)) < MAX_CELLS) return true;
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
  store<u64>(dimension, chooseKeys(keys), THRESHOLD);
  for (let number: usize = 0; number < count; number += 1) {
    if (load<u8>(kept + number) == 0) fold(dimension, keyCell(keys, number));
  }
  keepKeys(keys, kept);
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
  addQueued(dimension);
  const keys: usize = load<u32>(dimension, KEYS);
  const isExact = load<u32>(dimension, IS_EXACT) != 0;
  if (!isExact) prune(dimension);
  const count = keyCount(keys);
  if (!isExact) for (let number: usize = 0; number < count; number += 1) fold(dimension, keyCell(keys, number));
  writeByte((isExact ? 0 : 1) + (load<u32>(dimension, DISTINCT) == 0 ? 0 : 2));
  writeVarint(count);
  sortKeys(keys);
  if (isExact) groupHits(load<u32>(dimension, DURATIONS));
  for (let place: usize = 0; place < count; place += 1) {
    const cell = sortedCell(place);
    need(CELL_ROOM_BYTES);
    Output.end = putVarint(putText(Output.end, keyAt(cell), keyLength(cell)), load<u64>(cell, CELL_PRIORITY));
    if (isExact) writeCell(dimension, cell);
  }
  if (!isExact) writeSketch(load<u32>(dimension, SKETCH));
  if (load<u32>(dimension, DISTINCT) != 0) writeDistinct(load<u32>(dimension, DISTINCT));
}

/** Writes what was counted for a key. The caller has made room for the plain numbers. */
function writeCell(dimension: usize, cell: usize): void {
  let at = putVarint(Output.end, load<u32>(cell, CELL_COUNT));
  at = putVarint(at, load<u32>(cell, CELL_ERRORS));
  Output.end = putVarint(at, load<u64>(cell, CELL_BYTES_SUM));
  if (load<u64>(cell, CELL_DURATIONS) == 0) {
    writeVarint(0);
    return;
  }
  writeKeyDurations(load<u32>(dimension, DURATIONS), numberOf(load<u32>(dimension, KEYS), cell));
  writeHead(cell + CELL_DURATIONS);
}
