/** What is read of the tables, as values of the domain. */
import type { CounterName, Counts } from '../domain/store/counts.js';
import type {
  Gap,
  StoredGeneration,
  StoredStream,
  StoredWindow,
  StreamRecord,
  StreamState,
  WindowQuery,
} from '../domain/store/store.js';
import { byteStringOfBlob, bytesOfSql, type ChunkRow, type GenerationRow, type StreamRow } from './tables.js';
import type { Tables } from './tables.js';
import { parseCounts } from './write-counts.js';
import { countOf } from './write-windows.js';

/** Three statements whatever the number of streams, which are joined here. */
export function readStreams(tables: Tables): StoredStream[] {
  const chunks = groupedBy(tables.chunks.where('1 ORDER BY stream, generation, start'), generationOf);
  const generations = groupedBy(tables.generations.where('1 ORDER BY stream, generation'), ({ stream }) => stream);
  return tables.streams.where('1 ORDER BY id').map((row) => ({
    ...streamOf(row),
    generations: (generations.get(row.id) ?? []).map((generation) => {
      const id = generationOf(generation);
      return storedGeneration(generation, chunks.get(id) ?? []);
    }),
  }));
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

function streamOf({
  id,
  source,
  path,
  kind,
  dev,
  ino,
  birth_ns: birthNs,
  state,
  seen_at: seenAt,
}: StreamRow): StreamRecord {
  const identity = { dev: BigInt(dev), ino: BigInt(ino), birthNs: BigInt(birthNs) };
  // the last two are as they were written
  return {
    id,
    source,
    path: bytesOfSql(path),
    ...identity,
    seenAt,
    kind: kind as 'plain',
    state: state as StreamState,
  };
}

function storedGeneration(row: GenerationRow, chunks: readonly ChunkRow[]): StoredGeneration {
  const { stream, generation, base, offset, marker, head, plan, counts } = row;
  const { opened_at: openedAt, closed_at: closedAt } = row;
  const texts = { marker: byteStringOfBlob(marker), head: byteStringOfBlob(head), plan };
  const frontier = chunks.map(({ start, end }) => ({ start, end }));
  return { stream, generation, base, offset, ...texts, openedAt, closedAt, frontier, counts: parseCounts(counts) };
}

function countsOf(rows: readonly { name: string; value: number }[]): Counts {
  return new Map(rows.map(({ name, value }) => [name as CounterName, value])); // as it was written
}

function generationOf({ stream, generation }: { stream: string; generation: number }): string {
  return `${generation} ${stream}`;
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
