/** Unique over all jobs of all hosts (nanoid). */
export type ChunkId = string;

/** A slot of the ring of shared buffers that holds bytes of a stream. */
export interface StreamSlot {
  readonly index: number;
  /** Offset in the stream of the slot's first byte, always the first byte of a line. */
  readonly offset: number;
  /** Bytes in the slot. */
  readonly lengthBytes: number;
  /** Bytes of the slot's last, over-long line that were counted and dropped after those in the slot. */
  readonly spilledBytes: number;
}

/**
 * The byte range `[start, end)` of one file: the unit of work. Cut by a source, or from a larger chunk that killed its
 * Workers; ended by the Analyzer, which merges it once. A line belongs to the chunk in which its first byte lies.
 */
export interface Chunk {
  readonly id: ChunkId;
  /** Index of the file in the plan. */
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** Where the bytes are when the file is a stream; null for a range of an open file. */
  readonly slot: StreamSlot | null;
}

/** Half-open range of bytes `[start, end)`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
