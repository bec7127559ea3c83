import { safeSum } from '../safe-sum.js';

type Counts = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A bucket that was touched, and how often. */
export interface BucketCount {
  readonly bucket: number;
  readonly count: number;
}

const NO_COUNTS = new Uint8Array(0);
/** Values up to which a list of their buckets is smaller and faster than an array of counts. */
const MAX_LISTED = 24;

/**
 * Counts by bucket of a histogram. Few values are a plain list of their buckets, as most keys have but few; more are an
 * array of counts over the touched range, 1 to 8 bytes for each bucket as the counts need.
 */
export class BucketCounts {
  /** One element per value, in any order; null once there are too many. */
  #listed: number[] | null = [];
  /** Bucket of `#counts[0]`. */
  #base = 0;
  #low = 0;
  #high = -1;
  #counts: Counts = NO_COUNTS;

  addOne(bucket: number): void {
    if (this.#listed === null) this.#addToArray(bucket, 1);
    else if (this.#listed.length < MAX_LISTED) this.#listed.push(bucket);
    else this.add(bucket, 1);
  }

  add(bucket: number, count: number): void {
    const listed = this.#listed;
    if (listed !== null && listed.length + count <= MAX_LISTED) {
      for (let rest = count; rest > 0; rest -= 1) listed.push(bucket);
      return;
    }
    this.#listed = null;
    if (listed !== null) for (const value of listed) this.#addToArray(value, 1);
    this.#addToArray(bucket, count);
  }

  merge(other: BucketCounts): void {
    if (other.#listed !== null) {
      for (const bucket of other.#listed) this.addOne(bucket);
      return;
    }
    for (let bucket = other.#low; bucket <= other.#high; bucket += 1) {
      const count = other.#counts[bucket - other.#base] ?? 0;
      if (count > 0) this.add(bucket, count);
    }
  }

  /** The buckets that were touched, in ascending order. */
  list(): readonly BucketCount[] {
    if (this.#listed !== null) return countEach(this.#listed);
    const cells: BucketCount[] = [];
    for (let bucket = this.#low; bucket <= this.#high; bucket += 1) {
      const count = this.#counts[bucket - this.#base] ?? 0;
      if (count > 0) cells.push({ bucket, count });
    }
    return cells;
  }

  #addToArray(bucket: number, count: number): void {
    if (bucket < this.#low || bucket > this.#high) this.#cover(bucket);
    const index = bucket - this.#base;
    const next = safeSum(this.#counts[index] ?? 0, count);
    this.#counts[index] = next;
    if (this.#counts[index] === next) return;
    this.#counts = widened(this.#counts, next);
    this.#counts[index] = next;
  }

  /** Extends the touched range to `bucket`; an array that is too small is at least doubled on the side of growth. */
  #cover(bucket: number): void {
    const isFirst = this.#high < this.#low;
    const low = isFirst ? bucket : Math.min(this.#low, bucket);
    const high = isFirst ? bucket : Math.max(this.#high, bucket);
    if (low < this.#base || high >= this.#base + this.#counts.length) {
      const length = Math.max(64, 2 * this.#counts.length, high - low + 1);
      const base = isFirst || bucket === high ? low : Math.max(0, high + 1 - length);
      const grown = emptyLike(this.#counts, length);
      if (!isFirst) {
        grown.set(this.#counts.subarray(this.#low - this.#base, this.#high + 1 - this.#base), this.#low - base);
      }
      this.#counts = grown;
      this.#base = base;
    }
    this.#low = low;
    this.#high = high;
  }
}

function countEach(listed: readonly number[]): readonly BucketCount[] {
  const cells: { bucket: number; count: number }[] = [];
  for (const bucket of [...listed].sort((a, b) => a - b)) {
    const last = cells.at(-1);
    if (last?.bucket === bucket) last.count += 1;
    else cells.push({ bucket, count: 1 });
  }
  return cells;
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
