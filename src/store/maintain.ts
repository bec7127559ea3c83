/** Removes what is older than it is kept. */
import { RESOLUTIONS, type Resolution, type Retention, WIDTH_MS } from '../domain/store/resolutions.js';
import type { Removed } from '../domain/store/store.js';
import { readHorizon, writeMeta } from './meta.js';
import type { Tables } from './tables.js';

/** To be run in a transaction; a second run at the same time removes nothing more. */
export function removeOld(tables: Tables, retention: Retention, now: number): Removed {
  let windows = 0;
  for (const resolution of RESOLUTIONS) windows += removeWindows(tables, resolution, retention[resolution], now);
  return { windows };
}

/**
 * Time is that of the newest window, unless it lies in the future: a clock that is stepped forward removes nothing. The
 * horizon never goes back, so a window is there whole or not at all.
 */
function removeWindows(tables: Tables, resolution: Resolution, keepMs: number, now: number): number {
  const table = tables.windows[resolution];
  const newest = table.where('1 ORDER BY start DESC LIMIT 1')[0]?.start ?? 0;
  const width = WIDTH_MS[resolution];
  const before = readHorizon(tables, resolution);
  const horizon = Math.floor((Math.min(now, newest + width) - keepMs) / width) * width;
  if (horizon <= before) return 0;
  writeMeta(tables, `horizon_${resolution}`, String(horizon));
  return table.remove('start < ?', [horizon]);
}
