/** Makes the report of `summary` out of what the store keeps: the contract of `analyze --json`, over history. */
import { BYTE_CLASSES } from '../domain/account.js';
import { decodeText } from '../domain/byte-string.js';
import { LEVELS } from '../domain/log-entry.js';
import type { Folding } from '../domain/plan.js';
import { bytesIn, type CounterName, type Counts } from '../domain/store/counts.js';
import { WIDTH_MS } from '../domain/store/resolutions.js';
import { reportDurations } from './build-report.js';
import type { HistoryWindows } from './history-windows.js';
import type { KeySums } from './key-sums.js';
import { reportKey } from './report-key.js';
import type { CoverageReport, FileReport, SummaryReport, TopKeyReport } from './summary-report.js';
import { byCount } from './window-keys.js';

/** What a report of history is made of. */
export interface HistoryParts {
  readonly windows: HistoryWindows;
  /** What was asked for, such as `15m`; null for all that is kept. */
  readonly last: string | null;
  /** Epoch ms. */
  readonly nowAt: number;
  /** Over all sources, since the state began. */
  readonly counts: Counts;
  /** Places at which bytes were never counted. */
  readonly gaps: number;
  /** In byte order of their paths; for a report of all that is kept only. */
  readonly files: readonly FileReport[];
  readonly omittedFiles: number;
  readonly timezone: string;
  readonly folding: Folding;
  /** Keys of a list. */
  readonly topCount: number;
}

/** Dimensions that a report shows as maps, not as lists of keys. */
const OF_MAPS: readonly string[] = ['level', 'status'];

/**
 * With `last` lines are those that state a time within the span. Without it they are all that were ever read, those without
 * a time included. Coverage is that of all bytes in both, and so is `bytes`: for a span nobody knows them.
 */
export function reportHistory(parts: HistoryParts): SummaryReport {
  const { windows, nowAt, timezone, folding, files } = parts;
  const { requests, errors } = windows.totals();
  const minutes = windows.minutes(nowAt);
  const rows = windows.list();
  const coverage = coverageOf(parts);
  return {
    schema: 'millrace.summary/1',
    files,
    bytes: coverage.bytes,
    ...linesOf(parts),
    ...extentOf(parts),
    timezone,
    levels: levelsOf(windows),
    requests: {
      total: requests,
      perSecond: minutes === 0 ? null : requests / (60 * minutes),
      peakPerSecond: minutes === 0 ? null : Math.max(...rows.map(({ requestsPerSecond }) => requestsPerSecond)),
    },
    errors: { total: errors, perMinute: minutes === 0 ? null : errors / minutes },
    durationMs: reportDurations(windows.durations),
    durationSources: {},
    status: Object.fromEntries(mapOf(windows, 'status').toSorted(([one], [other]) => Number(one) - Number(other))),
    folding,
    ...topOf(parts),
    traffic: { bytes: trafficOf(parts) },
    distinct: {},
    window: { ...widthOf(windows), widened: false, keys: keysOf(windows) },
    windows: rows,
    samples: { malformed: [], quarantined: [], errors: [], slowest: [] },
    reasons: {},
    coverage,
    unreadable: [],
    passedOver: [],
    resources: null,
    history: scopeOf(parts),
  };
}

function scopeOf({ windows, last, omittedFiles }: HistoryParts): NonNullable<SummaryReport['history']> {
  const { fromAt, toAt, resolution } = windows.span;
  return {
    from: new Date(fromAt).toISOString(),
    to: new Date(toAt).toISOString(),
    resolutionSeconds: WIDTH_MS[resolution] / 1000,
    last,
    keysExact: [...windows.keys.values()].every(({ isExact }) => isExact),
    omittedFiles,
  };
}

type Lines = Pick<
  SummaryReport,
  'lines' | 'parsed' | 'malformed' | 'empty' | 'oversize' | 'quarantined' | 'untimed' | 'outOfRange'
