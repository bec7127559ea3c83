/** Finds where the lines of a chunk begin: behind the first newline at or after the chunk's start. */
import type { ByteRange } from '../domain/chunk.js';

/** Random access to the bytes around a chunk. */
export interface ChunkBytes {
  /** An offset at which a line certainly starts: where reading a file begins, the start of a slot. */
  readonly start: number;
  /** End of what may be read. */
  readonly end: number;
  /**
   * Copies up to `lengthBytes` bytes at `position` to the head of `target`; at least one, for less than the end.
   * @throws MR_ERR_CHUNK_READ, MR_ERR_CHUNK_SHORT
   */
  read(target: Uint8Array, position: number, lengthBytes: number): number;
}

/** Bytes that are searched at a time, at most. */
const MAX_STEP_BYTES = 256 * 1024;
const NEWLINE = 10;

/** Offset of the first line that starts in `range`; null where none does. `buffer` is overwritten. */
export function firstLineStart(bytes: ChunkBytes, range: ByteRange, buffer: Uint8Array): number | null {
  if (range.start >= range.end) return null;
  if (range.start <= bytes.start) return bytes.start;
  let position = range.start - 1;
  while (position < range.end - 1) {
    const wanted = Math.min(MAX_STEP_BYTES, buffer.length, range.end - 1 - position);
    const count = bytes.read(buffer, position, wanted);
    const found = buffer.subarray(0, count).indexOf(NEWLINE);
    if (found >= 0) return position + found + 1;
    position += count;
  }
  return null;
}
