/**
 * How often each key had a duration in each bucket: one table for all keys of all dimensions, as most keys have but a few.
 * A slot is two words: dimension, key and bucket in one number plus one, 0 for none, and the count.
 */
import { growable, grow, reserve } from '../memory';
import { writeVarint } from './writer';

const FIRST_SLOTS: usize = 16384;
const SLOT_BYTES: usize = 8;
const BUCKET_BITS: u32 = 12;
const KEY_BITS: u32 = 14;
const RADIX_BITS: u32 = 8;
const RADIX: usize = 256;

const table: usize = growable(FIRST_SLOTS * SLOT_BYTES);
/** Two arrays of 64-bit words for sorting: number above, count below. */
const sorted: usize = growable(FIRST_SLOTS * SLOT_BYTES);
const other: usize = growable(FIRST_SLOTS * SLOT_BYTES);
const offsets: usize = reserve(4 * RADIX);

class Pairs {
  static slots: usize = FIRST_SLOTS;
  static count: usize = 0;
}

/** Forgets all pairs. */
export function resetKeyDurations(): void {
  if (Pairs.count > 0) memory.fill(load<u32>(table), 0, Pairs.slots * SLOT_BYTES);
  Pairs.count = 0;
}

/** Counts a duration in this bucket for the key of that number in a dimension. */
export function addKeyDuration(dimension: u32, key: u32, bucket: u32): void {
  if (Pairs.count >= Pairs.slots / 2) growTable();
  const number = ((dimension << KEY_BITS) | key) << BUCKET_BITS | bucket;
  const slot = slotOf(number + 1);
  if (load<u32>(slot) == 0) {
    store<u32>(slot, number + 1);
    Pairs.count += 1;
  }
  store<u32>(slot, load<u32>(slot, 4) + 1, 4);
}

// @ts-ignore: decorator
@inline
function slotOf(mark: u32): usize {
  const mask = Pairs.slots - 1;
  let place = <usize>((mark * 0x9e3779b1) >> 7) & mask;
  let slot = <usize>load<u32>(table) + place * SLOT_BYTES;
  while (load<u32>(slot) != 0 && load<u32>(slot) != mark) {
    place = (place + 1) & mask;
    slot = <usize>load<u32>(table) + place * SLOT_BYTES;
  }
  return slot;
}

function growTable(): void {
  const count = gather();
  Pairs.slots *= 2;
  grow(table, Pairs.slots * SLOT_BYTES);
  memory.fill(load<u32>(table), 0, Pairs.slots * SLOT_BYTES);
  for (let index: usize = 0; index < count; index += 1) {
    const pair = load<u64>(<usize>load<u32>(sorted) + 8 * index);
    const slot = slotOf(<u32>(pair >> 32) + 1);
    store<u32>(slot, <u32>(pair >> 32) + 1);
    store<u32>(slot, <u32>pair, 4);
  }
}

/** Copies all pairs to `sorted`, in no order; returns how many. */
function gather(): usize {
  grow(sorted, Pairs.count * 8);
  let out: usize = load<u32>(sorted);
  const start: usize = load<u32>(table);
  for (let slot = start; slot < start + Pairs.slots * SLOT_BYTES; slot += SLOT_BYTES) {
    const mark = load<u32>(slot);
    if (mark == 0) continue;
    store<u64>(out, (<u64>(mark - 1) << 32) | <u64>load<u32>(slot, 4));
    out += 8;
  }
  return Pairs.count;
}

/** Sorts all pairs, so that `writeKeyDurations` finds those of a key beside each other. */
export function sortKeyDurations(): void {
  const count = gather();
  grow(other, count * 8);
  for (let shift: u64 = 32; shift < 64; shift += RADIX_BITS) sortBy(shift, count);
}

/** One pass of a radix sort, stable; the result is again in `sorted`. */
function sortBy(shift: u64, count: usize): void {
  const from: usize = load<u32>(sorted);
  const to: usize = load<u32>(other);
  memory.fill(offsets, 0, 4 * RADIX);
  for (let at = from; at < from + 8 * count; at += 8) {
    const place = offsets + 4 * (<usize>(load<u64>(at) >> shift) & (RADIX - 1));
    store<u32>(place, load<u32>(place) + 1);
  }
  let sum: u32 = 0;
  for (let place = offsets; place < offsets + 4 * RADIX; place += 4) {
    const size = load<u32>(place);
    store<u32>(place, sum);
    sum += size;
  }
  for (let at = from; at < from + 8 * count; at += 8) {
    const place = offsets + 4 * (<usize>(load<u64>(at) >> shift) & (RADIX - 1));
    store<u64>(to + 8 * <usize>load<u32>(place), load<u64>(at));
    store<u32>(place, load<u32>(place) + 1);
  }
  swapArrays();
}

function swapArrays(): void {
  const pair = load<u64>(sorted);
  store<u64>(sorted, load<u64>(other));
  store<u64>(other, pair);
}

/** Writes the buckets of a key as a histogram does: how many, then the gap before each and its count. */
export function writeKeyDurations(dimension: u32, key: u32): void {
  const wanted = (dimension << KEY_BITS) | key;
  const first = lowerBound(wanted << BUCKET_BITS);
  let last = first;
  const array: usize = load<u32>(sorted);
  while (last < Pairs.count && <u32>(load<u64>(array + 8 * last) >> (32 + <u64>BUCKET_BITS)) == wanted) last += 1;
  writeVarint(last - first);
  let previous: i32 = -1;
  for (let index = first; index < last; index += 1) {
    const pair = load<u64>(array + 8 * index);
    const bucket = <i32>((pair >> 32) & ((1 << BUCKET_BITS) - 1));
    writeVarint(bucket - previous - 1);
    writeVarint(pair & 0xffffffff);
    previous = bucket;
  }
}

/** Index of the first pair whose number is not below `number`. */
function lowerBound(number: u32): usize {
  const array: usize = load<u32>(sorted);
  let low: usize = 0;
  let high = Pairs.count;
  while (low < high) {
    const middle = (low + high) / 2;
    if (<u32>(load<u64>(array + 8 * middle) >> 32) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
