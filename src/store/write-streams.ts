/** Writes the rows of followed files, and checks that offsets and chunks add up: no byte is counted twice, none is passed over. */
import type { ClosedGeneration, FileKey, FollowedStream, Progress } from '../domain/follow/followed-stream.js';
import type { ChunkResult } from '../domain/store/chunk-result.js';
import { bytesIn, sumOfCounts } from '../domain/store/counts.js';
import type { StreamRecord } from '../domain/store/store.js';
import { blobOf, byteStringOfBlob, type GenerationRow, sqlOf, type Tables } from './tables.js';
import { jsonOf, parseCounts } from './write-counts.js';

/** Removes a file with all its generations. */
export function forgetStream({ streams, generations }: Tables, key: FileKey): void {
  streams.remove('id = ?', [key]);
  generations.remove('stream = ?', [key]);
}

/** Writes a file with what `chunks` add to it; returns those of them that were not counted before. Throws a `RangeError` on a bug. */
export function writeStream(tables: Tables, record: StreamRecord, chunks: readonly ChunkResult[]): ChunkResult[] {
  const { stream, source, machine, seenAt } = record;
  const { key, path, copyOf, isRotated, goneAt } = stream;
  tables.streams.put({
    id: key,
    source,
    path: sqlOf(path),
    copy_of: copyOf?.key ?? null,
    copy_generation: copyOf?.generation ?? null,
    is_rotated: Number(isRotated),
    gone_at: goneAt,
    machine,
    seen_at: seenAt,
  });
  const first = stream.closed[0]?.generation ?? stream.generation;
  tables.generations.remove('stream = ? AND generation < ?', [key, first]);
  const counted: ChunkResult[] = [];
  for (const generation of generationsOf(stream)) {
    const own = chunks.filter((chunk) => chunk.generation === generation.generation);
    counted.push(...writeGeneration(tables, generation, { stream: key, chunks: own, seenAt }));
  }
  const stray = chunks.find(({ generation }) => generation < first || generation > stream.generation);
  if (stray !== undefined) throw new RangeError(`${placeOf(stray)} is of a generation that is not known`);
  return counted;
}

interface Generation extends Progress {
  readonly generation: number;
  readonly closedAt: number | null;
  readonly continuedBy: FileKey | null;
}

function generationsOf(stream: FollowedStream): Generation[] {
  const open: Generation = { ...stream, closedAt: null, continuedBy: null };
  return [...stream.closed.map((closed: ClosedGeneration): Generation => closed), open];
}

interface Growth {
  readonly stream: FileKey;
  readonly chunks: readonly ChunkResult[];
  readonly seenAt: number;
}

function writeGeneration(
  { generations }: Tables,
  generation: Generation,
  { stream, chunks, seenAt }: Growth,
): readonly ChunkResult[] {
  const { generation: number, offset, marker, head, closedAt, continuedBy } = generation;
  const before = generations.get(stream, number);
  const isBegun = before !== null && before.offset > before.base;
  const counted = isBegun ? chunks.filter(({ end }) => end > before.offset) : chunks;
  const from = isBegun ? before.offset : (counted[0]?.start ?? offset);
  expectAbutting(counted, { stream, from, to: offset });
  const last = counted.at(-1)?.marker ?? (isBegun ? byteStringOfBlob(before.marker) : marker);
  if (last !== marker) throw new RangeError(`The marker of ${stream} at ${offset} is not that of its last chunk`);
  const row: GenerationRow = {
    stream,
    generation: number,
    base: isBegun ? before.base : from,
    offset,
    marker: blobOf(marker),
    head: blobOf(head),
    plan: counted.at(-1)?.plan ?? before?.plan ?? '',
    counts: jsonOf(counted.reduce((sum, { counts }) => sumOfCounts(sum, counts), parseCounts(before?.counts ?? '{}'))),
    opened_at: before?.opened_at ?? seenAt,
    closed_at: closedAt,
    continued_by: continuedBy,
  };
  if (before === null || !isSame(before, row)) generations.put(row);
  return counted;
}

function expectAbutting(
  chunks: readonly ChunkResult[],
  { stream, from, to }: { readonly stream: FileKey; readonly from: number; readonly to: number },
): void {
  let at = from;
  for (const chunk of chunks) {
    const { start, end, counts } = chunk;
    if (start !== at) throw new RangeError(`${placeOf(chunk)} does not begin where counting stands, at ${at}`);
    if (bytesIn(counts) !== end - start)
      throw new RangeError(`${bytesIn(counts)} bytes were counted in ${placeOf(chunk)}`);
    at = end;
  }
  if (at !== to) throw new RangeError(`${stream} is said to be counted up to ${to}, but it is up to ${at}`);
}

function placeOf({ stream, generation, start, end }: ChunkResult): string {
  return `[${start}, ${end}) of generation ${generation} of ${stream}`;
}

function isSame(before: GenerationRow, row: GenerationRow): boolean {
  return (Object.keys(row) as (keyof GenerationRow)[]).every((name) => {
    const [one, other] = [before[name], row[name]];
    return one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.compare(one, other) === 0 : one === other;
  });
}
