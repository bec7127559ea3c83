/**
 * Occurrences of keys of one dimension that wait until they are many: a large table is seldom in the cache, and what many
 * wait for at once takes little longer than what one waits for. In which order they are counted changes nothing.
 */
import { maskedBlock } from '../hash';
import { reserve } from '../memory';
import { findSlot, touchCell } from './key-table';
import { Occurrence } from './occurrence';

/** Keys of a table from which on its occurrences are queued. */
export const MIN_QUEUED_KEYS: usize = 1024;
/** Bytes of the longest key that is queued. */
export const MAX_QUEUED_BYTES: usize = 32;
const MAX_ENTRIES: usize = 64;

/** An entry: byte offsets. */
const KEY: usize = 0;
const LENGTH: usize = 32;
const HASH: usize = 36;
const ERRORS: usize = 40;
const BUCKET: usize = 44;
const BYTES: usize = 48;
const DURATION: usize = 56;
const PRIORITY: usize = 64;
/** What its slot held when it was looked at. */
const SLOT: usize = 72;
const ENTRY_BYTES: usize = 80;

/** A queue: how many entries, then these. */
const FIRST: usize = 64;

export function makeKeyQueue(): usize {
  return reserve(FIRST + ENTRY_BYTES * MAX_ENTRIES);
}

export function clearKeyQueue(queue: usize): void {
  store<u32>(queue, 0);
}

export function queuedKeys(queue: usize): usize {
  return load<u32>(queue);
}

/** Queues the occurrence at hand of the key `[at, end)`; tells whether the queue is full. */
// @ts-ignore: decorator
@inline
export function queueKey(queue: usize, hash: u32, at: usize, end: usize): bool {
  const count: usize = load<u32>(queue);
  const entry = queue + FIRST + ENTRY_BYTES * count;
  const length = end - at;
  v128.store(entry, maskedBlock(at, min(length, 16)), KEY);
  v128.store(entry, maskedBlock(at + 16, length > 16 ? length - 16 : 0), KEY + 16);
  store<u32>(entry, <u32>length, LENGTH);
  store<u32>(entry, hash, HASH);
  store<u32>(entry, Occurrence.errors, ERRORS);
  store<u32>(entry, Occurrence.bucket, BUCKET);
  store<u64>(entry, Occurrence.bytes, BYTES);
  store<i64>(entry, Occurrence.durationUs, DURATION);
  store<u64>(entry, Occurrence.priority, PRIORITY);
  store<u32>(queue, <u32>(count + 1));
  return count + 1 == MAX_ENTRIES;
}

/** Brings what the entries need of the table into the cache. */
export function fetchQueued(queue: usize, keys: usize): void {
  const end = queue + FIRST + ENTRY_BYTES * queuedKeys(queue);
  for (let entry = queue + FIRST; entry < end; entry += ENTRY_BYTES) {
    store<u32>(entry, findSlot(keys, load<u32>(entry, HASH)), SLOT);
  }
  for (let entry = queue + FIRST; entry < end; entry += ENTRY_BYTES) {
    const cell: usize = load<u32>(entry, SLOT);
    if (cell != 0) store<u32>(entry, touchCell(cell), SLOT);
  }
}

export class Queued {
  static hash: u32 = 0;
  static at: usize = 0;
  static end: usize = 0;
}

/** Makes the entry of that number the occurrence at hand. */
// @ts-ignore: decorator
@inline
export function takeQueued(queue: usize, number: usize): void {
  const entry = queue + FIRST + ENTRY_BYTES * number;
  Queued.hash = load<u32>(entry, HASH);
  Queued.at = entry + KEY;
  Queued.end = Queued.at + <usize>load<u32>(entry, LENGTH);
  Occurrence.errors = load<u32>(entry, ERRORS);
  Occurrence.bucket = load<u32>(entry, BUCKET);
  Occurrence.bytes = load<u64>(entry, BYTES);
  Occurrence.durationUs = load<i64>(entry, DURATION);
  Occurrence.priority = load<u64>(entry, PRIORITY);
}
