/** The mark at the end of what a chunk read: the bytes before it, by which a file is known again. */
import type { ByteString } from '../domain/byte-string.js';
import type { ByteRange, Chunk } from '../domain/chunk.js';
import { MARK_BYTES } from '../domain/chunk-report.js';
import type { ChunkBytes } from './first-line.js';

/** What was read of a chunk. */
export interface ReadLines {
  readonly chunk: Chunk;
  readonly range: ByteRange;
  /** The last bytes of the range as they were scanned: 64 where there are as many. */
  readonly tail: ByteString;
}

/** The mark of a chunk (see `ChunkReport.before`). Only bytes before the range are read again. @throws MR_ERR_CHUNK_READ, MR_ERR_CHUNK_SHORT */
export function markOf(bytes: ChunkBytes, { chunk, range, tail }: ReadLines): ByteString {
  if (chunk.slot !== null || range.start === range.end) return '';
  const from = Math.max(0, range.end - MARK_BYTES); // also before the start of what is read
  return readExactly(bytes, from, range.end - tail.length) + tail;
}

function readExactly(bytes: ChunkBytes, from: number, to: number): ByteString {
  const target = Buffer.alloc(Math.max(0, to - from));
  let count = 0;
  while (count < target.length) count += bytes.read(target.subarray(count), from + count, target.length - count);
  return target.toString('latin1');
}
