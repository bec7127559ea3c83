import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { safeSum } from '../safe-sum.js';
import { BUCKETS, bucketOf, lowOf, widthOf } from './buckets.js';

/** Sums are kept as `high * 2^52 + low`, so that they stay exact far beyond 2^53. */
export const SUM_BASE = 2 ** 52;

/**
 * A histogram as it is encoded: plain numbers and arrays, which are filled anew for each one that is read or written. Most
 * histograms have a few buckets, and to make objects of them costs more than all else.
 */
export class FlatHistogram {
  /** How many buckets were touched; these, in ascending order, and their counts. */
  cells = 0;
  readonly buckets = new Uint16Array(BUCKETS);
  readonly counts = new Float64Array(BUCKETS);
  /** Sum of the counts; nothing below has a meaning where it is 0. */
  count = 0;
  min = 0;
  max = 0;
  sumHigh = 0;
  sumLow = 0;

  /** Forgets all buckets. */
  clear(): void {
    this.cells = 0;
    this.count = 0;
  }

  /** Adds a bucket above all others. */
  append(bucket: number, count: number): void {
    this.buckets[this.cells] = bucket;
    this.counts[this.cells] = count;
    this.cells += 1;
  }

  /** Reads and checks what `write` wrote. */
  read(reader: ByteReader): void {
    this.clear();
    const cells = reader.length(2, BUCKETS);
    if (cells === 0) return;
    const { buckets, counts } = this;
    let [bucket, total] = [-1, 0];
    for (let cell = 0; cell < cells; cell += 1) {
      bucket += 1 + reader.varint(BUCKETS - bucket - 2);
      const count = reader.positive();
      buckets[cell] = bucket;
      counts[cell] = count;
      total = safeSum(total, count);
    }
    this.cells = cells;
    this.count = total;
    this.#readHead(reader, buckets[0] ?? 0, bucket);
  }

  write(writer: ByteWriter): void {
    writer.varint(this.cells);
    let next = 0;
    for (let cell = 0; cell < this.cells; cell += 1) {
      const bucket = this.buckets[cell] ?? 0;
      writer.varint(bucket - next);
      writer.varint(this.counts[cell] ?? 0);
      next = bucket + 1;
    }
    if (this.cells === 0) return;
    writer.varint(this.min - lowOf(bucketOf(this.min)));
    writer.varint(this.max - lowOf(bucketOf(this.max)));
    writer.varint(this.sumHigh);
    writer.varint(this.sumLow);
  }

  #readHead(reader: ByteReader, first: number, last: number): void {
    this.min = lowOf(first) + reader.varint(widthOf(first) - 1);
    this.max = lowOf(last) + reader.varint(widthOf(last) - 1);
    this.sumHigh = reader.varint();
    this.sumLow = reader.varint(SUM_BASE - 1);
    if (!this.#isPlausible()) throw corrupt('a histogram contradicts itself');
  }

  #isPlausible(): boolean {
    const { min, max, count } = this;
    const sum = this.sumHigh * SUM_BASE + this.sumLow;
    if (min > max) return false;
    if (count === 1) return min === max && sum === min;
    const rounding = sum * 2 ** -40;
    return sum + rounding >= min * count && sum - rounding <= max * count;
  }
}
