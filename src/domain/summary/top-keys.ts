import type { ByteString } from '../byte-string.js';
import { hash53, hash64 } from '../hash.js';
import { safeSum } from '../safe-sum.js';
import { CountMin } from './count-min.js';
import type { Distinct } from './distinct.js';
import type { Histogram } from './histogram.js';
import { KeyCell } from './key-cell.js';
import { detachedKey, keyFormOf, MAX_KEY_BYTES } from './key-form.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import type { Occurrence } from './occurrence.js';
import { lastKeptOf, largestPriority } from './smallest-keys.js';

/** One key as read. */
export interface KeyCount {
  readonly key: ByteString;
  readonly count: number;
  readonly errors: number;
  readonly bytes: number;
  /** Null where no entry carried a duration, and where the table is not exact. */
  readonly durations: Histogram | null;
  readonly exact: boolean;
  /** Bound on how much `count` may exceed the truth; 0 where exact. */
  readonly maxOvercount: number;
}

/**
 * The keys of one dimension: exact as long as at most `limits.keys` were ever seen. Beyond that it keeps as many keys,
 * those with an occurrence of smallest priority (ties by key), and reads their counts from a sketch of everything.
 *
 * Which keys are kept is decided by the smallest priority of each key over all entries. A key among the K smallest of
 * everything is among the K smallest of any part that holds the deciding occurrence, so it is in the table from there
 * on: order and chunking do not matter. Between canonical states the table grows to twice its limit, and what was
 * counted for a key is partly in its cell and partly in the sketch; `settle` makes the one form out of these.
 */
export class TopKeys {
  /** Counts the distinct keys, or null. It is fed when a key is new here: a key in the table was fed before. */
  readonly distinct: Distinct | null;
  readonly #limits: SummaryLimits;
  #cells = new Map<ByteString, KeyCell>();
  /** Null while exact. */
  #sketch: CountMin | null = null;
  /** Keys whose priority is above this are refused. */
  #threshold = Number.MAX_SAFE_INTEGER;

  constructor(distinct: Distinct | null = null, limits: SummaryLimits = SUMMARY_LIMITS) {
    this.distinct = distinct;
    this.#limits = limits;
  }

  get isExact(): boolean {
    return this.#sketch === null;
  }

  add(key: ByteString, occurrence: Occurrence): void {
    const form = key.length > MAX_KEY_BYTES ? keyFormOf(key) : key;
    const cell = this.#cells.get(form);
    if (cell === undefined) this.#addNew(form, occurrence);
    else this.#addTo(cell, occurrence);
  }

  merge(other: TopKeys): void {
    if (other.distinct !== null) this.distinct?.merge(other.distinct);
    if (other.#sketch !== null) this.#overflow().merge(other.#sketch);
    for (const [key, cell] of other.#cells) {
      const mine = this.#cells.get(key) ?? this.#insert(key, cell.priority);
      if (mine !== null) mine.merge(cell);
      else this.#overflow().add(hash53(hash64(key)), cell);
    }
    if (this.#sketch !== null) this.#dropDurations();
  }

  /** Occurrences of all keys, shown or not. */
  total(): number {
    this.settle();
    if (this.#sketch !== null) return this.#sketch.total();
    return [...this.#cells.values()].reduce((total, { count }) => safeSum(total, count), 0);
  }

  /** The `size` most frequent keys, equal counts in byte order of the key. */
  top(size: number): readonly KeyCount[] {
    this.settle();
    const sketch = this.#sketch;
    const all = sketch === null ? readExact(this.#cells) : readSketch(this.#cells, sketch);
    return all.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, size);
  }

  /** Brings the table into its canonical form; what it says does not change. */
  settle(): { readonly cells: ReadonlyMap<ByteString, KeyCell>; readonly sketch: CountMin | null } {
    if (this.#sketch !== null) {
      this.#prune();
      for (const [key, cell] of this.#cells) this.#fold(key, cell);
    }
    return { cells: this.#cells, sketch: this.#sketch };
  }

  /** Takes over a canonical form that was decoded and checked. */
  restore(cells: Map<ByteString, KeyCell>, sketch: CountMin | null): void {
    this.#cells = cells;
    this.#sketch = sketch;
    this.#threshold = sketch === null ? Number.MAX_SAFE_INTEGER : largestPriority(cells.values());
  }

  #addTo(cell: KeyCell, occurrence: Occurrence): void {
    cell.add(occurrence);
    if (this.#sketch === null) cell.addDuration(occurrence.durationUs);
  }

  #addNew(key: ByteString, occurrence: Occurrence): void {
    const cell = this.#insert(key, occurrence.priority);
    if (cell !== null) this.#addTo(cell, occurrence);
    if (cell !== null && this.distinct === null) return;
    const hash = hash53(hash64(key));
    this.distinct?.add(hash);
    if (cell === null) this.#overflow().add(hash, { count: 1, errors: occurrence.errors, bytes: occurrence.bytes });
  }

  /** Makes a cell for a key that has none; null where its priority is too large to be kept. */
  #insert(key: ByteString, priority: number): KeyCell | null {
    if (priority > this.#threshold) return null;
    if (this.#cells.size >= 2 * this.#limits.keys) {
      this.#prune();
      if (priority > this.#threshold) return null;
    }
    const cell = new KeyCell();
    cell.priority = priority;
    this.#cells.set(detachedKey(key), cell);
    if (this.#cells.size > this.#limits.keys) this.#overflow();
    return cell;
  }

  /** Goes over to the sketch, if that has not happened, and returns it. */
  #overflow(): CountMin {
    if (this.#sketch !== null) return this.#sketch;
    this.#sketch = new CountMin(this.#limits.sketchWidth);
    this.#dropDurations();
    return this.#sketch;
  }

  #dropDurations(): void {
    for (const cell of this.#cells.values()) cell.durations = null;
  }

  #prune(): void {
    if (this.#cells.size <= this.#limits.keys) return;
    const last = lastKeptOf(this.#cells, this.#limits.keys);
    for (const [key, cell] of this.#cells) {
      if (cell.priority < last.priority || (cell.priority === last.priority && key <= last.key)) continue;
      this.#fold(key, cell);
      this.#cells.delete(key);
    }
    this.#threshold = last.priority;
  }

  #fold(key: ByteString, cell: KeyCell): void {
    if (cell.count === 0) return;
    this.#overflow().add(hash53(hash64(key)), cell);
    cell.clear();
  }
}

function readExact(cells: ReadonlyMap<ByteString, KeyCell>): KeyCount[] {
  return [...cells].map(([key, { count, errors, bytes, durations }]) => {
    return { key, count, errors, bytes, durations, exact: true, maxOvercount: 0 };
  });
}

function readSketch(cells: ReadonlyMap<ByteString, KeyCell>, sketch: CountMin): KeyCount[] {
  const maxOvercount = sketch.maxOvercount();
  return [...cells.keys()].map((key) => {
    return { key, ...sketch.read(hash53(hash64(key))), durations: null, exact: false, maxOvercount };
  });
}
