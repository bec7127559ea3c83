/**
 * How often each key of a dimension had a duration in each bucket. A hit is appended to a log, which costs next to nothing;
 * what the log tells of a key is counted when the key is written. A log that is full is settled: counted for all keys, so
 * that memory goes with the pairs of key and bucket and not with the lines.
 */
import { growable, grow, reserve } from '../memory';
import { MAX_KEYS } from './key-table';
import { MAX_VARINT_BYTES, need, Output, putVarint } from './writer';

const BUCKETS: usize = 3072;
const BUCKET_BITS: u32 = 12;
const BUCKET_MASK: u32 = (1 << BUCKET_BITS) - 1;
/** Hits up to which a log is not settled; each is the number of a key above a bucket, 32 bits. */
const MAX_HITS: usize = 256 * 1024;
const HIT_BYTES: usize = 4;
/** A pair that was settled: the number of a key above a bucket, 32 bits, and below its count, 32 bits. */
const PAIR_BYTES: usize = 8;

/** A record of a dimension: where its log begins and ends, its settled pairs and how many they are. */
const LOG: usize = 0;
const LOG_END: usize = 4;
const PAIRS: usize = 8;
const PAIR_COUNT: usize = 12;
const RECORD_BYTES: usize = 16;

/** The hits of a log by key: where those of a key end, 32 bits, and their buckets, 16 bits. */
const ends: usize = reserve(4 * MAX_KEYS);
const buckets: usize = reserve(2 * MAX_HITS);
/** The key at hand: counts by bucket, a bit for each bucket touched, and a bit for each word of these. */
const counts: usize = reserve(4 * BUCKETS);
const touchedBits: usize = reserve(BUCKETS / 8);

/** Room for the pairs of the log that is being settled. */
const spare: usize = growable(0);

class Touched {
  static words: u64 = 0;
  static count: usize = 0;
}

/** Makes the record of a dimension. What is reserved for its log takes no memory until it is used. */
export function makeKeyDurations(): usize {
  const record = reserve(RECORD_BYTES);
  store<u32>(record, <u32>reserve(HIT_BYTES * MAX_HITS), LOG);
  store<u32>(record, <u32>growable(0), PAIRS);
  clearKeyDurations(record);
  return record;
}

export function clearKeyDurations(record: usize): void {
  store<u32>(record, load<u32>(record, LOG), LOG_END);
  store<u32>(record, 0, PAIR_COUNT);
}

/** Counts a duration in this bucket for the key of that number, below MAX_KEYS. */
// @ts-ignore: decorator
@inline
export function addKeyDuration(record: usize, key: u32, bucket: u32): void {
  const end: usize = load<u32>(record, LOG_END);
  store<u32>(end, (key << BUCKET_BITS) | bucket);
  store<u32>(record, <u32>(end + HIT_BYTES), LOG_END);
  if (end + HIT_BYTES == <usize>load<u32>(record, LOG) + HIT_BYTES * MAX_HITS) settle(record);
}

/** Adds what the log tells to the pairs, which stay in the order of keys and buckets, and empties it. */
function settle(record: usize): void {
  groupHits(record);
  grow(spare, PAIR_BYTES * (<usize>load<u32>(record, PAIR_COUNT) + MAX_HITS));
  let end: usize = load<u32>(spare);
  for (let key: u32 = 0; key < <u32>MAX_KEYS; key += 1) {
    countHits(record, key);
    while (Touched.words != 0) {
      const bucket = firstTouched();
      store<u64>(end, (<u64>((key << BUCKET_BITS) | bucket) << 32) | <u64>takeCount(bucket));
      end += PAIR_BYTES;
    }
  }
  store<u32>(record, <u32>(end - <usize>load<u32>(spare)) / <u32>PAIR_BYTES, PAIR_COUNT);
  store<u32>(record, load<u32>(record, LOG), LOG_END);
  const handle: usize = load<u32>(record, PAIRS);
  const pairs = load<u64>(handle);
  store<u64>(handle, load<u64>(spare));
  store<u64>(spare, pairs);
}

