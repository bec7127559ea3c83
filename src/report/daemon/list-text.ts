/** The lists that commands answer: files, gaps, alerts, workers, help. */
import { formatAmount, formatBytes, formatCount, formatDecimal, formatShare, formatSpan } from '../numbers.js';
import { flow, type Line, span, type Tone, wrap } from '../spans.js';
import { type Column, setTable } from '../table.js';
import { zoneClock } from '../zone-clock.js';
import { instantOf, type Page } from './page.js';
import type { AlertsReport, DoneReport, FilesReport, GapsReport, HelpReport, WorkersReport } from './reports.js';

const FILE_COLUMNS: readonly Column[] = [
  { title: 'file', align: 'left', rank: 0, leastColumns: 16, cut: 'start' },
  { title: 'behind', align: 'right', rank: 0 },
  { title: 'state', align: 'left', rank: 1 },
  { title: 'format', align: 'left', rank: 4 },
  { title: 'size', align: 'right', rank: 3 },
  { title: 'lines', align: 'right', rank: 2 },
  { title: 'malformed', align: 'right', rank: 2 },
];
const FILE_TONES: Readonly<Record<string, Tone>> = { drifting: 'warning', gone: 'quiet', drained: 'quiet' };

export function filesLines({ total, files, omitted }: FilesReport, { columns }: Page): Line[] {
  const rows = files.map(({ path, behind, state, format, size, lines, malformed }) => [
    span(path),
    span(behind === 0 ? '-' : formatBytes(behind), behind === 0 ? 'quiet' : 'warning'),
    span(state, FILE_TONES[state] ?? 'plain'),
    span(format ?? '-'),
    span(formatBytes(size)),
    span(formatCount(lines)),
    span(formatCount(malformed), malformed > 0 ? 'warning' : 'plain'),
  ]);
  if (total === 0) return [[span('no file is followed')]];
  return [...setTable(FILE_COLUMNS, rows, columns), ...omittedLines(omitted, 'file')];
}

const GAP_COLUMNS: readonly Column[] = [
  { title: 'noted', align: 'left', rank: 0 },
  { title: 'file', align: 'left', rank: 0, leastColumns: 16, cut: 'start' },
  { title: 'from byte', align: 'right', rank: 2 },
  { title: 'bytes', align: 'right', rank: 1 },
  { title: 'why', align: 'left', rank: 0, leastColumns: 12 },
];

export function gapsLines({ total, gaps, omitted, timezone }: GapsReport, { columns }: Page): Line[] {
  if (total === 0) return [[span('no gap: every byte that was there is counted')]];
  const clock = zoneClock(timezone);
  const rows = gaps.map(({ notedAt, path, start, end, reason }) => [
    span(instantOf(notedAt, clock)),
    span(path === '' ? '(unknown)' : path),
    span(formatCount(start)),
    span(end === null ? 'unknown' : formatCount(end - start), 'warning'),
    span(reason),
  ]);
  return [...setTable(GAP_COLUMNS, rows, columns), ...omittedLines(omitted, 'gap')];
}

const ALERT_COLUMNS: readonly Column[] = [
  { title: 'alert', align: 'left', rank: 0, leastColumns: 16 },
  { title: 'state', align: 'left', rank: 0 },
  { title: 'since', align: 'left', rank: 1 },
  { title: 'worst', align: 'right', rank: 2 },
  { title: 'key', align: 'left', rank: 0, leastColumns: 8 },
];
const ALERT_TONES: Readonly<Record<string, Tone>> = { firing: 'bad', pending: 'warning', ok: 'quiet' };

export function alertsLines({ total, alerts, omitted, timezone }: AlertsReport, { columns }: Page): Line[] {
  if (total === 0) return [[span('no alert rule is set')]];
  const clock = zoneClock(timezone);
  const rows = alerts.map(({ name, state, since, worst, unit, key }) => [
    span(name),
    span(state, ALERT_TONES[state] ?? 'plain'),
    span(since === null ? '-' : instantOf(since, clock)),
    span(worst === null ? '-' : `${formatDecimal(worst)} ${unit}`.trimEnd()),
    span(key ?? ''),
  ]);
  return [...setTable(ALERT_COLUMNS, rows, columns), ...omittedLines(omitted, 'alert')];
}

const WORKER_COLUMNS: readonly Column[] = [
  { title: 'thread', align: 'left', rank: 0 },
  { title: 'worker', align: 'left', rank: 0 },
  { title: 'for', align: 'right', rank: 1 },
  { title: 'done', align: 'right', rank: 1 },
  { title: 'of', align: 'right', rank: 3 },
  { title: 'file', align: 'left', rank: 0, leastColumns: 12, cut: 'start' },
];

export function workersLines({ workers }: WorkersReport, { columns }: Page): Line[] {
  if (workers.length === 0) return [[span('no thread is up', 'warning')]];
  const rows = workers.map(({ thread, worker, forMs, doneBytes, start, end, path }) => {
    const bytes = (end ?? 0) - (start ?? 0);
    return [
      span(thread ?? 'waits'),
      worker === null ? span('idle', 'quiet') : span(worker),
      span(forMs === null ? '' : formatSpan(forMs)),
      span(doneBytes === null ? '' : formatShare(doneBytes, bytes)),
      span(worker === null ? '' : formatBytes(bytes)),
      span(path ?? ''),
    ];
  });
  return setTable(WORKER_COLUMNS, rows, columns);
}

export function doneLines({ done, needRestart }: DoneReport, { columns }: Page): Line[] {
  const later =
    needRestart.length === 0
      ? []
      : wrap(`in force at the next start only: ${needRestart.join(', ')}`, columns, 'warning');
  return [...wrap(done, columns), ...later];
}

export function helpLines({ commands }: HelpReport, { columns }: Page): Line[] {
  return commands.flatMap(({ name, usage, help }) => {
    const head = flow([[span(name, 'label'), ...(usage === '' ? [] : [span(` ${usage}`, 'quiet')])]], columns);
    return [...head, ...wrap(help, columns - 4).map((line) => [span('    '), ...line])];
  });
}

function omittedLines(omitted: number, noun: string): Line[] {
  return omitted === 0 ? [] : [[span(`and ${formatAmount(omitted, `more ${noun}`)} that did not fit`, 'quiet')]];
}
