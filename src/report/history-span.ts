/** Which windows of history a question is about, and how wide they are shown. */
import { type Resolution, RESOLUTIONS, WIDTH_MS } from '../domain/store/resolutions.js';

/** Whole windows `[fromAt, toAt)`, epoch ms. */
export interface HistorySpan {
  readonly fromAt: number;
  readonly toAt: number;
  /** Width of the windows that are shown, a multiple of those that are read. */
  readonly widthMs: number;
  /** The windows that are read: the widest that add up to those shown. */
  readonly resolution: Resolution;
}

/** Most windows that are shown: each with its keys they fit into one answer. */
export const MAX_SHOWN_WINDOWS = 360;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** From the narrowest on; each is a multiple of the one before. */
const WIDTHS_MS = [WIDTH_MS['10s'], MINUTE_MS, 5 * MINUTE_MS, 60 * MINUTE_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS];

/**
 * The windows that hold `[fromAt, toAt)`, as narrow as so many may be shown: 10 s up to an hour, a minute up to 6 h, 5 minutes
 * up to 30 h, an hour up to 15 d, then days and weeks. What is that wide is kept that long (`RETENTION`).
 */
export function spanOf(fromAt: number, toAt: number): HistorySpan {
  const widthMs = WIDTHS_MS.find((width) => toAt - fromAt <= MAX_SHOWN_WINDOWS * width) ?? WIDTHS_MS.at(-1) ?? DAY_MS;
  return spanOfWidth(fromAt, toAt, widthMs);
}

/** The windows of a given width that hold `[fromAt, toAt)`. */
export function spanOfWidth(fromAt: number, toAt: number, widthMs: number): HistorySpan {
  const resolution = RESOLUTIONS.findLast((name) => widthMs % WIDTH_MS[name] === 0) ?? '10s';
  const from = Math.floor(fromAt / widthMs) * widthMs;
  return { fromAt: from, toAt: Math.ceil(toAt / widthMs) * widthMs, widthMs, resolution };
}