>;

function linesOf({ windows, last, counts }: HistoryParts): Lines {
  const { lines } = windows.totals();
  const others = { malformed: 0, empty: 0, oversize: 0, quarantined: 0, untimed: 0, outOfRange: 0 };
  if (last !== null) return { lines, parsed: lines, ...others };
  const of = (name: CounterName): number => counts.get(name) ?? 0;
  const classes = {
    parsed: of('parsedLines'),
    malformed: of('malformedLines'),
    empty: of('emptyLines'),
    oversize: of('oversizeLines'),
    quarantined: of('quarantinedLines'),
  };
  const all = Object.values(classes).reduce((sum, count) => sum + count, 0);
  return { lines: all, ...classes, untimed: of('untimed'), outOfRange: of('outOfRange') };
}

/** As narrow as the windows that were read tell it; the last may not be over yet. */
function extentOf({ windows, nowAt }: HistoryParts): Pick<SummaryReport, 'from' | 'to'> {
  const extent = windows.extent();
  if (extent === null) return { from: null, to: null };
  const { firstAt, endAt } = extent;
  const to = nowAt > firstAt ? Math.min(endAt, nowAt) : endAt;
  return { from: new Date(firstAt).toISOString(), to: new Date(to).toISOString() };
}

function widthOf({ span }: HistoryWindows): { readonly seconds: number; readonly askedSeconds: number } {
  return { seconds: span.widthMs / 1000, askedSeconds: span.widthMs / 1000 };
}

function keysOf({ keys }: HistoryWindows): readonly string[] {
  return [...keys].filter(([, sums]) => sums.lines > 0).map(([dimension]) => dimension);
}

function levelsOf(windows: HistoryWindows): Record<string, number> {
  const rankOf = (name: string): number => (LEVELS as readonly string[]).indexOf(name);
  return Object.fromEntries(mapOf(windows, 'level').toSorted(([one], [other]) => rankOf(one) - rankOf(other)));
}

/** Counts by key of a dimension; nothing where it is not kept. */
function mapOf({ keys }: HistoryWindows, dimension: string): [string, number][] {
  return (keys.get(dimension)?.list() ?? []).map(({ key, count }) => [decodeText(key), count]);
}

function topOf({ windows, topCount }: HistoryParts): Pick<SummaryReport, 'top' | 'other'> {
  const top: Record<string, readonly TopKeyReport[]> = {};
  const other: Record<string, number> = {};
  for (const [dimension, sums] of windows.keys) {
    if (OF_MAPS.includes(dimension) || sums.lines === 0) continue;
    const shown = sums.list().toSorted(byCount).slice(0, topCount);
    top[dimension] = shown.map(reportKey);
    other[dimension] = Math.max(0, sums.lines - shown.reduce((sum, { count }) => sum + count, 0));
  }
  return { top, other };
}

/** Windows count the bytes of answers by key only; every line of an access log has a path and a method. */
function trafficOf({ windows, last, counts }: HistoryParts): number {
  if (last === null) return counts.get('trafficBytes') ?? 0;
  const bytesOf = (sums: KeySums | undefined): number => sums?.bytes ?? 0;
  return Math.max(bytesOf(windows.keys.get('path')), bytesOf(windows.keys.get('method')));
}

function coverageOf({ counts, gaps }: HistoryParts): CoverageReport {
  const bytes = bytesIn(counts);
  const lost = counts.get('abandonedBytes') ?? 0;
  return {
    bytes,
    counted: bytes - lost,
    complete: gaps === 0 && lost === 0,
    chunks: 0,
    retried: 0,
    duplicates: 0,
    split: 0,
    quarantined: counts.get('quarantinedLines') ?? 0,
    abandoned: [],
    bytesByClass: Object.fromEntries(BYTE_CLASSES.map((name) => [name, counts.get(`${name}Bytes`) ?? 0])),
    digest: null,
  };
}
