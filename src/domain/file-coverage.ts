import type { ByteRange } from './chunk.js';
import { IntervalSet } from './interval-set.js';

/** The ledger of one file as plain data. */
export interface FileCoverageState {
  readonly file: number;
  /** Null for a stream that has not ended. */
  readonly sizeBytes: number | null;
  /** Assigned ranges that were merged or abandoned. */
  readonly settled: readonly ByteRange[];
  /** Ranges that were split and are not wholly settled. */
  readonly split: readonly ByteRange[];
  /** Bytes that were read by merged chunks. */
  readonly read: readonly ByteRange[];
  /** Bytes that merged chunks read, counted as often as they were read. */
  readonly countedBytes: number;
}

/**
 * Ledger of one file. An assigned range may be settled once, and only if it is still whole: a range that was split is
 * taken, and so is every range that holds a split one or crosses its border; ranges strictly inside it are not.
 */
export class FileCoverage {
  readonly file: number;
  sizeBytes: number | null;
  readonly #settled: IntervalSet;
  #split: readonly ByteRange[];
  readonly #read: IntervalSet;
  #countedBytes: number;

  constructor(state: FileCoverageState) {
    this.file = state.file;
    this.sizeBytes = state.sizeBytes;
    this.#settled = new IntervalSet(state.settled);
    this.#split = [...state.split];
    this.#read = new IntervalSet(state.read);
    this.#countedBytes = state.countedBytes;
  }

  get countedBytes(): number {
    return this.#countedBytes;
  }

  /** Tells whether any byte of an assigned range was settled, or given to parts of it, before. */
  isTaken(range: ByteRange): boolean {
    return this.#settled.overlaps(range) || this.#split.some((split) => meets(split, range) && !isPart(range, split));
  }

  settle(range: ByteRange): void {
    this.#settled.add(range);
    this.#split = this.#split.filter((split) => !this.#settled.covers(split));
  }

  /** Splits a range that is not taken. A split range that holds it says no more than it does and is forgotten. */
  split(range: ByteRange): void {
    this.#split = [...this.#split.filter((split) => !isPart(range, split)), range];
  }

  addRead(range: ByteRange): void {
    this.#read.add(range);
    this.#countedBytes += range.end - range.start;
  }

  /** Ranges of the file that were not read; null while its size is not known. */
  missing(): readonly ByteRange[] | null {
    return this.sizeBytes === null ? null : this.#read.gaps({ start: 0, end: this.sizeBytes });
  }

  /** Tells whether what was read abuts exactly: each byte of the file once and none beyond it. */
  isComplete(): boolean {
    return this.missing()?.length === 0 && this.#countedBytes === this.sizeBytes;
  }

  state(): FileCoverageState {
    return {
      file: this.file,
      sizeBytes: this.sizeBytes,
      settled: this.#settled.list(),
      split: [...this.#split],
      read: this.#read.list(),
      countedBytes: this.#countedBytes,
    };
  }
}

function meets(a: ByteRange, b: ByteRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Tells whether a range lies inside another and is not all of it. */
function isPart(range: ByteRange, whole: ByteRange): boolean {
  return range.start >= whole.start && range.end <= whole.end && range.end - range.start < whole.end - whole.start;
}
