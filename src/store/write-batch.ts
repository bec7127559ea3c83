/** What a batch does within its transaction. */
import type { FileKey } from '../domain/follow/followed-stream.js';
import type { ChunkResult } from '../domain/store/chunk-result.js';
import type { ChunkOutcome, Gap, StoreBatch } from '../domain/store/store.js';
import { WindowSums } from '../domain/store/window-sums.js';
import { sqlOf, type Tables } from './tables.js';
import { CounterSums } from './write-counts.js';
import { forgetStream, writeStream } from './write-streams.js';
import { addWindows } from './write-windows.js';

/** Writes all of a batch. The outcomes are those of its chunks. */
export function writeBatch(tables: Tables, batch: StoreBatch): ChunkOutcome[] {
  for (const key of batch.forgotten) forgetStream(tables, key);
  const chunks = chunksByStream(batch);
  const counted = new Set<ChunkResult>();
  for (const record of batch.streams) {
    for (const chunk of writeStream(tables, record, chunks.get(record.stream.key) ?? [])) counted.add(chunk);
  }
  for (const gap of batch.gaps) writeGap(tables, gap);
  for (const [name, value] of batch.facts) writeFact(tables, name, value);
  addCounts(tables, counted);
  return batch.chunks.map((chunk) => (counted.has(chunk) ? 'counted' : 'known'));
}

function chunksByStream({ chunks, streams }: StoreBatch): ReadonlyMap<FileKey, readonly ChunkResult[]> {
  const byStream = new Map<FileKey, ChunkResult[]>(streams.map(({ stream }) => [stream.key, []]));
  for (const chunk of chunks) {
    const own = byStream.get(chunk.stream);
    if (own === undefined) throw new RangeError(`A chunk of ${chunk.stream} came without its row`);
    own.push(chunk);
  }
  return byStream;
}

function writeGap({ gaps }: Tables, { stream, generation, start, path, end, reason, notedAt }: Gap): void {
  gaps.add({ stream, generation, start, path: sqlOf(path), end, reason, noted_at: notedAt });
}

function writeFact({ facts }: Tables, name: string, value: string): void {
  if (value === '') facts.remove('name = ?', [name]);
  else facts.put({ name, value });
}

function addCounts(tables: Tables, counted: Iterable<ChunkResult>): void {
  const windows = new WindowSums();
  const counters = new CounterSums();
  for (const chunk of counted) {
    windows.add(chunk.source, chunk.windows);
    counters.add(chunk);
  }
  addWindows(tables, windows);
  counters.write(tables);
}
