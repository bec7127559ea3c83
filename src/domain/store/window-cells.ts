import type { ByteString } from '../byte-string.js';
import { safeSum } from '../safe-sum.js';
import type { Dimension } from '../summary/dimensions.js';
import { Histogram } from '../summary/histogram.js';
import type { Summary } from '../summary/summary.js';
import type { KeyCount } from '../summary/top-keys.js';
import { keysByWindow } from '../summary/windowed-keys.js';
import type { Window } from '../summary/windows.js';
import { WIDTH_MS } from './resolutions.js';

/** What is counted in one window for all entries (`dimension` is `all`, `key` empty) or for those of one key. */
export interface WindowCount {
  /** Epoch ms UTC, a multiple of the width. */
  readonly startMs: number;
  readonly dimension: Dimension | 'all';
  readonly key: ByteString;
  readonly lines: number;
  /** Null for a key: tables of keys do not count them. */
  readonly requests: number | null;
  readonly errors: number;
  /** Bytes that access logs report; null for all entries: windows do not count them. */
  readonly bytes: number | null;
  /** By how much `lines` may be too high; 0 where exact. */
  readonly overcount: number;
  /** Null where no entry carried a duration, and for keys that are not exact. */
  readonly durations: Histogram | null;
}

/** The windows of one chunk, all of one width, in ms. */
export interface WindowCounts {
  readonly widthMs: number;
  readonly cells: readonly WindowCount[];
}

/** Keys of a dimension that a chunk adds to a window, those of most lines; the others are summed under the empty key. */
export const MAX_WINDOW_KEYS = 64;

export const NO_WINDOWS: WindowCounts = { widthMs: WIDTH_MS['10s'], cells: [] };

/**
 * The cells that the summary of a chunk adds to history. Its plan has windows of 10 s. Where it touches so many that
 * they widened they only fit into hours, which is as good for what is older than `fineFromAt` (epoch ms), from where on
 * finer windows are kept. Null where they are too wide for what they hold: the chunk has to be cut, and scanned in parts.
 */
export function windowCountsOf({ plan, parts }: Summary, fineFromAt: number): WindowCounts | null {
  const { widthMs } = parts.windows;
  const lastAt = parts.totals.lastAt ?? 0;
  if (WIDTH_MS['1h'] % widthMs !== 0) return null;
  if (widthMs > WIDTH_MS['10s'] && lastAt >= fineFromAt) return null;
  const windows = parts.windows.list();
  const cells = windows.map(cellOfAll);
  const byStart = new Map(windows.map((window) => [window.startMs, window]));
  for (const [dimension, table] of parts.windowedKeys) {
    for (const [index, keys] of keysByWindow(table, widthMs / plan.windowMs)) {
      const window = byStart.get(index * widthMs);
      if (window !== undefined) cells.push(...capped(keys.map((key) => cellOfKey(dimension, key, window))));
    }
  }
  return { widthMs, cells };
}

function cellOfAll({ startMs, cell }: Window): WindowCount {
  const { lines, requests, errors, durations } = cell;
  return { startMs, dimension: 'all', key: '', lines, requests, errors, bytes: null, overcount: 0, durations };
}

/** A count that was read from a sketch may be too high, but never above what the whole window holds. */
function cellOfKey(dimension: Dimension, key: KeyCount, { startMs, cell }: Window): WindowCount {
  const lines = Math.min(key.count, cell.lines);
  const errors = Math.min(key.errors, cell.errors, lines);
  const { bytes, durations } = key;
  const overcount = Math.min(key.maxOvercount, lines);
  return { startMs, dimension, key: key.key, lines, requests: null, errors, bytes, overcount, durations };
}

function capped(cells: readonly WindowCount[]): readonly WindowCount[] {
  if (cells.length <= MAX_WINDOW_KEYS) return cells;
  const sorted = cells.toSorted(byLines);
  return [...sorted.slice(0, MAX_WINDOW_KEYS), sumOfRest(sorted.slice(MAX_WINDOW_KEYS))];
}

/** Most lines first, then in the order of their bytes. */
function byLines(a: WindowCount, b: WindowCount): number {
  return b.lines - a.lines || (a.key < b.key ? -1 : Number(a.key > b.key));
}

function sumOfRest(cells: readonly WindowCount[]): WindowCount {
  const durations = new Histogram();
  for (const cell of cells) if (cell.durations !== null) durations.merge(cell.durations);
  return cells.reduce((sum, cell) => ({
    ...sum,
    lines: safeSum(sum.lines, cell.lines),
    errors: safeSum(sum.errors, cell.errors),
    bytes: safeSum(sum.bytes ?? 0, cell.bytes ?? 0),
    overcount: safeSum(sum.overcount, cell.overcount),
    durations: durations.count === 0 ? null : durations,
    key: '',
  }));
}
