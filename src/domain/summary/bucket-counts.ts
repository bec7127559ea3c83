import { safeSum } from '../safe-sum.js';
import type { FlatHistogram } from './flat-histogram.js';

type Counts = Uint8Array | Uint16Array | Uint32Array | Float64Array;

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
  /** The largest count that the array holds exactly. */
  #most = mostOf(NO_COUNTS);

  addOne(bucket: number): void {
    const listed = this.#listed;
    if (listed !== null && listed.length < MAX_LISTED) {
      listed.push(bucket);
      return;
    }
    if (listed !== null) this.#unlist(listed);
    this.#addToArray(bucket, 1);
  }

  /** Adds the buckets of a histogram that has any. */
  addAll({ cells, buckets, counts, count }: FlatHistogram): void {
    const listed = this.#listed;
    if (listed !== null && listed.length + count <= MAX_LISTED) {
      for (let cell = 0; cell < cells; cell += 1) {
        for (let rest = counts[cell] ?? 0; rest > 0; rest -= 1) listed.push(buckets[cell] ?? 0);
      }
      return;
    }
    const [first = 0, last = 0] = [buckets[0], buckets[cells - 1]];
    if (first < this.#low || first > this.#high) this.#cover(first);
    if (last > this.#high) this.#cover(last);
    if (listed !== null) this.#unlist(listed);
    const [mine, most] = [this.#counts, this.#most];
    for (let cell = 0; cell < cells; cell += 1) {
      const index = (buckets[cell] ?? 0) - this.#base;
      const next = (mine[index] ?? 0) + (counts[cell] ?? 0);
      if (next > most) return this.#addRest(cell, { cells, buckets, counts });
      mine[index] = next;
    }
  }

  /** Adds the cells from that one on, of which some do not fit into the array. */
  #addRest(first: number, { cells, buckets, counts }: Pick<FlatHistogram, 'cells' | 'buckets' | 'counts'>): void {
    for (let cell = first; cell < cells; cell += 1) this.#addToArray(buckets[cell] ?? 0, counts[cell] ?? 0);
  }

  /** Puts the buckets that were touched and their counts into `flat`. */
  flatten(flat: FlatHistogram): void {
    flat.clear();
    if (this.#listed !== null) {
      flattenList(this.#listed, flat);
      return;
    }
    const counts = this.#counts;
    for (let bucket = this.#low; bucket <= this.#high; bucket += 1) {
      const count = counts[bucket - this.#base] ?? 0;
      if (count > 0) flat.append(bucket, count);
    }
  }

  /** Goes over from the list to the array. */
  #unlist(listed: readonly number[]): void {
    this.#listed = null;
    for (const bucket of listed) this.#addToArray(bucket, 1);
  }

  #addToArray(bucket: number, count: number): void {
    if (bucket < this.#low || bucket > this.#high) this.#cover(bucket);
    const index = bucket - this.#base;
    const next = safeSum(this.#counts[index] ?? 0, count);
    if (next > this.#most) {
      this.#counts = widened(this.#counts, next);
      this.#most = mostOf(this.#counts);
    }
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

/** Sorts the list, whose order has no meaning, and counts each bucket. Insertion is the quickest for so few. */
function flattenList(listed: number[], flat: FlatHistogram): void {
  for (let next = 1; next < listed.length; next += 1) {
    const bucket = listed[next] ?? 0;
    let place = next;
    for (; place > 0 && (listed[place - 1] ?? 0) > bucket; place -= 1) listed[place] = listed[place - 1] ?? 0;
    listed[place] = bucket;
  }
  for (let start = 0, end = 0; start < listed.length; start = end) {
    while (end < listed.length && listed[end] === listed[start]) end += 1;
    flat.append(listed[start] ?? 0, end - start);
  }
}

function emptyLike(counts: Counts, length: number): Counts {
  if (counts instanceof Uint8Array) return new Uint8Array(length);
  if (counts instanceof Uint16Array) return new Uint16Array(length);
  return counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}

function mostOf(counts: Counts): number {
  return counts instanceof Float64Array ? Number.MAX_SAFE_INTEGER : 2 ** (8 * counts.BYTES_PER_ELEMENT) - 1;
}

/** Copies counts into the narrowest array that also holds `count`. */
function widened(counts: Counts, count: number): Counts {
  if (count < 2 ** 16) return new Uint16Array(counts);
  return count < 2 ** 32 ? new Uint32Array(counts) : new Float64Array(counts);
}
