import type { ByteString } from '../byte-string.js';
import type { FileKey, FollowedStream } from '../follow/followed-stream.js';
import type { Dimension } from '../summary/dimensions.js';
import type { ChunkResult } from './chunk-result.js';
import type { Counts } from './counts.js';
import type { Resolution } from './resolutions.js';
import type { WindowCount } from './window-cells.js';

/** A followed file as it is kept. */
export interface StreamRecord {
  /** Its key is the id; it tells of its open generation and of the closed ones. */
  readonly stream: FollowedStream;
  /** Name of the watched directory, under which windows and counters are kept. */
  readonly source: string;
  /** What the machine of the file remembers, as JSON; empty for nothing. */
  readonly machine: string;
  /** Epoch ms. */
  readonly seenAt: number;
}

/** One life of the content of a file, from a truncation to the next. All bytes of `[base, offset)` are counted in it. */
export interface StoredGeneration {
  readonly generation: number;
  readonly base: number;
  readonly offset: number;
  /** The bytes before the offset, and the first of the content. */
  readonly marker: ByteString;
  readonly head: ByteString;
  /** The plan by which its lines are read, as JSON; empty while none was. */
  readonly plan: string;
  /** Epoch ms. */
  readonly openedAt: number;
  /** Epoch ms; null while it is the content of the file. */
  readonly closedAt: number | null;
  /** The byte counters add up to `offset - base`. */
  readonly counts: Counts;
}

export interface StoredStream extends StreamRecord {
  /** In ascending order; the last is the open one. */
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
  /** Files that are known no more; forgotten before `streams` are written. */
  readonly forgotten: readonly FileKey[];
  /** The last row of each file. Its offsets are those of the last commit, moved by the chunks of this one. */
  readonly streams: readonly StreamRecord[];
  /** In the order of bytes of each generation; of files that are in `streams`. */
  readonly chunks: readonly ChunkResult[];
  readonly gaps: readonly Gap[];
  /** Small values by name; an empty one is removed. */
  readonly facts: ReadonlyMap<string, string>;
}

/** What became of a result: it was added, or all of its bytes were counted before. */
export type ChunkOutcome = 'counted' | 'known';

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

  /**
   * Makes a batch durable in one transaction. The outcomes are in the order of the chunks. Throws a `RangeError`, with nothing
   * written, where offsets, chunks and what is stored do not add up: that is a bug of whoever follows the files.
   */
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

  facts(): ReadonlyMap<string, string>;

  /** Notes that it was stopped in order. It is not to be used afterwards. */
  close(): void;
}
