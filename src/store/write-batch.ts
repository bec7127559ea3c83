/** What a batch does within its transaction. */
import type { ChunkResult } from '../domain/store/chunk-result.js';
import { bytesIn, sumOfCounts } from '../domain/store/counts.js';
import type { ChunkOutcome, Gap, GenerationRecord, StoreBatch, StreamRecord } from '../domain/store/store.js';
import { WindowSums } from '../domain/store/window-sums.js';
import { blobOf, type GenerationRow, sqlOf, type Tables } from './tables.js';
import { CounterSums, jsonOf, parseCounts } from './write-counts.js';
import { addWindows } from './write-windows.js';

/** Writes all of a batch. The outcomes are those of its chunks. */
export function writeBatch(tables: Tables, batch: StoreBatch): ChunkOutcome[] {
  for (const stream of batch.streams) writeStream(tables, stream);
  for (const generation of batch.generations) writeGeneration(tables, generation);
  for (const gap of batch.gaps) writeGap(tables, gap);
  const windows = new WindowSums();
  const counters = new CounterSums();
  const outcomes = batch.chunks.map((chunk) => {
    const outcome = writeChunk(tables, chunk, batch.epoch);
    if (outcome !== 'counted') return outcome;
    windows.add(chunk.source, chunk.windows);
    counters.add(chunk);
    return outcome;
  });
  addWindows(tables, windows);
  counters.write(tables);
  return outcomes;
}

function writeStream(
  { streams }: Tables,
  { id, source, path, kind, dev, ino, birthNs, state, seenAt }: StreamRecord,
): void {
  const identity = { dev: String(dev), ino: String(ino), birth_ns: String(birthNs) };
  streams.put({ id, source, path: sqlOf(path), kind, ...identity, state, seen_at: seenAt });
}

function writeGeneration({ generations }: Tables, record: GenerationRecord): void {
  const { stream, generation, base, plan } = record;
  const before = generations.get(stream, generation);
  generations.put({
    stream,
    generation,
    base: before?.base ?? base,
    offset: before?.offset ?? base,
    marker: before?.marker ?? blobOf(record.marker),
    head: blobOf(record.head),
    plan,
    counts: before?.counts ?? jsonOf(new Map()),
    opened_at: record.openedAt,
    closed_at: record.closedAt,
  });
}

function writeGap({ gaps }: Tables, { stream, generation, start, path, end, reason, notedAt }: Gap): void {
  gaps.add({ stream, generation, start, path: sqlOf(path), end, reason, noted_at: notedAt });
}

function writeChunk(tables: Tables, chunk: ChunkResult, epoch: number): ChunkOutcome {
  const { stream, generation, start, end, marker, counts } = chunk;
  if (bytesIn(counts) !== end - start) {
    throw new RangeError(`${bytesIn(counts)} bytes were counted in [${start}, ${end}) of ${stream}`);
  }
  const row = tables.generations.get(stream, generation);
  if (row === null) return 'unknown';
  const overlap = overlapOf(tables, row, chunk);
  if (overlap !== 'none') return overlap;
  if (!tables.chunks.add({ stream, generation, start, end, marker: blobOf(marker), epoch })) return 'known';
  const counted = { ...row, counts: jsonOf(sumOfCounts(parseCounts(row.counts), counts)) };
  tables.generations.put(start === row.offset ? folded(tables, counted) : counted);
  return 'counted';
}

/** What of a range was counted before. A range without bytes is known. */
function overlapOf({ chunks }: Tables, { offset }: GenerationRow, chunk: ChunkResult): 'none' | 'known' | 'overlaps' {
  const { stream, generation, start, end } = chunk;
  if (start >= end || end <= offset) return 'known';
  const touching = chunks.where('stream = ? AND generation = ? AND start < ? AND "end" > ?', [
    stream,
    generation,
    end,
    start,
  ]);
  if (start >= offset && touching.length === 0) return 'none';
  const counted = touching.reduce((sum, other) => sum + Math.min(end, other.end) - Math.max(start, other.start), 0);
  return Math.max(0, offset - start) + counted === end - start ? 'known' : 'overlaps';
}

/** Moves the offset over the chunks that follow it without a gap, which are forgotten. */
function folded({ chunks }: Tables, row: GenerationRow): GenerationRow {
  const { stream, generation } = row;
  let { offset, marker } = row;
  for (const chunk of chunks.where('stream = ? AND generation = ? ORDER BY start', [stream, generation])) {
    if (chunk.start !== offset) break;
    ({ end: offset, marker } = chunk);
  }
  chunks.remove('stream = ? AND generation = ? AND start < ?', [stream, generation, offset]);
  return { ...row, offset, marker };
}
