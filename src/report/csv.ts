import type { SummaryReport, WindowReport } from './summary-report.js';

type Cell = string | number | null;

/** What a spreadsheet would run as a formula when it stands first (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

const COLUMNS: Readonly<Record<string, (window: WindowReport) => Cell>> = {
  start: ({ start }) => start,
  seconds: ({ seconds }) => seconds,
  lines: ({ lines }) => lines,
  requests: ({ requests }) => requests,
  requestsPerSecond: ({ requestsPerSecond }) => requestsPerSecond,
  errors: ({ errors }) => errors,
  errorsPerMinute: ({ errorsPerMinute }) => errorsPerMinute,
  durationCount: ({ durationMs }) => durationMs?.count ?? null,
  durationMeanMs: ({ durationMs }) => durationMs?.mean ?? null,
  durationMinMs: ({ durationMs }) => durationMs?.min ?? null,
  durationMaxMs: ({ durationMs }) => durationMs?.max ?? null,
  durationP50Ms: ({ durationMs }) => durationMs?.p50 ?? null,
  durationP90Ms: ({ durationMs }) => durationMs?.p90 ?? null,
  durationP95Ms: ({ durationMs }) => durationMs?.p95 ?? null,
  durationP99Ms: ({ durationMs }) => durationMs?.p99 ?? null,
};

/**
 * Renders the windows as CSV, one row each, a header first; a number that is missing is an empty cell. Quoting follows
 * RFC 4180, the ends of lines do not: they are `\n`, because `cut`, `awk` and `join` would keep the RFC's `\r` in the last
 * column, and every reader of CSV takes both.
 */
export function renderWindowsCsv(report: SummaryReport): string {
  const rows = report.windows.map((window) => Object.values(COLUMNS).map((cellOf) => cellOf(window)));
  return [Object.keys(COLUMNS), ...rows].map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

/** Writes one cell. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
