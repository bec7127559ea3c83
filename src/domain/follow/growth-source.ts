import type { Chunk } from '../chunk.js';
import type { ChunkReport } from '../chunk-report.js';
import type { ChunkSource } from '../chunk-source.js';
import type { FilePlan } from '../plan.js';
import type { Piece } from './chunk-parts.js';
import type { FileKey, FollowedStream, FollowGap } from './followed-stream.js';

/** What a look at all files found out, to be committed before any chunk that is handed out after it. */
export interface FollowStep {
  readonly rows: readonly FollowedStream[];
  /** Tombstones that are old enough. */
  readonly forgotten: readonly FileKey[];
  readonly gaps: readonly FollowGap[];
}

/** By what the lines of one generation of a file are read: fixed when its first chunk is cut, and kept. */
export type LinePlan = Pick<FilePlan, 'formats' | 'timezone' | 'seed' | 'referenceAt'>;

/** A chunk that landed: counted with its row, or in vain. Its `chunks` are to be settled, once what is counted is committed. */
export type Landing =
  | {
      readonly type: 'counted';
      readonly row: FollowedStream;
      readonly generation: number;
      readonly lines: LinePlan;
      /** In the order of bytes. */
      readonly pieces: readonly Piece<ChunkReport>[];
      readonly chunks: readonly Chunk[];
    }
  | { readonly type: 'void'; readonly chunks: readonly Chunk[] };

/**
 * The port to the files that are followed: a source of chunks without end. What comes back of them lands in the order of the
 * bytes of each file, verified; its rows are to be committed in the order in which they were given.
 */
export interface GrowthSource extends ChunkSource {
  scan(): FollowStep;
  /** Takes the result of a chunk; one that is in already, or that nobody waits for, changes nothing. */
  take(chunk: Chunk, report: ChunkReport): void;
  /** What landed since the last call. */
  takeLandings(): readonly Landing[];
  /** A chunk that landed is committed: its file may be closed once it is gone and read to its end. */
  committed(key: FileKey): void;
}
