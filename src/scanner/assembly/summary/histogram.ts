/**
 * Log-linear histograms of durations. A histogram is its head (count, smallest, largest, sum) and its buckets, which come
 * in pages of one octave each, made when touched. The twin of `domain/summary/histogram.ts` and `buckets.ts`.
 */
import { reserve } from '../memory';
import { writeVarint } from './writer';

/** Head: byte offsets. All are 64 bits; a count of 0 stands for an empty histogram. */
const COUNT: usize = 0;
const MIN: usize = 8;
const MAX: usize = 16;
/** Sums are kept as `high * 2^52 + low`. */
const SUM_HIGH: usize = 24;
const SUM_LOW: usize = 32;
export const HEAD_BYTES: usize = 40;

/** Pages of a histogram: 64 buckets of 32 bits each. The first two hold the exact values, then one for each octave. */
const PAGES: usize = 48;
const PAGE_BUCKETS: usize = 64;
const PAGE_BYTES: usize = 4 * PAGE_BUCKETS;
/** Head and addresses of the pages, 0 for none. */
export const HISTOGRAM_BYTES: usize = HEAD_BYTES + 4 * PAGES;

const SUM_BASE_BITS: u64 = 52;
const SUM_LOW_BITS: u64 = (1 << SUM_BASE_BITS) - 1;

/** Pages that were given back, one linked to the next by its first word. */
class FreePages {
  static first: usize = 0;
}

/** Bucket of a value of `[0, 2^53)`. */
// @ts-ignore: decorator
@inline
export function bucketOf(value: u64): u32 {
  if (value < 128) return <u32>value;
  const drop = 57 - <u32>clz(value);
  return (drop << 6) + <u32>(value >> drop);
}

/** Smallest value of a bucket. */
export function lowOf(bucket: u32): u64 {
  if (bucket < 128) return bucket;
  return <u64>(64 + (bucket & 63)) << <u64>((bucket >> 6) - 1);
}

/** Adds a value to a head. */
// @ts-ignore: decorator
@inline
export function addToHead(head: usize, value: u64): void {
  const count = load<u64>(head, COUNT);
  if (count == 0 || value < load<u64>(head, MIN)) store<u64>(head, value, MIN);
  if (count == 0 || value > load<u64>(head, MAX)) store<u64>(head, value, MAX);
  store<u64>(head, count + 1, COUNT);
  addSum(head, value >> SUM_BASE_BITS, value & SUM_LOW_BITS);
}

// @ts-ignore: decorator
@inline
function addSum(head: usize, high: u64, low: u64): void {
  const sum = load<u64>(head, SUM_LOW) + low;
  store<u64>(head, sum & SUM_LOW_BITS, SUM_LOW);
  store<u64>(head, load<u64>(head, SUM_HIGH) + high + (sum >> SUM_BASE_BITS), SUM_HIGH);
}

/** Adds a value to a histogram. */
export function addValue(histogram: usize, value: u64): void {
  addToHead(histogram, value);
  const bucket = bucketOf(value);
  const page = pageOf(histogram, bucket >> 6) + 4 * <usize>(bucket & 63);
  store<u32>(page, load<u32>(page) + 1);
}

function pageOf(histogram: usize, index: u32): usize {
  const place = histogram + HEAD_BYTES + 4 * <usize>index;
  const known: usize = load<u32>(place);
  if (known != 0) return known;
  const page = takePage();
  store<u32>(place, <u32>page);
  return page;
}

function takePage(): usize {
  const page = FreePages.first;
  if (page == 0) return reserve(PAGE_BYTES);
  FreePages.first = load<u32>(page);
  memory.fill(page, 0, PAGE_BYTES);
  return page;
}

/** Adds all of `other`. */
export function mergeHistogram(histogram: usize, other: usize): void {
  const added = load<u64>(other, COUNT);
  if (added == 0) return;
  const count = load<u64>(histogram, COUNT);
  const smallest = load<u64>(other, MIN);
  const largest = load<u64>(other, MAX);
  if (count == 0 || smallest < load<u64>(histogram, MIN)) store<u64>(histogram, smallest, MIN);
  if (count == 0 || largest > load<u64>(histogram, MAX)) store<u64>(histogram, largest, MAX);
  store<u64>(histogram, count + added, COUNT);
  addSum(histogram, load<u64>(other, SUM_HIGH), load<u64>(other, SUM_LOW));
  for (let index: u32 = 0; index < <u32>PAGES; index += 1) {
    const page: usize = load<u32>(other + HEAD_BYTES + 4 * <usize>index);
    if (page == 0) continue;
    const target = pageOf(histogram, index);
    for (let at: usize = 0; at < PAGE_BYTES; at += 16) {
      v128.store(target + at, i32x4.add(v128.load(target + at), v128.load(page + at)));
    }
  }
}

/** Empties a histogram and gives its pages back. */
export function clearHistogram(histogram: usize): void {
  for (let place = histogram + HEAD_BYTES; place < histogram + HISTOGRAM_BYTES; place += 4) {
    const page: usize = load<u32>(place);
    if (page == 0) continue;
    store<u32>(page, <u32>FreePages.first);
    FreePages.first = page;
  }
  memory.fill(histogram, 0, HISTOGRAM_BYTES);
}

/** Writes a histogram as `Histogram.encode` does. */
export function writeHistogram(histogram: usize): void {
  writeVarint(countBuckets(histogram));
  let previous: i32 = -1;
  for (let index: usize = 0; index < PAGES; index += 1) {
    const page: usize = load<u32>(histogram + HEAD_BYTES + 4 * index);
    if (page == 0) continue;
    for (let slot: usize = 0; slot < PAGE_BUCKETS; slot += 1) {
      const count = load<u32>(page + 4 * slot);
      if (count == 0) continue;
      const bucket = <i32>(index * PAGE_BUCKETS + slot);
      writeVarint(bucket - previous - 1);
      writeVarint(count);
      previous = bucket;
    }
  }
  writeHead(histogram);
}

function countBuckets(histogram: usize): u32 {
  let buckets: u32 = 0;
  for (let index: usize = 0; index < PAGES; index += 1) {
    const page: usize = load<u32>(histogram + HEAD_BYTES + 4 * index);
    if (page == 0) continue;
    for (let slot: usize = 0; slot < PAGE_BYTES; slot += 4) if (load<u32>(page + slot) != 0) buckets += 1;
  }
  return buckets;
}

/** Writes what follows the buckets; nothing for an empty histogram. */
export function writeHead(head: usize): void {
  if (load<u64>(head, COUNT) == 0) return;
  writeWithin(load<u64>(head, MIN));
  writeWithin(load<u64>(head, MAX));
  writeVarint(load<u64>(head, SUM_HIGH));
  writeVarint(load<u64>(head, SUM_LOW));
}

/** Writes a value as its distance from the low end of its bucket. */
function writeWithin(value: u64): void {
  writeVarint(value - lowOf(bucketOf(value)));
}
