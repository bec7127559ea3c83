/**
 * Who is late for the windows of event time. One rule holds for all: a window is over once the watermark is
 * `ALLOWED_LATENESS_MS` past its end, and who comes then is late.
 */
import { safeSum } from '../safe-sum.js';

/** Time after the end of a window in which its lines are still in time, ms. */
export const ALLOWED_LATENESS_MS = 5000;
/** A stamp that is further ahead of the clock is an error of whoever wrote it, ms. */
export const FUTURE_MS = 3_600_000;

/** Lines of one window. */
export interface WindowLines {
  /** Epoch ms. */
  readonly startMs: number;
  readonly lines: number;
}

/** The windows of one chunk, as they were before it was counted. */
export interface Arrival {
  readonly cells: readonly WindowLines[];
  /** Width of the windows, ms. */
  readonly widthMs: number;
  /** The stream's own watermark before the chunk, epoch ms; null where none of its lines stated a time. */
  readonly watermark: number | null;
  /** Epoch ms. */
  readonly now: number;
  readonly allowedLatenessMs?: number;
}

/** How punctual the lines of a chunk are. */
export interface Punctuality {
  /** Lines in windows that were over for their stream. */
  readonly late: number;
  /** Lines in windows that begin later than the clock and an hour. They do not move the watermark. */
  readonly future: number;
  /** The stream's watermark after the chunk: the start of its newest window, which never goes back. */
  readonly watermark: number | null;
}

/**
 * Judges the lines of a chunk by the watermark of their own stream, so that catching up is not late. Within one chunk no line is
 * late for another one.
 */
export function judgePunctuality({
  cells,
  widthMs,
  watermark: before,
  now,
  allowedLatenessMs = ALLOWED_LATENESS_MS,
}: Arrival): Punctuality {
  let [late, future, watermark] = [0, 0, before];
  for (const { startMs, lines } of cells) {
    if (startMs > now + FUTURE_MS) {
      future = safeSum(future, lines);
      continue;
    }
    if (before !== null && startMs + widthMs + allowedLatenessMs <= before) late = safeSum(late, lines);
    if (watermark === null || startMs > watermark) watermark = startMs;
  }
  return { late, future, watermark };
}
