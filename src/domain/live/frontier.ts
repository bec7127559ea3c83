import { FUTURE_MS } from './punctuality.js';

/** How windows are closed; all in ms. */
export interface FrontierOptions {
  readonly widthMs: number;
  readonly allowedLatenessMs: number;
  /** How long nothing newer came before windows are closed by the clock. */
  readonly idleMs: number;
}

/** How far event time has come over all streams. Instants are epoch ms, null before the first line. */
export interface Frontier {
  /** The newest event time that was committed; never more than an hour ahead of the clock. */
  readonly newestAt: number | null;
  /** `newestAt`, but never ahead of the clock and never going back. */
  readonly watermark: number | null;
  /** The windows that end at it or before are closed; a multiple of the width that never goes back. */
  readonly closedThrough: number | null;
  /** When the clock was last told. */
  readonly toldAt: number | null;
  /** For how long nothing newer came while somebody watched, ms. */
  readonly quietMs: number;
}

export const NO_FRONTIER: Frontier = {
  newestAt: null,
  watermark: null,
  closedThrough: null,
  toldAt: null,
  quietMs: 0,
};

/** A gap between two ticks counts for this much at most, ms: a suspended machine was not watching. */
const LONGEST_TICK_MS = 5000;

/** Moves the frontier to what was committed; `newestAt` null is a tick of the clock. Stamps of the future move nothing. */
export function advanced(frontier: Frontier, newestAt: number | null, now: number, options: FrontierOptions): Frontier {
  const isNewer =
    newestAt !== null && newestAt <= now + FUTURE_MS && (frontier.newestAt === null || newestAt > frontier.newestAt);
  const newest = isNewer ? newestAt : frontier.newestAt;
  if (newest === null) return { ...frontier, toldAt: now };
  const elapsed = Math.min(Math.max(now - (frontier.toldAt ?? now), 0), LONGEST_TICK_MS);
  const quietMs = isNewer ? 0 : frontier.quietMs + elapsed;
  const watermark = Math.max(frontier.watermark ?? Number.NEGATIVE_INFINITY, Math.min(newest, now));
  const byEvents = watermark - options.allowedLatenessMs;
  const over = quietMs >= options.idleMs ? Math.max(byEvents, now - options.idleMs) : byEvents;
  const closedThrough = Math.floor(over / options.widthMs) * options.widthMs;
  return {
    newestAt: newest,
    watermark,
    closedThrough: Math.max(frontier.closedThrough ?? closedThrough, closedThrough),
    toldAt: now,
    quietMs,
  };
}
