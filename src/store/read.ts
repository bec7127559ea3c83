/** What is read of the tables, as values of the domain. */
import type { CounterName, Counts } from '../domain/store/counts.js';
import {
  type ClosedGeneration,
  type FollowedStream,
  NOTHING_COUNTED,
  type Progress,
} from '../domain/follow/followed-stream.js';
import type { Gap, StoredGeneration, StoredStream, StoredWindow, WindowQuery } from '../domain/store/store.js';
import { byteStringOfBlob, bytesOfSql, type GenerationRow, type StreamRow } from './tables.js';
import type { Tables } from './tables.js';
import { parseCounts } from './write-counts.js';
import { countOf } from './write-windows.js';

/** Two statements whatever the number of streams, which are joined here. */
export function readStreams(tables: Tables): StoredStream[] {
  const generations = groupedBy(tables.generations.where('1 ORDER BY stream, generation'), ({ stream }) => stream);
  return tables.streams.where('1 ORDER BY id').map((row) => storedStream(row, generations.get(row.id) ?? []));
}

export function readWindows(
  tables: Tables,
  { resolution, fromAt, toAt, dimension, source }: WindowQuery,
): StoredWindow[] {
  const ofSource = source === null ? '' : 'AND source = ?';
  return tables.windows[resolution]
    .where(`start >= ? AND start < ? AND dimension = ? ${ofSource} ORDER BY start, source, key`, [
      fromAt,
      toAt,
      dimension,
      ...(source === null ? [] : [source]),
    ])
    .map(countOf);
}

export function readTotals({ counters }: Tables): Map<string, Counts> {
  const bySource = groupedBy(counters.where('1 ORDER BY source, name'), ({ source }) => source);
  return new Map([...bySource].map(([source, rows]) => [source, countsOf(rows)]));
}

export function readGaps({ gaps }: Tables): Gap[] {
  return gaps
    .where('1 ORDER BY noted_at, stream, generation, start')
    .map(({ path, noted_at: notedAt, ...others }) => ({ ...others, path: bytesOfSql(path), notedAt }));
}

function storedStream(row: StreamRow, generations: readonly GenerationRow[]): StoredStream {
  const { id, source, path, machine, seen_at: seenAt } = row;
  const open = generations.at(-1);
  const stream: FollowedStream = {
    key: id,
    path: bytesOfSql(path),
    generation: open?.generation ?? 0,
    ...(open === undefined ? NOTHING_COUNTED : progressOf(open)),
    closed: generations.slice(0, -1).map(closedGeneration),
    copyOf: row.copy_of === null ? null : { key: row.copy_of, generation: row.copy_generation ?? 0 },
    isRotated: row.is_rotated === 1,
    goneAt: row.gone_at,
  };
  return { stream, source, machine, seenAt, generations: generations.map(storedGeneration) };
}

function progressOf({ offset, marker, head }: GenerationRow): Progress {
  return { offset, marker: byteStringOfBlob(marker), head: byteStringOfBlob(head) };
}

function closedGeneration(row: GenerationRow): ClosedGeneration {
  const { generation, closed_at: closedAt, continued_by: continuedBy } = row;
  return { generation, ...progressOf(row), closedAt: closedAt ?? 0, continuedBy };
}

function storedGeneration(row: GenerationRow): StoredGeneration {
  const { generation, base, plan, counts, opened_at: openedAt, closed_at: closedAt } = row;
  return { generation, base, ...progressOf(row), plan, openedAt, closedAt, counts: parseCounts(counts) };
}

function countsOf(rows: readonly { name: string; value: number }[]): Counts {
  return new Map(rows.map(({ name, value }) => [name as CounterName, value])); // as it was written
}

function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
