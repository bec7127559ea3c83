import type { ByteString } from '../byte-string.js';
import type { Dimension } from '../summary/dimensions.js';
import type { Summary } from '../summary/summary.js';
import type { KeyCount } from '../summary/top-keys.js';
import { keysByWindow } from '../summary/windowed-keys.js';
import type { AlertWindow, Figures } from './alert-window.js';

/** The windows of a summary as rules look at them. */
export interface SummaryWindows {
  /** Width in force, which may be wider than the one that was asked for. */
  readonly widthMs: number;
  /** Those that hold lines, in the order of time. Malformed lines have no time, so none are counted here. */
  readonly windows: readonly AlertWindow[];
  /** Dimensions with more keys per window than are counted exactly: no rule can be judged by them. */
  readonly inexact: readonly Dimension[];
}

/** Takes the windows out of a summary, with the keys per window that its plan asked for and that are exact. */
export function summaryWindows({ plan, parts }: Summary): SummaryWindows {
  const { widthMs } = parts.windows;
  const exact = [...parts.windowedKeys].filter(([, table]) => table.isExact);
  const tables = exact.map(([dimension, table]) => [dimension, keysByWindow(table, widthMs / plan.windowMs)] as const);
  const windows = parts.windows.list().map(({ startMs, cell }): AlertWindow => {
    const index = startMs / widthMs;
    const { lines, requests, errors, durations } = cell;
    return {
      index,
      all: { lines, requests, errors, malformed: null, durations },
      keys: new Map(tables.map(([dimension, keys]) => [dimension, figuresOf(keys.get(index) ?? [])])),
    };
  });
  const inexact = [...parts.windowedKeys].flatMap(([dimension, table]) => (table.isExact ? [] : [dimension]));
  return { widthMs, windows, inexact };
}

function figuresOf(keys: readonly KeyCount[]): ReadonlyMap<ByteString, Figures> {
  const sorted = keys.toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  return new Map(
    sorted.map(({ key, count, errors, durations }) => [
      key,
      { lines: count, requests: null, errors, malformed: null, durations },
    ]),
  );
}
