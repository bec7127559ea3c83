import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { MAX_TIMESTAMP_MS } from '../log-entry.js';
import { safeSum } from '../safe-sum.js';
import type { Occurrence } from './occurrence.js';
import { SUMMARY_LIMITS } from './limits.js';
import { isLadderStep, ladderWidthMs } from './window-ladder.js';
import { WindowCell } from './window-cell.js';

/** One window as read: `[startMs, startMs + widthMs)`, epoch milliseconds UTC. */
export interface Window {
  readonly startMs: number;
  readonly cell: Readonly<WindowCell>;
}

/**
 * Counts by window of event time, at the finest step of the ladder at which at most `limit` windows are touched. More
 * entries never need a finer step, so widening as soon as a limit is passed ends at the same step in every order.
 */
export class Windows {
  readonly finestMs: number;
  readonly #limit: number;
  #step = 0;
  #widthMs: number;
  /** Windows by their start divided by the width. */
  #cells = new Map<number, WindowCell>();
  #lastStartMs = -1;
  #lastCell: WindowCell | null = null;

  constructor(finestMs: number, limit = SUMMARY_LIMITS.windows) {
    this.finestMs = finestMs;
    this.#limit = limit;
    this.#widthMs = finestMs;
  }

  /** Width in force, a step of the ladder from `finestMs`. */
  get widthMs(): number {
    return this.#widthMs;
  }

  add(timestamp: number, occurrence: Occurrence): void {
    if (this.#lastCell === null || timestamp < this.#lastStartMs || timestamp >= this.#lastStartMs + this.#widthMs) {
      this.#lastCell = this.#cellAt(timestamp);
    }
    this.#lastCell.add(occurrence);
  }

  merge(other: Windows): void {
    this.#widenTo(other.#step);
    const ratio = this.#widthMs / other.#widthMs;
    for (const [index, cell] of other.#cells) this.#cellOf(Math.floor(index / ratio)).merge(cell);
    this.#widen();
  }

  /** Entries in all windows. */
  lines(): number {
    let lines = 0;
    for (const cell of this.#cells.values()) lines = safeSum(lines, cell.lines);
    return lines;
  }

  /** The windows touched, in the order of time. */
  list(): readonly Window[] {
    return this.#sorted().map(([index, cell]) => ({ startMs: index * this.#widthMs, cell }));
  }

  encode(writer: ByteWriter): void {
    writer.varint(this.#step);
    writer.varint(this.#cells.size);
    let previous = -1;
    for (const [index, cell] of this.#sorted()) {
      writer.varint(index - previous - 1);
      cell.encode(writer);
      previous = index;
    }
  }

  static decode(reader: ByteReader, finestMs: number, limit = SUMMARY_LIMITS.windows): Windows {
    const windows = new Windows(finestMs, limit);
    const step = reader.varint(64);
    if (!isLadderStep(finestMs, step)) throw corrupt(`windows cannot be ${step} steps wider`);
    windows.#setStep(step);
    const lastIndex = Math.floor(MAX_TIMESTAMP_MS / windows.#widthMs);
    let previous = -1;
    for (let rest = reader.length(5, limit); rest > 0; rest -= 1) {
      const index = previous + 1 + reader.varint();
      if (index > lastIndex) throw corrupt('a window lies outside 1970-2106');
      windows.#cells.set(index, WindowCell.decode(reader));
      previous = index;
    }
    return windows;
  }

  #sorted(): [number, WindowCell][] {
    return [...this.#cells].sort(([a], [b]) => a - b);
  }

  #cellAt(timestamp: number): WindowCell {
    this.#cellOf(Math.floor(timestamp / this.#widthMs));
    this.#widen();
    const index = Math.floor(timestamp / this.#widthMs); // of the width after widening
    this.#lastStartMs = index * this.#widthMs;
    return this.#cellOf(index);
  }

  #cellOf(index: number): WindowCell {
    let cell = this.#cells.get(index);
    if (cell === undefined) {
      cell = new WindowCell();
      this.#cells.set(index, cell);
    }
    return cell;
  }

  #widen(): void {
    while (this.#cells.size > this.#limit) this.#widenTo(this.#step + 1);
  }

  #widenTo(step: number): void {
    if (step <= this.#step) return;
    const fine = this.#cells;
    const fineMs = this.#widthMs;
    this.#setStep(step);
    const ratio = this.#widthMs / fineMs;
    this.#cells = new Map();
    for (const [index, cell] of fine) this.#cellOf(Math.floor(index / ratio)).merge(cell);
  }

  #setStep(step: number): void {
    this.#step = step;
    this.#widthMs = ladderWidthMs(this.finestMs, step);
    this.#lastCell = null;
  }
}
