import { displayWidth } from '../display-width.js';
import { formatAmount, formatCount, formatDuration, formatRate, formatWindowWidth } from '../numbers.js';
import type { Line, Tone } from '../spans.js';
import { flow, labelled, span, wrap } from '../spans.js';
import type { WindowReport } from '../summary-report.js';
import type { View } from '../view.js';
import type { TimeGrid } from './time-grid.js';
import { columnOf, fitGrid, gridColumns, timeGrid } from './time-grid.js';

/** One row of the plot: what it shows of a window, and how its maximum is written. */
interface Series {
  readonly label: string;
  readonly tone: Tone;
  readonly valueOf: (window: WindowReport) => number | null;
  readonly format: (value: number) => string;
}

/** Writes an instant of the plot. */
type TimeLabel = (instantAt: number) => string;

/** Most windows that a report keeps before they widen (docs/semantics.md, windows). */
const MAX_WINDOWS = 2048;
const BLOCKS = '▁▂▃▄▅▆▇█';
const DAY_SECONDS = 86_400;
const ZERO = '·';
const BLANK = ' ';
/** From this width on a row also says when its maximum was. */
const WIDE_COLUMNS = 72;

/** The windows as a small plot over time. One window is no plot; its numbers are the headline's. */
export function timelineSection(view: View): Line[] {
  const { report, bodyColumns } = view;
  const windows = report.windows.filter(({ start }) => !Number.isNaN(Date.parse(start)));
  const series = seriesOf(view).filter(({ valueOf }) => windows.some((window) => (valueOf(window) ?? 0) > 0));
  const wholeGrid = timeGrid(windows, report.window.seconds);
  if (wholeGrid === null || series.length === 0) return widenedNote(view);
  const label = timeLabel(view, wholeGrid);
  const maxima = series.map((row) => maximumOf(row, windows, view.widthColumns < WIDE_COLUMNS ? null : label));
  const grid = fitGrid(wholeGrid, bodyColumns - 2 - Math.max(...maxima.map((text) => displayWidth(text))));
  const rows = series.map((row, index) => [
    span(plot(row, windows, grid), row.tone),
    span(`  ${maxima[index] ?? ''}`, 'quiet'),
  ]);
  const labels = series.map(({ label }) => label);
  return [
    ...labelled('timeline', flow(captionOf(windows, grid), bodyColumns)),
    ...rows.flatMap((row, index) => labelled(labels[index] ?? '', [row])),
    ...labelled('', axisLines(view, grid, label)),
    ...widenedNote(view),
  ];
}

function seriesOf({ report, unit }: View): Series[] {
  const load: Series =
    report.requests.total > 0
      ? { label: 'requests/s', tone: 'plain', valueOf: (window) => window.requestsPerSecond, format: formatRate }
      : { label: 'lines/s', tone: 'plain', valueOf: (window) => window.lines / window.seconds, format: formatRate };
  return [
    load,
    { label: 'errors/min', tone: 'bad', valueOf: (window) => window.errorsPerMinute, format: formatRate },
    {
      label: `p95 ${unit.name}`,
      tone: 'plain',
      valueOf: (window) => window.durationMs?.p95 ?? null,
      format: (value) => formatDuration(value, unit),
    },
  ];
}

function maximumOf(series: Series, windows: readonly WindowReport[], label: TimeLabel | null): string {
  const highest = windows.reduce((best, window) => (valueIn(window) > valueIn(best) ? window : best));
  const text = `max ${series.format(valueIn(highest))}`;
  return label === null ? text : `${text} at ${label(Date.parse(highest.start))}`;

  function valueIn(window: WindowReport): number {
    return series.valueOf(window) ?? 0;
  }
}

/** Draws a row: the highest value of each column, a dot for zero, a blank where nothing was logged or measured. */
function plot(series: Series, windows: readonly WindowReport[], grid: TimeGrid): string {
  const highest: (number | null)[] = Array.from({ length: gridColumns(grid) }, () => null);
  for (const window of windows) {
    const value = series.valueOf(window);
    const column = columnOf(grid, window);
    if (value !== null && value >= (highest[column] ?? 0)) highest[column] = value;
  }
  const maximum = Math.max(...highest.map((value) => value ?? 0));
  return highest.map((value) => blockOf(value, maximum).repeat(grid.repeat)).join('');
}

function blockOf(value: number | null, maximum: number): string {
  if (value === null) return BLANK;
  if (!(value > 0)) return ZERO;
  return BLOCKS[Math.min(BLOCKS.length, Math.ceil((value / maximum) * BLOCKS.length)) - 1] ?? ZERO;
}

function captionOf(windows: readonly WindowReport[], grid: TimeGrid): Line[] {
  const items = [`${formatAmount(windows.length, 'window')} of ${formatWindowWidth(grid.stepMs / 1000)}`];
  if (grid.windowsPerColumn > 1) items.push(`a column shows the highest of ${grid.windowsPerColumn}`);
  const touched = new Set(windows.map((window) => columnOf(grid, window)));
  if (touched.size < gridColumns(grid)) items.push('blank: no lines');
  return items.map((item) => [span(item, 'quiet')]);
}

function axisLines({ bodyColumns }: View, grid: TimeGrid, label: TimeLabel): Line[] {
  const [start, end] = [label(grid.startAt), label(grid.endAt)];
  const gap = gridColumns(grid) * grid.repeat - displayWidth(start) - displayWidth(end);
  if (gap > 0) return [[span(`${start}${' '.repeat(gap)}${end}`, 'quiet')]];
  return flow([[span(start, 'quiet')], [span(`→ ${end}`, 'quiet')]], bodyColumns, span(' '));
}

/** Chooses how instants of the plot are written: as short as tells them apart, the title has the full dates. */
function timeLabel({ clock, report }: View, grid: TimeGrid): TimeLabel {
  const { seconds } = report.window;
  if (seconds >= DAY_SECONDS) return (instantAt) => clock.date(instantAt);
  const time = (instantAt: number): string => clock.time(instantAt).slice(0, seconds % 60 === 0 ? 5 : 8);
  if (grid.endAt - grid.startAt <= DAY_SECONDS * 1000) return time;
  return (instantAt) => `${clock.date(instantAt).slice(5)} ${time(instantAt)}`;
}

function widenedNote({ report: { window }, bodyColumns }: View): Line[] {
  if (!window.widened) return [];
  const [asked, used] = [formatWindowWidth(window.askedSeconds), formatWindowWidth(window.seconds)];
  const touched = window.askedSeconds === 60 ? 'minutes' : `windows of ${asked}`;
  const limit = `${formatCount(MAX_WINDOWS)} ${touched}`;
  const note = `windows widened from ${asked} to ${used}: the log touches more than ${limit}`;
  return labelled('', wrap(note, bodyColumns, 'warning'));
}
