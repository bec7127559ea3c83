import type { ByteString } from '../byte-string.js';
import type { ByteRange } from '../chunk.js';
import type { Dimension } from '../summary/dimensions.js';
import type { ChunkResult } from './chunk-result.js';
import type { Counts } from './counts.js';
import type { Resolution } from './resolutions.js';
import type { WindowCount } from './window-cells.js';

/** `live`: followed. `final`: read to its end, nothing more comes. `tombstone`: gone, kept so that it is known again. */
export const STREAM_STATES = ['live', 'final', 'tombstone'] as const;
export type StreamState = (typeof STREAM_STATES)[number];

/** A file as it is followed, whatever its name. Made by the Watcher, which names it once and never again. */
export interface StreamRecord {
  readonly id: string;
  readonly source: string;
  readonly path: ByteString;
  readonly kind: 'plain' | 'gzip';
  /** Device, inode, time of birth in ns (0 where the file system has none). */
  readonly dev: bigint;
  readonly ino: bigint;
  readonly birthNs: bigint;
  readonly state: StreamState;
  /** Epoch ms. */
  readonly seenAt: number;
}

/** One life of the content of a stream, from a truncation to the next. Numbers ascend within the stream. */
export interface GenerationRecord {
  readonly stream: string;
  readonly generation: number;
  /** Where counting begins, and the bytes before it; of a generation that is known already they are left as they are. */
  readonly base: number;
  readonly marker: ByteString;
  /** First bytes of the content, as many as are known so far. */
  readonly head: ByteString;
  /** The plan by which lines are read, as JSON. */
  readonly plan: string;
  /** Epoch ms. */
  readonly openedAt: number;
  /** Epoch ms; null while it is the content of the file. */
  readonly closedAt: number | null;
}

/** A generation as it is kept. */
export interface StoredGeneration extends GenerationRecord {
  /** All bytes of `[base, offset)` are counted; `marker` are the bytes before it. */
  readonly offset: number;
  /** Ranges behind the offset that are counted as well, in ascending order: what lies between them is owed. */
  readonly frontier: readonly ByteRange[];
  readonly counts: Counts;
}

export interface StoredStream extends StreamRecord {
  /** In ascending order. */
  readonly generations: readonly StoredGeneration[];
}

/** Bytes that were never counted, or may be: the honest ledger. One gap for each place at which one begins. */
export interface Gap {
  /** Empty where it is not known which stream it was. */
  readonly stream: string;
  readonly generation: number;
  readonly path: ByteString;
  readonly start: number;
  /** Null where nobody knows. */
  readonly end: number | null;
  readonly reason: string;
  /** Epoch ms. */
  readonly notedAt: number;
}

/** All that becomes true at once, or not at all. */
export interface StoreBatch {
  /** Epoch under which the results were made. */
  readonly epoch: number;
  readonly streams: readonly StreamRecord[];
  readonly generations: readonly GenerationRecord[];
  readonly chunks: readonly ChunkResult[];
  readonly gaps: readonly Gap[];
}

/**
 * What became of a result. `counted`: it was added. `known`: all of its bytes were counted before. `overlaps`: some
 * were, so it was not added, and what is owed has to be cut anew. `unknown`: there is no such generation.
 */
export type ChunkOutcome = 'counted' | 'known' | 'overlaps' | 'unknown';

/** Which windows to read. */
export interface WindowQuery {
  readonly resolution: Resolution;
  /** Windows that start in `[fromAt, toAt)`, epoch ms. */
  readonly fromAt: number;
  readonly toAt: number;
  readonly dimension: Dimension | 'all';
  /** Only those of this source; of all where null. */
  readonly source: string | null;
}

export interface StoredWindow extends WindowCount {
  readonly source: string;
}

/** What maintenance removed. */
export interface Removed {
  readonly windows: number;
  readonly streams: number;
  readonly generations: number;
}

/**
 * Checkpoints and history in one place, so that offsets and counts change together. Used by the Archivist alone. All
 * that is read is committed. After a failure it answers with the same failure for ever: open it anew, and go on from
 * what it tells then.
 * Every method throws MR_ERR_STORE_FAILED, MR_ERR_STORE_DAMAGED, MR_ERR_STORE_FENCED (another process took over).
 */
export interface Store {
  /** The fence: larger than at every opening before. */
  readonly epoch: number;

  /** Makes a batch durable in one transaction. The outcomes are in the order of the chunks. */
  commit(batch: StoreBatch): readonly ChunkOutcome[];

  /** Removes what is older than it is kept, as seen at `now` (epoch ms). */
  maintain(now: number): Removed;

  /** All streams, in the order of their ids. */
  streams(): readonly StoredStream[];

  /** In the order of start, source and key. */
  windows(query: WindowQuery): readonly StoredWindow[];

  /** Counts since the state began, by source. */
  totals(): ReadonlyMap<string, Counts>;

  /** In the order in which they were noted. */
  gaps(): readonly Gap[];

  /** Notes that it was stopped in order. It is not to be used afterwards. */
  close(): void;
}
