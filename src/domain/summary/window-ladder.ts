import { MAX_TIMESTAMP_MS } from '../log-entry.js';

/** Widths of the first steps in multiples of the finest: for a minute these are 1 min, 5 min, 1 h, 1 d, 7 d and 28 d. */
const MULTIPLES = [1, 5, 60, 1440, 10_080, 40_320] as const;
const LAST_MULTIPLE = 40_320;

/**
 * Width in ms of a step of the ladder on which windows widen. Each width is a multiple of the one before, so the
 * windows of a step, all aligned to the UTC epoch, nest in those of the next; beyond the named steps it doubles.
 */
export function ladderWidthMs(finestMs: number, step: number): number {
  const multiple = MULTIPLES[step];
  if (multiple !== undefined) return finestMs * multiple;
  return finestMs * LAST_MULTIPLE * 2 ** (step - MULTIPLES.length + 1);
}

/** Tells whether windows can get to `step` at all: not beyond the first that holds all of 1970-2106 in one window. */
export function isLadderStep(finestMs: number, step: number): boolean {
  return step === 0 || ladderWidthMs(finestMs, step - 1) <= MAX_TIMESTAMP_MS;
}

/** Tells whether a width is one that can be asked for: whole seconds, at most the time from 1970 to 2106. */
export function isWindowWidth(widthMs: number): boolean {
  return Number.isSafeInteger(widthMs) && widthMs > 0 && widthMs % 1000 === 0 && widthMs <= MAX_TIMESTAMP_MS + 1;
}
