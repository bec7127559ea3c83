/** Removes what is older than it is kept. */
import { RESOLUTIONS, type Resolution, type Retention, WIDTH_MS } from '../domain/store/resolutions.js';
import type { Removed } from '../domain/store/store.js';
import { readHorizon, writeMeta } from './meta.js';
import type { Tables } from './tables.js';

/** For how long a stream that is gone is known again, in ms. */
const TOMBSTONE_MS = 24 * 3_600_000;
/** How many closed generations of a stream are known. */
const CLOSED_GENERATIONS = 16;

/** To be run in a transaction; a second run at the same time removes nothing more. */
export function removeOld(tables: Tables, retention: Retention, now: number): Removed {
  let windows = 0;
  for (const resolution of RESOLUTIONS) windows += removeWindows(tables, resolution, retention[resolution], now);
  const streams = removeTombstones(tables, now - TOMBSTONE_MS);
  return { windows, streams, generations: removeGenerations(tables) };
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

function removeTombstones({ streams, generations, chunks }: Tables, before: number): number {
  const gone = streams.where("state = 'tombstone' AND seen_at < ?", [before]);
  for (const { id } of gone) {
    streams.remove('id = ?', [id]);
    for (const table of [generations, chunks]) table.remove('stream = ?', [id]);
  }
  return gone.length;
}

function removeGenerations({ generations, chunks }: Tables): number {
  const old = generations.where(
    `closed_at IS NOT NULL AND (SELECT count(*) FROM generation AS later WHERE later.closed_at IS NOT NULL
     AND later.stream = generation.stream AND later.generation > generation.generation) >= ?`,
    [CLOSED_GENERATIONS],
  );
  for (const { stream, generation } of old) {
    for (const table of [generations, chunks]) {
      table.remove('stream = ? AND generation = ?', [stream, generation]);
    }
  }
  return old.length;
}
