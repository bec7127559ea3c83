/** Unique over all jobs of all hosts (nanoid). */
export type ChunkId = string;

/**
 * A slot of the ring of shared buffers, with a part of a stream from the first byte of a line to the end of a line.
 * It stands for the bytes `[offset, offset + nulBytes + lengthBytes + spilledBytes)`, of which only the middle ones are
 * in the buffer: a run of NUL before the first line and the rest of an over-long last line are counted and dropped.
 */
export interface StreamSlot {
  /** Position in the ring. */
  readonly index: number;
  /** Offset in the stream of the first byte that the slot stands for. */
  readonly offset: number;
  /** NUL bytes at the offset, before the bytes in the buffer. */
  readonly nulBytes: number;
  /** Bytes in the buffer. */
  readonly lengthBytes: number;
  /** Bytes of an over-long last line after those in the buffer, its newline included. */
  readonly spilledBytes: number;
  /** True where the last of the spilled bytes is a newline. */
  readonly isSpillTerminated: boolean;
}

/** A byte range `[start, end)` of one file, as a source cuts it. A line belongs to the range in which its first byte lies. */
export interface ChunkSpan {
  /** Index of the file in the plan. */
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** Where the bytes are when the file is a stream; null for a range of an open file. */
  readonly slot: StreamSlot | null;
}

/**
 * A span with a name: the unit of work. Made by the Coordinator from what a source cut, or from a larger chunk that
 * killed its Workers; ended by the Analyzer, which merges it once.
 */
export interface Chunk extends ChunkSpan {
  readonly id: ChunkId;
}

/** Half-open range of bytes `[start, end)`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
