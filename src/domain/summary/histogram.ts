import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { safeSum } from '../safe-sum.js';
import { BUCKETS, bucketOf, lowOf, midpointOf, widthOf } from './buckets.js';

type Counts = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const NO_COUNTS = new Uint8Array(0);
const MIN_BUCKETS = 16;
/** Sums are kept as `high * 2^52 + low`, so that they stay exact far beyond 2^53. */
const SUM_BASE = 2 ** 52;

/**
 * Log-linear histogram of non-negative safe integers (durations in microseconds): quantiles with a relative error of
 * at most 1/128, count, minimum, maximum and sum exact. Merging adds buckets, so it is associative and commutative.
 * Cost: one array over the touched range of buckets, 1 to 8 bytes each as the counts need; at most 3,072 buckets.
 * Source: Tene, HdrHistogram; Masson, Rim, Lee, "DDSketch", PVLDB 12(12), 2019 (the error bound of such buckets).
 */
export class Histogram {
  #count = 0;
  #min = Number.MAX_SAFE_INTEGER;
  #max = 0;
  #sumHigh = 0;
  #sumLow = 0;
  /** Bucket of `#counts[0]`. */
  #base = 0;
  #counts: Counts = NO_COUNTS;

  get count(): number {
    return this.#count;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Sum of the values, rounded to a double beyond 2^53 only. */
  get sum(): number {
    return this.#sumHigh * SUM_BASE + this.#sumLow;
  }

  /** Mean of the values; 0 where there are none. */
  get mean(): number {
    return this.#count === 0 ? 0 : this.sum / this.#count;
  }

  /** Smallest value; 0 where there are none. */
  get min(): number {
    return this.#count === 0 ? 0 : this.#min;
  }

  get max(): number {
    return this.#max;
  }

  add(value: number): void {
    this.#count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    this.#addSum(value >= SUM_BASE ? 1 : 0, value >= SUM_BASE ? value - SUM_BASE : value);
    this.#addToBucket(bucketOf(value), 1);
  }

  merge(other: Histogram): void {
    if (other.#count === 0) return;
    this.#count = safeSum(this.#count, other.#count);
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#addSum(other.#sumHigh, other.#sumLow);
    const end = bucketOf(other.#max);
    for (let bucket = bucketOf(other.#min); bucket <= end; bucket += 1) {
      const count = other.#countOf(bucket);
      if (count > 0) this.#addToBucket(bucket, count);
    }
  }

  clone(): Histogram {
    const copy = new Histogram();
    copy.merge(this);
    return copy;
  }

  /** Value of lower nearest rank `floor(q * (count - 1))` for `q` of `[0, 1]`: its bucket's midpoint; 0 where empty. */
  quantile(q: number): number {
    const rank = Math.floor(q * (this.#count - 1));
    if (rank <= 0) return this.min;
    if (rank >= this.#count - 1) return this.#max;
    let seen = 0;
    let bucket = bucketOf(this.#min) - 1;
    while (seen <= rank && bucket < BUCKETS) {
      bucket += 1;
      seen += this.#countOf(bucket);
    }
    return Math.min(Math.max(midpointOf(bucket), this.#min), this.#max);
  }

  encode(writer: ByteWriter): void {
    const cells = this.#cells();
    writer.varint(cells.length);
    let previous = -1;
    for (const { bucket, count } of cells) {
      writer.varint(bucket - previous - 1);
      writer.varint(count);
      previous = bucket;
    }
    if (this.#count === 0) return;
    writer.varint(this.#min - lowOf(bucketOf(this.#min)));
    writer.varint(this.#max - lowOf(bucketOf(this.#max)));
    writer.varint(this.#sumHigh);
    writer.varint(this.#sumLow);
  }

  static decode(reader: ByteReader): Histogram {
    const cells: { bucket: number; count: number }[] = [];
    let previous = -1;
    for (let rest = reader.length(2, BUCKETS); rest > 0; rest -= 1) {
      const bucket = previous + 1 + reader.varint(BUCKETS - previous - 2);
      cells.push({ bucket, count: reader.positive() });
      previous = bucket;
    }
    const [first, last] = [cells[0]?.bucket, cells.at(-1)?.bucket];
    const histogram = new Histogram();
    if (first === undefined || last === undefined) return histogram;
    histogram.#min = lowOf(first) + reader.varint(widthOf(first) - 1);
    histogram.#max = lowOf(last) + reader.varint(widthOf(last) - 1);
    histogram.#sumHigh = reader.varint();
    histogram.#sumLow = reader.varint(SUM_BASE - 1);
    for (const { bucket, count } of cells) {
      histogram.#count = safeSum(histogram.#count, count);
      histogram.#addToBucket(bucket, count);
    }
    if (!histogram.#isPlausible()) throw corrupt('a histogram contradicts itself');
    return histogram;
  }

  #isPlausible(): boolean {
    if (this.#min > this.#max) return false;
    if (this.#count === 1) return this.#min === this.#max && this.sum === this.#min;
    const rounding = this.sum * 2 ** -40;
    return this.sum + rounding >= this.#min * this.#count && this.sum - rounding <= this.#max * this.#count;
  }

  #cells(): { bucket: number; count: number }[] {
    const cells: { bucket: number; count: number }[] = [];
    this.#counts.forEach((count, index) => {
      if (count > 0) cells.push({ bucket: this.#base + index, count });
    });
    return cells;
  }

  #countOf(bucket: number): number {
    return this.#counts[bucket - this.#base] ?? 0;
  }

  #addSum(high: number, low: number): void {
    const sum = this.#sumLow + low;
    const carry = sum >= SUM_BASE ? 1 : 0;
    this.#sumLow = sum - carry * SUM_BASE;
    this.#sumHigh = safeSum(this.#sumHigh, high + carry);
  }

  #addToBucket(bucket: number, count: number): void {
    let index = bucket - this.#base;
    if (index < 0 || index >= this.#counts.length) {
      this.#cover();
      index = bucket - this.#base;
    }
    const next = safeSum(this.#counts[index] ?? 0, count);
    this.#counts[index] = next;
    if (this.#counts[index] === next) return;
    this.#counts = widened(this.#counts, next);
    this.#counts[index] = next;
  }

  /** Grows the array, at least to the double, until it covers the buckets from the minimum's to the maximum's. */
  #cover(): void {
    const low = bucketOf(this.#min);
    const high = bucketOf(this.#max);
    let length = Math.max(MIN_BUCKETS, this.#counts.length);
    while (length <= high - low) length *= 2;
    const base = low < this.#base && this.#counts.length > 0 ? Math.max(0, high + 1 - length) : low;
    const grown = emptyLike(this.#counts, length);
    this.#counts.forEach((count, index) => {
      if (count > 0) grown[this.#base + index - base] = count;
    });
    this.#base = base;
    this.#counts = grown;
  }
}

function emptyLike(counts: Counts, length: number): Counts {
  if (counts instanceof Uint8Array) return new Uint8Array(length);
  if (counts instanceof Uint16Array) return new Uint16Array(length);
  return counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}

/** Copies counts into the narrowest array that also holds `count`. */
function widened(counts: Counts, count: number): Counts {
  if (count < 2 ** 16) return new Uint16Array(counts);
  return count < 2 ** 32 ? new Uint32Array(counts) : new Float64Array(counts);
}
