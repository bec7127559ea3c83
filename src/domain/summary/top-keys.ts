import type { ByteString } from '../byte-string.js';
import { hash53, hash64 } from '../hash.js';
import { safeSum } from '../safe-sum.js';
import { CountMin, type KeyTotals } from './count-min.js';
import type { Distinct } from './distinct.js';
import type { EncodedKey, EncodedKeys } from './encoded-keys.js';
import { Histogram } from './histogram.js';
import { KeyCell } from './key-cell.js';
import { detachedKey, keyFormOf, MAX_FORM_BYTES } from './key-form.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import type { Occurrence } from './occurrence.js';
import { lastKeptOf } from './smallest-keys.js';

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
  /** The keys as they were decoded, as long as nobody asked for their cells; null then. */
  #encoded: EncodedKeys | null = null;
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
    this.addForm(key.length > MAX_FORM_BYTES ? keyFormOf(key) : key, occurrence);
  }

  /** Counts a key of at most MAX_KEY_BYTES as it is. */
  addForm(form: ByteString, occurrence: Occurrence): void {
    if (this.#encoded !== null) this.#open();
    const cell = this.#cells.get(form);
    if (cell === undefined) this.#addNew(form, occurrence);
    else this.#addTo(cell, occurrence);
  }

  merge(other: TopKeys): void {
    this.#open();
    if (other.distinct !== null) this.distinct?.merge(other.distinct);
    if (other.#sketch !== null) this.#overflow().merge(other.#sketch);
    if (other.#encoded !== null) {
      other.#encoded.forEach((key, keys) => this.#mergeEncoded(key, keys));
      return;
    }
    for (const [key, cell] of other.#cells) {
      const mine = this.#cells.get(key) ?? this.#insert(key, cell.priority);
      if (mine !== null) mine.merge(cell);
      else this.#addToSketch(key, cell);
    }
    if (this.#sketch !== null) this.#dropDurations();
  }

  /** Occurrences of all keys, shown or not. */
  total(): number {
    if (this.#encoded !== null) return this.#sketch?.total() ?? this.#encoded.total;
    this.settle();
    if (this.#sketch !== null) return this.#sketch.total();
    return [...this.#cells.values()].reduce((total, { count }) => safeSum(total, count), 0);
  }

  /** The `size` most frequent keys, equal counts in byte order of the key. */
  top(size: number): readonly KeyCount[] {
    if (this.#encoded !== null) return topOf(this.#encoded, this.#sketch, size);
    this.settle();
    const sketch = this.#sketch;
    const all = sketch === null ? readExact(this.#cells) : readSketch(this.#cells, sketch);
    return all.sort(byCount).slice(0, size);
  }

  /** Brings the table into its canonical form; what it says does not change. */
  settle(): { readonly cells: ReadonlyMap<ByteString, KeyCell>; readonly sketch: CountMin | null } {
    this.#open();
    if (this.#sketch !== null) {
      this.#prune();
      for (const [key, cell] of this.#cells) this.#fold(key, cell);
    }
    return { cells: this.#cells, sketch: this.#sketch };
  }

  /** Takes over a canonical form that was checked. */
  restore(keys: EncodedKeys, sketch: CountMin | null): void {
    this.#encoded = keys;
    this.#sketch = sketch;
    this.#threshold = sketch === null ? Number.MAX_SAFE_INTEGER : keys.largestPriority;
  }

  /** Makes cells of what was decoded, if that has not happened. */
  #open(): void {
    const encoded = this.#encoded;
    if (encoded === null) return;
    this.#encoded = null;
    encoded.forEach((key, keys) => {
      const cell = new KeyCell();
      cell.mergeEncoded(key);
      this.#cells.set(keys.textOf(key), cell);
    });
  }

  #mergeEncoded(key: EncodedKey, keys: EncodedKeys): void {
    if (this.#sketch !== null) {
      if (key.count === 0 && key.priority > this.#threshold) return; // no cell has a priority above it
      key.durations.clear();
    }
    const text = keys.textOf(key);
    const mine = this.#cells.get(text) ?? this.#insert(text, key.priority);
    if (mine !== null) mine.mergeEncoded(key);
    else this.#addToSketch(text, key);
  }

  #addTo(cell: KeyCell, occurrence: Occurrence): void {
    cell.add(occurrence);
    if (this.#sketch === null) cell.addDuration(occurrence.durationUs);
  }

  #addNew(key: ByteString, occurrence: Occurrence): void {
    const cell = this.#insert(detachedKey(key), occurrence.priority);
    if (cell !== null) this.#addTo(cell, occurrence);
    if (cell !== null && this.distinct === null) return;
    const hash = hash53(hash64(key));
    this.distinct?.add(hash);
    if (cell === null) this.#overflow().add(hash, { count: 1, errors: occurrence.errors, bytes: occurrence.bytes });
  }

  /** Makes a cell for a key that has none and is kept as it is; null where its priority is too large. */
  #insert(key: ByteString, priority: number): KeyCell | null {
    if (priority > this.#threshold) return null;
    if (this.#cells.size >= 2 * this.#limits.keys) {
      this.#prune();
      if (priority > this.#threshold) return null;
    }
    const cell = new KeyCell();
    cell.priority = priority;
    this.#cells.set(key, cell);
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
    const kept = new Map<ByteString, KeyCell>();
    for (const [key, cell] of this.#cells) {
      if (cell.priority < last.priority || (cell.priority === last.priority && key <= last.key)) kept.set(key, cell);
      else this.#addToSketch(key, cell);
    }
    this.#cells = kept;
    this.#threshold = last.priority;
  }

  #fold(key: ByteString, cell: KeyCell): void {
    this.#addToSketch(key, cell);
    cell.clear();
  }

  #addToSketch(key: ByteString, totals: KeyTotals): void {
    if (totals.count > 0) this.#overflow().add(hash53(hash64(key)), totals);
  }
}

/** The same as `top`, of keys that are left as they are encoded: only those that may be among the first become objects. */
function topOf(encoded: EncodedKeys, sketch: CountMin | null, size: number): readonly KeyCount[] {
  const maxOvercount = sketch?.maxOvercount() ?? 0;
  const found: KeyCount[] = [];
  let floor = 0; // what a count must exceed, as of equal ones those that come first stand first
  encoded.forEach((key, keys) => {
    if (sketch === null && key.count <= floor) return;
    const text = keys.textOf(key);
    const totals = sketch === null ? key : sketch.read(hash53(hash64(text)));
    if (totals.count <= floor) return;
    const { count, errors, bytes } = totals;
    const durations = sketch === null && key.durations.count > 0 ? Histogram.of(key.durations) : null;
    found.push({ key: text, count, errors, bytes, durations, exact: sketch === null, maxOvercount });
    if (found.length < 2 * size + SPARE_KEYS) return;
    found.sort(byCount).length = size;
    floor = found.at(-1)?.count ?? Infinity;
  });
  return found.sort(byCount).slice(0, size);
}

/** So many are collected at least before the first are chosen. */
const SPARE_KEYS = 64;

function byCount(a: KeyCount, b: KeyCount): number {
  return b.count - a.count || (a.key < b.key ? -1 : 1);
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
