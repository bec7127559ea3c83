/** Adds what a batch counted to the tables of history. */
import { ByteReader } from '../domain/byte-reader.js';
import { ByteWriter } from '../domain/byte-writer.js';
import type { Dimension } from '../domain/summary/dimensions.js';
import { Histogram } from '../domain/summary/histogram.js';
import { RESOLUTIONS, type Resolution } from '../domain/store/resolutions.js';
import { addedTo, type SourceCount, type WindowSums } from '../domain/store/window-sums.js';
import { readHorizon } from './meta.js';
import { bytesOfSql, sqlOf, type Tables, type WindowRow } from './tables.js';

/** Adds the sums of a batch, but nothing to windows before the horizon: what was removed does not come back in part. */
export function addWindows(tables: Tables, sums: WindowSums): void {
  for (const resolution of RESOLUTIONS) {
    const horizon = readHorizon(tables, resolution);
    for (const cell of sums.list(resolution)) if (cell.startMs >= horizon) addCell(tables, resolution, cell);
  }
}

function addCell(tables: Tables, resolution: Resolution, cell: SourceCount): void {
  const table = tables.windows[resolution];
  const before = table.get(cell.startMs, cell.source, cell.dimension, sqlOf(cell.key));
  table.put(rowOf(before === null ? cell : addedTo(countOf(before), cell)));
}

/** A row of history as a value. */
export function countOf({ start, key, dimension, durations, ...numbers }: WindowRow): SourceCount {
  return {
    ...numbers,
    startMs: start,
    dimension: dimension as Dimension | 'all', // as it was written
    key: bytesOfSql(key),
    durations: durations === null ? null : Histogram.decode(new ByteReader(durations)),
  };
}

function rowOf({ startMs, key, durations, ...others }: SourceCount): WindowRow {
  return { ...others, start: startMs, key: sqlOf(key), durations: durations === null ? null : encoded(durations) };
}

function encoded(durations: Histogram): Uint8Array {
  const writer = new ByteWriter();
  durations.encode(writer);
  return writer.finish();
}
