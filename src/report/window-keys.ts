/** The keys of each window, of the dimensions of which the plan asks for them. */
import type { KeyCount } from '../domain/summary/top-keys.js';
import type { Summary } from '../domain/summary/summary.js';
import type { WindowCell } from '../domain/summary/window-cell.js';
import { keysByWindow } from '../domain/summary/windowed-keys.js';
import { reportKey } from './report-key.js';
import type { WindowKeyReport, WindowReport } from './summary-report.js';

/** The lists of keys of one window. */
export type WindowKeys = Pick<WindowReport, 'top' | 'topErrors'>;

/** By dimension. */
export type Lists = Record<string, readonly WindowKeyReport[]>;

/** Prepares the keys of a summary, of which each window shows `topCount`; then tells those of a window by its start. */
export function windowKeys(
  { plan, parts }: Summary,
  topCount: number,
): (startMs: number, cell: WindowCell) => WindowKeys {
  const { widthMs } = parts.windows;
  const ratio = widthMs / plan.windowMs;
  const tables = [...parts.windowedKeys].map(([dimension, table]) => [dimension, keysByWindow(table, ratio)] as const);
  return (startMs, cell) => {
    const top: Lists = {};
    const topErrors: Lists = {};
    for (const [dimension, windows] of tables) {
      const keys = (windows.get(startMs / widthMs) ?? []).map((key) => bounded(key, cell));
      addLists({ top, topErrors }, dimension, { keys, topCount, widthMs });
    }
    return { top, topErrors };
  };
}

/** Keys of one window of a width, of which the lists show so many. */
export interface KeysOfWindow {
  readonly keys: readonly KeyCount[];
  readonly topCount: number;
  readonly widthMs: number;
}

/** Adds the lists of one dimension to those of a window; none where it has no keys. */
export function addLists(
  { top, topErrors }: { readonly top: Lists; readonly topErrors: Lists },
  dimension: string,
  { keys, topCount, widthMs }: KeysOfWindow,
): void {
  if (keys.length === 0) return;
  const list = (chosen: readonly KeyCount[]): WindowKeyReport[] =>
    chosen.slice(0, topCount).map((key) => reportWindowKey(key, widthMs));
  top[dimension] = list(keys.toSorted(byCount));
  const failed = keys.filter(({ errors }) => errors > 0);
  if (failed.length > 0) topErrors[dimension] = list(failed.toSorted(byErrors));
}

/** A sketch may tell more of a key than the whole window has. */
function bounded(key: KeyCount, { lines, errors }: WindowCell): KeyCount {
  if (key.exact) return key;
  const count = Math.min(key.count, lines);
  return { ...key, count, errors: Math.min(key.errors, errors, count) };
}

/** The most frequent first, equal counts in the order of their keys. */
export function byCount(a: KeyCount, b: KeyCount): number {
  return b.count - a.count || (a.key < b.key ? -1 : 1);
}

function byErrors(a: KeyCount, b: KeyCount): number {
  return b.errors - a.errors || byCount(a, b);
}

function reportWindowKey(key: KeyCount, widthMs: number): WindowKeyReport {
  return { ...reportKey(key), errorsPerMinute: key.errors / (widthMs / 60_000) };
}
