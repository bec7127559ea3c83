import { LABEL_COLUMNS } from '../spans.js';
import { printedColumns, type TextOptions } from '../view.js';
import type { ZoneClock } from '../zone-clock.js';

const LEAST_COLUMNS = 40;

/** Room for an answer: all columns, and those right of the labels. */
export interface Page {
  readonly columns: number;
  readonly bodyColumns: number;
}

export function pageOf(options: TextOptions): Page {
  const columns = Math.max(printedColumns(options), LEAST_COLUMNS);
  return { columns, bodyColumns: columns - LABEL_COLUMNS };
}

/** `2024-01-24 10:15:32` of an instant in ISO 8601. */
export function instantOf(iso: string, clock: ZoneClock): string {
  const at = Date.parse(iso);
  return `${clock.date(at)} ${clock.time(at)}`;
}
