/** The table of `windows`, the newest last, as logs are read. */
import {
  formatAmount,
  formatCount,
  formatDuration,
  formatRate,
  formatWindowWidth,
  pickDurationUnit,
} from '../numbers.js';
import { flow, type Line, span } from '../spans.js';
import type { WindowReport } from '../summary-report.js';
import { type Column, setTable } from '../table.js';
import { zoneClock } from '../zone-clock.js';
import { instantOf, type Page } from './page.js';
import type { WindowsReport } from './reports.js';

/** Keys of a window that are shown. */
const MAX_KEYS = 3;

export function windowsLines(report: WindowsReport, { columns }: Page): Line[] {
  const { windows, by, timezone, from, to, seconds, omitted } = report;
  const clock = zoneClock(timezone);
  const title = [
    [span(`${instantOf(from, clock)} → ${instantOf(to, clock)} ${clock.zone}`, 'strong')],
    [span(`${formatAmount(windows.length, 'window')} of ${formatWindowWidth(seconds)} with lines`)],
    ...(omitted > 0 ? [[span(`${formatCount(omitted)} older ones did not fit`, 'warning')]] : []),
  ];
  const unit = pickDurationUnit(slowestOf(windows));
  const used: readonly Column[] = [
    { title: 'window', align: 'left', rank: 0 },
    { title: 'lines', align: 'right', rank: 2 },
    { title: 'req/s', align: 'right', rank: 1 },
    { title: 'errors', align: 'right', rank: 0 },
    { title: 'err/min', align: 'right', rank: 2 },
    { title: `p50 ${unit.name}`, align: 'right', rank: 3 },
    { title: `p95 ${unit.name}`, align: 'right', rank: 1 },
    ...(by === null ? [] : [{ title: by, align: 'left', rank: 0, leastColumns: 16 } as const]),
  ];
  const rows = windows.map((window) => [
    span(instantOf(window.start, clock)),
    span(formatCount(window.lines)),
    span(formatRate(window.requestsPerSecond)),
    span(formatCount(window.errors), window.errors > 0 ? 'bad' : 'plain'),
    span(formatRate(window.errorsPerMinute)),
    span(formatDuration(window.durationMs?.p50 ?? null, unit)),
    span(formatDuration(window.durationMs?.p95 ?? null, unit)),
    ...(by === null ? [] : [span(keysOf(window, by))]),
  ]);
  return [...flow(title, columns), ...setTable(used, rows, columns)];
}

function slowestOf(windows: readonly WindowReport[]): WindowReport['durationMs'] {
  const known = windows.flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]));
  return known.reduce<WindowReport['durationMs']>(
    (slowest, one) => (one.p95 > (slowest?.p95 ?? 0) ? one : slowest),
    null,
  );
}

/** Those with most errors, or the most frequent where none has any. */
function keysOf({ top, topErrors }: WindowReport, by: string): string {
  const failed = topErrors[by] ?? [];
  const shown = failed.length > 0 ? failed : (top[by] ?? []);
  return shown
    .slice(0, MAX_KEYS)
    .map(({ key, count, errors }) => (failed.length > 0 ? `${key} ${errors} of ${count}` : `${key} ${count}`))
    .join(', ');
}
