import type { DurationUnit } from './numbers.js';
import { pickDurationUnit } from './numbers.js';
import type { Line } from './spans.js';
import { LABEL_COLUMNS } from './spans.js';
import type { SummaryReport } from './summary-report.js';
import type { ZoneClock } from './zone-clock.js';
import { zoneClock } from './zone-clock.js';

/** How a text report is to look. */
export interface TextOptions {
  readonly widthColumns: number;
  readonly useColor: boolean;
  /** Rows of the table of paths; 10 where absent. */
  readonly topCount?: number;
}

/** A report with what every section needs to show it. Made once per rendering. */
export interface View {
  readonly report: SummaryReport;
  readonly clock: ZoneClock;
  readonly unit: DurationUnit;
  readonly topCount: number;
  /** Columns of a line, and of what stands right of the labels. */
  readonly widthColumns: number;
  readonly bodyColumns: number;
}

/** One part of the text report; no lines where it has nothing to tell. */
export type Section = (view: View) => readonly Line[];

const DEFAULT_WIDTH_COLUMNS = 80;
const LEAST_WIDTH_COLUMNS = 40;
const MOST_WIDTH_COLUMNS = 1000;
const DEFAULT_TOP_COUNT = 10;

/** Makes the view of a report. A layout is never narrower than 40 columns; what does not fit is cut when printed. */
export function viewOf(report: SummaryReport, options: TextOptions): View {
  const widthColumns = Math.max(printedColumns(options), LEAST_WIDTH_COLUMNS);
  return {
    report,
    clock: zoneClock(report.timezone),
    unit: pickDurationUnit(report.durationMs),
    topCount: Math.max(0, options.topCount ?? DEFAULT_TOP_COUNT),
    widthColumns,
    bodyColumns: widthColumns - LABEL_COLUMNS,
  };
}

/** Columns that a line may take; 80 where a terminal tells no width, as some do with 0. */
export function printedColumns({ widthColumns }: TextOptions): number {
  return widthColumns >= 1 ? Math.min(Math.floor(widthColumns), MOST_WIDTH_COLUMNS) : DEFAULT_WIDTH_COLUMNS;
}

/** Adds up the numbers of a map. */
export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Entries of a map that count something, the largest first. */
export function largestFirst(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one);
}
