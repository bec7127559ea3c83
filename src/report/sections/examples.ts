import { formatDuration } from '../numbers.js';
import type { Line } from '../spans.js';
import { span } from '../spans.js';
import type { ErrorSampleReport } from '../summary-report.js';
import type { Column } from '../table.js';
import { setTable } from '../table.js';
import type { View } from '../view.js';

/** The report as JSON has some more. */
const MAX_ERRORS_PER_KIND = 2;
const MAX_SLOWEST = 3;
const BYTE: Column = { title: 'byte', align: 'right', rank: 0 };
const TEXT: Column = { title: 'text', align: 'left', rank: 0, leastColumns: 12 };

/** Where the first errors of each kind stand. Offsets are bare digits: they get copied. */
export function firstErrorsSection({ report, widthColumns }: View): Line[] {
  const columns: readonly Column[] = [
    fileColumn('first errors'),
    BYTE,
    { title: 'kind', align: 'left', rank: 1 },
    TEXT,
  ];
  const rows = report.samples.errors
    .filter(isShown)
    .map(({ file, offset, kind, text }) => [span(file), span(String(offset)), span(kind, 'bad'), span(text, 'quiet')]);
  return setTable(columns, rows, widthColumns);
}

/** Where the slowest entries stand, with their durations in the unit of the report. */
export function slowestSection({ report, unit, widthColumns }: View): Line[] {
  const columns: readonly Column[] = [fileColumn('slowest'), BYTE, { title: unit.name, align: 'right', rank: 0 }, TEXT];
  const rows = report.samples.slowest
    .slice(0, MAX_SLOWEST)
    .map(({ file, offset, durationMs, text }) => [
      span(file),
      span(String(offset)),
      span(formatDuration(durationMs, unit)),
      span(text, 'quiet'),
    ]);
  return setTable(columns, rows, widthColumns);
}

function fileColumn(title: string): Column {
  return { title, align: 'left', rank: 0, leastColumns: title.length, cut: 'start' };
}

function isShown({ kind }: ErrorSampleReport, index: number, errors: readonly ErrorSampleReport[]): boolean {
  return errors.slice(0, index).filter((other) => other.kind === kind).length < MAX_ERRORS_PER_KIND;
}
