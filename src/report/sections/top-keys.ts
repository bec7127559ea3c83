import { cutEnd } from '../display-width.js';
import { escapeTerminal } from '../escape-terminal.js';
import { formatBytes, formatCount, formatDuration, formatShare } from '../numbers.js';
import type { Line, Span } from '../spans.js';
import { flow, indented, labelled, span, wrap } from '../spans.js';
import type { TopKeyReport } from '../summary-report.js';
import type { Column } from '../table.js';
import { setTable } from '../table.js';
import type { View } from '../view.js';
import { pluralOf } from './counts.js';

/** The keys of a dimension that are shown, and what the rest adds up to. */
interface TopList {
  readonly shown: readonly TopKeyReport[];
  readonly rest: number;
  readonly total: number;
}

const MAX_COMPACT_KEYS = 5;
const MAX_COMPACT_KEY_COLUMNS = 40;
const COUNT_AND_SHARE_COLUMNS = 20;
const INDENT_COLUMNS = 2;
/** A segment of a path that stands for an id, see `foldPath`. */
const FOLDED_SEGMENT = /(?:^|\/):id(?=[./]|$)/;

/** The table of the most frequent paths, with what stands behind them. */
export function pathsSection(view: View): Line[] {
  const list = topList(view, 'path', view.topCount);
  if (list.shown.length === 0) return [];
  const columns = pathColumns(view, list);
  const rows = list.shown.map((top) => columns.map(({ cellOf }) => cellOf(top)));
  const other = columns.map(({ otherCell }) => otherCell ?? span(''));
  const table = setTable(columns, list.rest > 0 ? [...rows, other] : rows, view.widthColumns);
  const noteColumns = view.widthColumns - INDENT_COLUMNS;
  const notes = [...foldingNote(view, list, noteColumns), ...overcountNote(list, noteColumns)];
  return [...table, ...indented(notes, INDENT_COLUMNS)];
}

/** Every other dimension, its most frequent keys in a line or two. */
export function dimensionsSection(view: View): Line[] {
  const dimensions = Object.keys(view.report.top).filter((dimension) => dimension !== 'path');
  const keyColumns = Math.min(MAX_COMPACT_KEY_COLUMNS, view.bodyColumns - COUNT_AND_SHARE_COLUMNS);
  return dimensions.flatMap((dimension) => {
    const list = topList(view, dimension, Math.min(view.topCount, MAX_COMPACT_KEYS));
    if (list.shown.length === 0) return [];
    const items = list.shown.map(({ key, count, exact }) => [
      span(`${cutEnd(escapeTerminal(key), keyColumns)} `),
      ...shareSpans(approximate(count, exact), count, list.total),
    ]);
    if (list.rest > 0) items.push([span('other '), ...shareSpans(formatCount(list.rest), list.rest, list.total)]);
    const lines = [...flow(items, view.bodyColumns), ...overcountNote(list, view.bodyColumns)];
    return labelled(pluralOf(dimension), lines);
  });
}

function topList({ report }: View, dimension: string, limit: number): TopList {
  const all = report.top[dimension] ?? [];
  const other = Object.hasOwn(report.other, dimension) ? (report.other[dimension] ?? 0) : 0;
  const countOf = (list: readonly TopKeyReport[]): number => list.reduce((sum, { count }) => sum + count, 0);
  const shown = all.slice(0, limit);
  const rest = countOf(all.slice(limit)) + other;
  return { shown, rest, total: countOf(shown) + rest };
}

/** A column that knows its cells: of a key, and of the line for all others. */
interface PathColumn extends Column {
  readonly cellOf: (top: TopKeyReport) => Span;
  readonly otherCell?: Span;
}

function pathColumns(view: View, list: TopList): PathColumn[] {
  const isTimed = list.shown.some(({ durationMs }) => durationMs !== null);
  const hasBytes = list.shown.some(({ bytes }) => bytes > 0);
  return [...countColumns(list), ...(isTimed ? durationColumns(view) : []), ...(hasBytes ? [BYTES_COLUMN] : [])];
}

function countColumns({ rest, total }: TopList): PathColumn[] {
  return [
    {
      title: 'paths',
      align: 'left',
      rank: 0,
      leastColumns: 16,
      cellOf: ({ key }) => span(key),
      otherCell: span('other', 'quiet'),
    },
    {
      title: 'count',
      align: 'right',
      rank: 0,
      cellOf: ({ count, exact }) => span(approximate(count, exact)),
      otherCell: span(formatCount(rest), 'quiet'),
    },
    {
      title: 'share',
      align: 'right',
      rank: 3,
      cellOf: ({ count }) => span(formatShare(count, total)),
      otherCell: span(formatShare(rest, total), 'quiet'),
    },
    {
      title: 'errors',
      align: 'right',
      rank: 1,
      cellOf: ({ errors }) => span(formatCount(errors), errors > 0 ? 'bad' : 'plain'),
    },
  ];
}

function durationColumns({ unit }: View): PathColumn[] {
  return [
    {
      title: `mean ${unit.name}`,
      align: 'right',
      rank: 4,
      cellOf: ({ durationMs }) => span(formatDuration(durationMs?.mean ?? null, unit)),
    },
    {
      title: `p95 ${unit.name}`,
      align: 'right',
      rank: 2,
      cellOf: ({ durationMs }) => span(formatDuration(durationMs?.p95 ?? null, unit)),
    },
  ];
}

const BYTES_COLUMN: PathColumn = {
  title: 'bytes',
  align: 'right',
  rank: 5,
  cellOf: ({ bytes }) => span(formatBytes(bytes)),
};

function approximate(count: number, exact: boolean): string {
  return exact ? formatCount(count) : `~${formatCount(count)}`;
}

function shareSpans(amount: string, count: number, total: number): Span[] {
  return [span(amount), span(` (${formatShare(count, total)})`, 'quiet')];
}

function foldingNote({ report }: View, { shown }: TopList, columns: number): Line[] {
  if (report.folding === 'none' || !shown.some(({ key }) => FOLDED_SEGMENT.test(key))) return [];
  return wrap(':id stands for any id; --no-fold-ids counts each path as it is', columns, 'quiet');
}

function overcountNote({ shown }: TopList, columns: number): Line[] {
  const inexact = shown.filter(({ exact }) => !exact);
  if (inexact.length === 0) return [];
  const bound = Math.max(...inexact.map(({ maxOvercount }) => maxOvercount));
  return wrap(`~ counted by a sketch: at most ${formatCount(bound)} too high`, columns, 'quiet');
}
