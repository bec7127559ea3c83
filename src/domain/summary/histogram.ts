import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { safeSum } from '../safe-sum.js';
import { BucketCounts } from './bucket-counts.js';
import { BUCKETS, bucketOf, lowOf, midpointOf, widthOf } from './buckets.js';

/** Sums are kept as `high * 2^52 + low`, so that they stay exact far beyond 2^53. */
const SUM_BASE = 2 ** 52;

/**
 * Log-linear histogram of non-negative safe integers (durations in microseconds): quantiles with a relative error of
 * at most 1/128, count, minimum, maximum and sum exact. Merging adds buckets, so it is associative and commutative.
 * Cost: see `BucketCounts`; at most 3,072 buckets.
 * Source: Tene, HdrHistogram; Masson, Rim, Lee, "DDSketch", PVLDB 12(12), 2019 (the error bound of such buckets).
 */
export class Histogram {
  #count = 0;
  #min = Number.MAX_SAFE_INTEGER;
  #max = 0;
  #sumHigh = 0;
  #sumLow = 0;
  readonly #buckets = new BucketCounts();

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

  /** Largest value; 0 where there are none. */
  get max(): number {
    return this.#max;
  }

  add(value: number): void {
    this.#count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value < SUM_BASE) this.#addSum(0, value);
    else this.#addSum(1, value - SUM_BASE);
    this.#buckets.addOne(bucketOf(value));
  }

  merge(other: Histogram): void {
    this.#count = safeSum(this.#count, other.#count);
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#addSum(other.#sumHigh, other.#sumLow);
    this.#buckets.merge(other.#buckets);
  }

  clone(): Histogram {
    const copy = new Histogram();
    copy.merge(this);
    return copy;
  }

  /**
   * Value of lower nearest rank `floor(q * (count - 1))` for `q` of `[0, 1]`: the midpoint of its bucket, the exact
   * value for the first and the last rank; 0 where empty.
   */
  quantile(q: number): number {
    const rank = Math.floor(q * (this.#count - 1));
    if (rank <= 0) return this.min;
    if (rank >= this.#count - 1) return this.#max;
    let seen = 0;
    for (const { bucket, count } of this.#buckets.list()) {
      seen += count;
      if (seen > rank) return Math.min(Math.max(midpointOf(bucket), this.#min), this.#max);
    }
    return this.#max;
  }

  encode(writer: ByteWriter): void {
    const cells = this.#buckets.list();
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
    const histogram = new Histogram();
    const cells = reader.length(2, BUCKETS);
    if (cells === 0) return histogram;
    let [first, last] = [-1, -1];
    for (let rest = cells; rest > 0; rest -= 1) {
      last += 1 + reader.varint(BUCKETS - last - 2);
      if (first < 0) first = last;
      const count = reader.positive();
      histogram.#count = safeSum(histogram.#count, count);
      histogram.#buckets.add(last, count);
    }
    histogram.#min = lowOf(first) + reader.varint(widthOf(first) - 1);
    histogram.#max = lowOf(last) + reader.varint(widthOf(last) - 1);
    histogram.#sumHigh = reader.varint();
    histogram.#sumLow = reader.varint(SUM_BASE - 1);
    if (!histogram.#isPlausible()) throw corrupt('a histogram contradicts itself');
    return histogram;
  }

  #isPlausible(): boolean {
    if (this.#min > this.#max) return false;
    if (this.#count === 1) return this.#min === this.#max && this.sum === this.#min;
    const rounding = this.sum * 2 ** -40;
    return this.sum + rounding >= this.#min * this.#count && this.sum - rounding <= this.#max * this.#count;
  }

  #addSum(high: number, low: number): void {
    const sum = this.#sumLow + low;
    const carry = sum >= SUM_BASE ? 1 : 0;
    this.#sumLow = sum - carry * SUM_BASE;
    this.#sumHigh = safeSum(this.#sumHigh, high + carry);
  }
}
