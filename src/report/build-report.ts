/** Fills the JSON contract from the merged values of a job. */
import { LEVELS } from '../domain/log-entry.js';
import { HISTOGRAM_RELATIVE_ERROR } from '../domain/summary/buckets.js';
import { DISTINCT_DIMENSIONS, TOP_DIMENSIONS } from '../domain/summary/dimensions.js';
import type { Histogram } from '../domain/summary/histogram.js';
import type { Summary } from '../domain/summary/summary.js';
import type { Window } from '../domain/summary/windows.js';
import { reportKey } from './report-key.js';
import type { DurationReport, SummaryReport, TopKeyReport, WindowReport } from './summary-report.js';
import { windowKeys, type WindowKeys } from './window-keys.js';

/** The part of the report that the merged summary alone decides. */
export type SummaryPart = Pick<
  SummaryReport,
  | 'from'
  | 'to'
  | 'untimed'
  | 'outOfRange'
  | 'levels'
  | 'requests'
  | 'errors'
  | 'durationMs'
  | 'durationSources'
  | 'status'
  | 'folding'
  | 'top'
  | 'other'
  | 'traffic'
  | 'distinct'
  | 'window'
  | 'windows'
>;

/** Reads a merged summary; top lists hold `topCount` keys. */
export function reportSummary(summary: Summary, topCount: number): SummaryPart {
  const { totals, levels, statuses, durations, durationSources, windows, minutes } = summary.parts;
  const keysOf = windowKeys(summary, topCount);
  const rows = windows.list().map((window) => {
    return { ...reportWindow(window, windows.widthMs), ...keysOf(window.startMs, window.cell) };
  });
  const isTimed = minutes.count > 0;
  return {
    from: isoOf(totals.firstAt),
    to: isoOf(totals.lastAt),
    untimed: totals.untimed,
    outOfRange: totals.outOfRange,
    levels: Object.fromEntries(levels.entries().map(([index, count]) => [LEVELS[index] ?? index, count])),
    requests: {
      total: totals.requests,
      perSecond: isTimed ? totals.requests / (60 * minutes.count) : null,
      peakPerSecond: isTimed ? Math.max(...rows.map((row) => row.requestsPerSecond)) : null,
    },
    errors: { total: totals.errors, perMinute: isTimed ? totals.errors / minutes.count : null },
    durationMs: reportDurations(durations),
    durationSources: Object.fromEntries(durationSources.entries()),
    status: Object.fromEntries(statuses.entries().map(([code, count]) => [String(code), count])),
    folding: summary.plan.folding,
    ...reportDimensions(summary, topCount),
    traffic: { bytes: totals.trafficBytes },
    window: {
      seconds: windows.widthMs / 1000,
      askedSeconds: summary.plan.windowMs / 1000,
      widened: windows.widthMs > summary.plan.windowMs,
      keys: [...summary.parts.windowedKeys.keys()],
    },
    windows: rows,
  };
}

function reportDimensions({ parts }: Summary, topCount: number): Pick<SummaryReport, 'top' | 'other' | 'distinct'> {
  const top: Record<string, readonly TopKeyReport[]> = {};
  const other: Record<string, number> = {};
  const distinct: Record<string, { estimate: number; relativeError: number }> = {};
  for (const dimension of TOP_DIMENSIONS) {
    const keys = parts.dimensions[dimension];
    const total = keys.total();
    if (total === 0) continue;
    const shown = keys.top(topCount);
    top[dimension] = shown.map(reportKey);
    other[dimension] = Math.max(0, total - shown.reduce((sum, { count }) => sum + count, 0));
    if (keys.distinct === null || !DISTINCT_DIMENSIONS.includes(dimension)) continue;
    distinct[dimension] = { estimate: keys.distinct.estimate(), relativeError: keys.distinct.relativeError() };
  }
  return { top, other, distinct };
}

function reportWindow({ startMs, cell }: Window, widthMs: number): Omit<WindowReport, keyof WindowKeys> {
  return {
    start: new Date(startMs).toISOString(),
    seconds: widthMs / 1000,
    lines: cell.lines,
    requests: cell.requests,
    requestsPerSecond: cell.requests / (widthMs / 1000),
    errors: cell.errors,
    errorsPerMinute: cell.errors / (widthMs / 60_000),
    durationMs: cell.durations === null ? null : reportDurations(cell.durations),
  };
}

/** Reads a histogram of microseconds; null where it is empty. */
export function reportDurations(durations: Histogram): DurationReport | null {
  if (durations.isEmpty) return null;
  const quantileMs = (q: number): number => durations.quantile(q) / 1000;
  return {
    count: durations.count,
    mean: durations.mean / 1000,
    min: durations.min / 1000,
    max: durations.max / 1000,
    p50: quantileMs(0.5),
    p90: quantileMs(0.9),
    p95: quantileMs(0.95),
    p99: quantileMs(0.99),
    relativeError: HISTOGRAM_RELATIVE_ERROR,
  };
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
