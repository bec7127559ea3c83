import type { ByteReader } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { safeSum } from '../safe-sum.js';
import { BucketCounts } from './bucket-counts.js';
import { bucketOf, midpointOf } from './buckets.js';
import { FlatHistogram, SUM_BASE } from './flat-histogram.js';

/** The histogram that is being read or written. */
const flat = new FlatHistogram();

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
    other.#flatten();
    this.mergeFlat(flat);
  }

  /** Adds all that another histogram holds. */
  mergeFlat(other: FlatHistogram): void {
    if (other.count === 0) return;
    this.#count = safeSum(this.#count, other.count);
    if (other.min < this.#min) this.#min = other.min;
    if (other.max > this.#max) this.#max = other.max;
    this.#addSum(other.sumHigh, other.sumLow);
    this.#buckets.addAll(other);
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
    this.#flatten();
    let [cell, seen] = [0, flat.counts[0] ?? 0];
    while (seen <= rank && cell + 1 < flat.cells) {
      cell += 1;
      seen += flat.counts[cell] ?? 0;
    }
    return Math.min(Math.max(midpointOf(flat.buckets[cell] ?? 0), this.#min), this.#max);
  }

  encode(writer: ByteWriter): void {
    this.#flatten();
    flat.write(writer);
  }

  static decode(reader: ByteReader): Histogram {
    flat.read(reader);
    return Histogram.of(flat);
  }

  /** Makes the histogram that is flat in `other`. */
  static of(other: FlatHistogram): Histogram {
    const histogram = new Histogram();
    histogram.mergeFlat(other);
    return histogram;
  }

  /** Puts what it holds into `flat`. */
  #flatten(): void {
    this.#buckets.flatten(flat);
    flat.count = this.#count;
    flat.min = this.#min;
    flat.max = this.#max;
    flat.sumHigh = this.#sumHigh;
    flat.sumLow = this.#sumLow;
  }

  #addSum(high: number, low: number): void {
    const sum = this.#sumLow + low;
    const carry = sum >= SUM_BASE ? 1 : 0;
    this.#sumLow = sum - carry * SUM_BASE;
    this.#sumHigh = safeSum(this.#sumHigh, high + carry);
  }
}