/** Groups the hits of the log by key, so that `countHits` finds them. */
export function groupHits(record: usize): void {
  const start: usize = load<u32>(record, LOG);
  const end: usize = load<u32>(record, LOG_END);
  memory.fill(ends, 0, 4 * MAX_KEYS);
  for (let hit = start; hit < end; hit += HIT_BYTES) {
    const place = ends + 4 * <usize>(load<u32>(hit) >> BUCKET_BITS);
    store<u32>(place, load<u32>(place) + 2);
  }
  let next = <u32>buckets;
  for (let place = ends; place < ends + 4 * MAX_KEYS; place += 4) {
    const sizeBytes = load<u32>(place);
    store<u32>(place, next);
    next += sizeBytes;
  }
  for (let hit = start; hit < end; hit += HIT_BYTES) {
    const found = load<u32>(hit);
    const place = ends + 4 * <usize>(found >> BUCKET_BITS);
    const target = load<u32>(place);
    store<u16>(target, <u16>(found & BUCKET_MASK));
    store<u32>(place, target + 2);
  }
}

/** Counts what the pairs and the grouped hits tell of a key. */
function countHits(record: usize, key: u32): void {
  Touched.count = 0;
  const pairs: usize = load<u32>(<usize>load<u32>(record, PAIRS));
  const pairsEnd = pairs + PAIR_BYTES * <usize>load<u32>(record, PAIR_COUNT);
  for (let pair = pairs < pairsEnd ? firstPair(pairs, pairsEnd, key) : pairsEnd; pair < pairsEnd; pair += PAIR_BYTES) {
    const mark = load<u32>(pair, 4);
    if (mark >> BUCKET_BITS != key) break;
    addCount(mark & BUCKET_MASK, load<u32>(pair));
  }
  const end: usize = load<u32>(ends + 4 * <usize>key);
  let hit: usize = key == 0 ? buckets : load<u32>(ends + 4 * <usize>(key - 1));
  for (; hit < end; hit += 2) addCount(<u32>load<u16>(hit), 1);
}

// @ts-ignore: decorator
@inline
function addCount(bucket: u32, count: u32): void {
  const place = counts + 4 * <usize>bucket;
  const before = load<u32>(place);
  store<u32>(place, before + count);
  if (before != 0) return;
  const word = touchedBits + 8 * <usize>(bucket >> 6);
  store<u64>(word, load<u64>(word) | (<u64>1 << <u64>(bucket & 63)));
  Touched.words |= <u64>1 << <u64>(bucket >> 6);
  Touched.count += 1;
}

/** The smallest bucket that was touched and not taken. There must be one. */
// @ts-ignore: decorator
@inline
function firstTouched(): u32 {
  const word = <u32>ctz(Touched.words);
  return (word << 6) + <u32>ctz(load<u64>(touchedBits + 8 * <usize>word));
}

/** Takes the count of the first bucket that was touched: it is as if it had not been. */
// @ts-ignore: decorator
@inline
function takeCount(bucket: u32): u32 {
  const place = counts + 4 * <usize>bucket;
  const count = load<u32>(place);
  store<u32>(place, 0);
  const word = touchedBits + 8 * <usize>(bucket >> 6);
  const bits = load<u64>(word);
  store<u64>(word, bits & (bits - 1));
  if ((bits & (bits - 1)) == 0) Touched.words &= Touched.words - 1;
  return count;
}

/** Address of the first pair of that key or a later one. */
function firstPair(pairs: usize, pairsEnd: usize, key: u32): usize {
  let low = pairs;
  let high = pairsEnd;
  while (low < high) {
    const middle = low + ((high - low) / (2 * PAIR_BYTES)) * PAIR_BYTES;
    if (load<u32>(middle, 4) >> BUCKET_BITS < key) low = middle + PAIR_BYTES;
    else high = middle;
  }
  return low;
}

/** Writes the buckets of a key as a histogram does: how many, then the gap before each and its count. */
export function writeKeyDurations(record: usize, key: u32): void {
  countHits(record, key);
  need(MAX_VARINT_BYTES * (1 + 2 * Touched.count));
  let at = putVarint(Output.end, Touched.count);
  let next: u32 = 0;
  while (Touched.words != 0) {
    const bucket = firstTouched();
    at = putVarint(putVarint(at, bucket - next), takeCount(bucket));
    next = bucket + 1;
  }
  Output.end = at;
}
