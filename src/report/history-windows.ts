/** Windows as the store keeps them, summed into those that a report shows. */
import { safeSum } from '../domain/safe-sum.js';
import { WIDTH_MS } from '../domain/store/resolutions.js';
import type { WindowCount } from '../domain/store/window-cells.js';
import { Histogram } from '../domain/summary/histogram.js';
import { reportDurations } from './build-report.js';
import type { HistorySpan } from './history-span.js';
import { KeySums } from './key-sums.js';
import type { WindowReport } from './summary-report.js';
import { addLists, type Lists } from './window-keys.js';

const MINUTE_MS = 60_000;

/** One window that is shown. */
interface Cell {
  lines: number;
  requests: number;
  errors: number;
  readonly durations: Histogram;
  readonly top: Lists;
  readonly topErrors: Lists;
}

/** What a window shows of its keys. */
export interface ShownKeys {
  /** Keys of a list; 0 keeps no lists. */
  readonly topCount: number;
}

/** The windows of a span. Rows are added in the order of their starts: first all of `all`, then those of a dimension. */
export class HistoryWindows {
  readonly span: HistorySpan;
  readonly durations = new Histogram();
  /** Keys over the whole span, by dimension. */
  readonly keys = new Map<string, KeySums>();
  readonly #topCount: number;
  readonly #cells = new Map<number, Cell>();
  readonly #touched = new Set<number>();
  #pending: { readonly dimension: string; readonly startMs: number; readonly sums: KeySums } | null = null;

  constructor(span: HistorySpan, { topCount }: ShownKeys) {
    this.span = span;
    this.#topCount = topCount;
  }

  /** Adds rows of all entries. */
  addAll(rows: readonly WindowCount[]): void {
    for (const { startMs, lines, requests, errors, durations } of rows) {
      const cell = this.#cellAt(startMs);
      cell.lines = safeSum(cell.lines, lines);
      cell.requests = safeSum(cell.requests, requests ?? 0);
      cell.errors = safeSum(cell.errors, errors);
      this.#touched.add(startMs);
      if (durations === null) continue;
      cell.durations.merge(durations);
      this.durations.merge(durations);
    }
  }

  /** Adds rows of one dimension. After the last of a dimension `endKeys` has to be called. */
  addKeys(dimension: string, rows: readonly WindowCount[]): void {
    const sums = this.keys.get(dimension) ?? new KeySums();
    this.keys.set(dimension, sums);
    for (const row of rows) {
      sums.add(row);
      if (this.#topCount > 0) this.#pendingAt(dimension, this.#startOf(row.startMs)).add(row);
    }
  }

  endKeys(): void {
    if (this.#pending === null) return;
    const { dimension, startMs, sums } = this.#pending;
    const lists = this.#cells.get(startMs);
    this.#pending = null;
    if (lists === undefined) return;
    addLists(lists, dimension, { keys: sums.list(), topCount: this.#topCount, widthMs: this.span.widthMs });
  }

  /** Sums over all windows. */
  totals(): { readonly lines: number; readonly requests: number; readonly errors: number } {
    const cells = [...this.#cells.values()];
    const sumOf = (numberOf: (cell: Cell) => number): number =>
      cells.reduce((sum, cell) => safeSum(sum, numberOf(cell)), 0);
    return {
      lines: sumOf(({ lines }) => lines),
      requests: sumOf((cell) => cell.requests),
      errors: sumOf((cell) => cell.errors),
    };
  }

  /** Minutes of the windows that were read and are touched, those after `nowAt` left out: at least one where there are any. */
  minutes(nowAt: number): number {
    const width = WIDTH_MS[this.span.resolution];
    const minutes = new Set<number>();
    let wide = 0;
    for (const startMs of this.#touched) {
      if (width <= MINUTE_MS) minutes.add(Math.floor(startMs / MINUTE_MS));
      else wide += Math.ceil(Math.min(width, Math.max(nowAt - startMs, MINUTE_MS)) / MINUTE_MS);
    }
    return minutes.size + wide;
  }

  /** Start of the first touched window that was read and end of the last; null where none is. */
  extent(): { readonly firstAt: number; readonly endAt: number } | null {
    if (this.#touched.size === 0) return null;
    let [firstAt, lastAt] = [Infinity, -Infinity];
    for (const startMs of this.#touched) {
      firstAt = Math.min(firstAt, startMs);
      lastAt = Math.max(lastAt, startMs);
    }
    return { firstAt, endAt: lastAt + WIDTH_MS[this.span.resolution] };
  }

  /** In the order of time. */
  list(): WindowReport[] {
    const seconds = this.span.widthMs / 1000;
    return [...this.#cells]
      .toSorted(([one], [other]) => one - other)
      .map(([startMs, { lines, requests, errors, durations, top, topErrors }]) => ({
        start: new Date(startMs).toISOString(),
        seconds,
        lines,
        requests,
        requestsPerSecond: requests / seconds,
        errors,
        errorsPerMinute: errors / (seconds / 60),
        durationMs: reportDurations(durations),
        top,
        topErrors,
      }));
  }

  #startOf(startMs: number): number {
    return Math.floor(startMs / this.span.widthMs) * this.span.widthMs;
  }

  #cellAt(startMs: number): Cell {
    const start = this.#startOf(startMs);
    const known = this.#cells.get(start);
    if (known !== undefined) return known;
    const cell: Cell = { lines: 0, requests: 0, errors: 0, durations: new Histogram(), top: {}, topErrors: {} };
    this.#cells.set(start, cell);
    return cell;
  }

  /** The keys of one window at a time, as rows come in order: memory does not grow with the number of windows. */
  #pendingAt(dimension: string, startMs: number): KeySums {
    if (this.#pending?.startMs === startMs && this.#pending.dimension === dimension) return this.#pending.sums;
    this.endKeys();
    this.#pending = { dimension, startMs, sums: new KeySums() };
    return this.#pending.sums;
  }
}
