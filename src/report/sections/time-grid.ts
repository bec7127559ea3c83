import type { WindowReport } from '../summary-report.js';

/** How windows map to the columns of a plot: equal steps of time, gaps included. */
export interface TimeGrid {
  /** Start of the first window and end of the last one. */
  readonly startAt: number;
  readonly endAt: number;
  readonly stepMs: number;
  readonly windowsPerColumn: number;
  /** How many columns of the terminal one column of the plot takes: few windows are drawn wider. */
  readonly repeat: number;
}

const MAX_REPEAT = 4;

/** Lays windows out, one to a column; null where there are less than two steps. */
export function timeGrid(windows: readonly WindowReport[], stepSeconds: number): TimeGrid | null {
  const starts = windows.map(({ start }) => Date.parse(start));
  const startAt = starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const lastAt = starts.reduce((most, start) => Math.max(most, start), Number.NEGATIVE_INFINITY);
  const stepMs = stepSeconds * 1000;
  if (!(stepMs > 0) || !(lastAt - startAt >= stepMs)) return null;
  return { startAt, endAt: lastAt + stepMs, stepMs, windowsPerColumn: 1, repeat: 1 };
}

/** Fits a layout into `room` columns of the terminal: several windows to a column, or several columns to a window. */
export function fitGrid(grid: TimeGrid, room: number): TimeGrid {
  const steps = Math.ceil((grid.endAt - grid.startAt) / grid.stepMs);
  const windowsPerColumn = Math.ceil(steps / Math.max(1, room));
  return { ...grid, windowsPerColumn, repeat: Math.min(MAX_REPEAT, Math.max(1, Math.floor(room / steps))) };
}

/** Counts the columns of the plot, before they are repeated. */
export function gridColumns(grid: TimeGrid): number {
  return Math.ceil((grid.endAt - grid.startAt) / (grid.stepMs * grid.windowsPerColumn));
}

/** Finds the column in which a window lies. */
export function columnOf(grid: TimeGrid, window: WindowReport): number {
  return Math.floor((Date.parse(window.start) - grid.startAt) / (grid.stepMs * grid.windowsPerColumn));
}
