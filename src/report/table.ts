import { cutEnd, cutStart, displayWidth } from './display-width.js';
import { span } from './spans.js';
import type { Line, Span } from './spans.js';

/** A column of a table: how it is set, and what happens to it when room is short. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** The column goes when room is short, the largest rank first; 0 stays always. */
  readonly rank: number;
  /** Columns of the terminal to which this one may shrink; absent, it keeps its width. */
  readonly leastColumns?: number;
  /** Which end of a text is cut that does not fit; `end` where absent. */
  readonly cut?: 'start' | 'end';
}

/** A column with its cells and the width it got. */
interface Strip {
  readonly column: Column;
  readonly cells: readonly Span[];
  readonly width: number;
}

const GAP_COLUMNS = 2;
const GAP = span(' '.repeat(GAP_COLUMNS));

/** Sets a table with a line of titles, as wide as its content but within `columns`. Nothing where there are no rows. */
export function setTable(columns: readonly Column[], rows: readonly (readonly Span[])[], widthColumns: number): Line[] {
  if (rows.length === 0) return [];
  const strips = fitStrips(
    columns.map((column, index) => naturalStrip(column, index, rows, widthColumns)),
    widthColumns,
  );
  const titles = strips.map(({ column }, index) => span(column.title, index === 0 ? 'label' : 'quiet'));
  const lines = rows.map((_, row) => strips.map(({ cells }) => cells[row] ?? span('')));
  return [titles, ...lines].map((cells) => setLine(cells, strips));
}

function naturalStrip(column: Column, index: number, rows: readonly (readonly Span[])[], widthColumns: number): Strip {
  const cells = rows.map((row) => row[index] ?? span(''));
  const width = Math.max(displayWidth(column.title), ...cells.map(({ text }) => displayWidth(text)));
  return { column, cells, width: Math.min(width, widthColumns) };
}

function fitStrips(strips: readonly Strip[], widthColumns: number): readonly Strip[] {
  const highest = Math.max(...strips.map(({ column }) => column.rank));
  const least = strips.map((strip) => ({ ...strip, width: leastWidth(strip) }));
  if (totalWidth(least) <= widthColumns || highest === 0) return shrink(strips, totalWidth(strips) - widthColumns);
  return fitStrips(
    strips.filter(({ column }) => column.rank < highest),
    widthColumns,
  );
}

/** Takes `excess` columns away, from the widest column that may shrink first. */
function shrink(strips: readonly Strip[], excess: number): readonly Strip[] {
  const elastic = strips.filter((strip) => strip.width > leastWidth(strip));
  if (excess <= 0 || elastic.length === 0) return strips;
  const widest = elastic.reduce((best, strip) => (strip.width > best.width ? strip : best));
  const others = elastic.filter((strip) => strip !== widest).map(({ width }) => width);
  const target = Math.max(
    leastWidth(widest),
    Math.min(widest.width - 1, Math.max(0, ...others)),
    widest.width - excess,
  );
  const smaller = strips.map((strip) => (strip === widest ? { ...strip, width: target } : strip));
  return shrink(smaller, excess - (widest.width - target));
}

function leastWidth({ column, width }: Strip): number {
  return Math.min(width, column.leastColumns ?? width);
}

function totalWidth(strips: readonly Strip[]): number {
  return strips.reduce((sum, { width }) => sum + width, GAP_COLUMNS * (strips.length - 1));
}

function setLine(cells: Line, strips: readonly Strip[]): Line {
  return strips.flatMap((strip, index) => {
    const cell = setCell(cells[index] ?? span(''), strip);
    return index === 0 ? cell : [GAP, ...cell];
  });
}

function setCell({ text, tone }: Span, { column, width }: Strip): Span[] {
  const cut = (column.cut === 'start' ? cutStart : cutEnd)(text, width);
  const padding = span(' '.repeat(width - displayWidth(cut)));
  return column.align === 'right' ? [padding, { text: cut, tone }] : [{ text: cut, tone }, padding];
}
