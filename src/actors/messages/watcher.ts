import type { Chunk } from '../../domain/chunk.js';
import type { ChunkReport } from '../../domain/chunk-report.js';
import type { FileKey } from '../../domain/follow/followed-stream.js';
import type { ClockTicked } from './clock.js';

/** It is time to look at all files. */
export interface ScanDue {
  readonly type: 'scan.due';
}

/** The Analyzer decoded and checked what was read of a chunk. */
export interface ChunkRead {
  readonly type: 'chunk.read';
  readonly chunk: Chunk;
  readonly report: ChunkReport;
  readonly factsSeen: number;
}

/** The source's own word: a chunk landed without a result, as it was given up. */
export interface GrowthLanded {
  readonly type: 'growth.landed';
}

/** The Archivist committed chunks of these files, a key for each. */
export interface GrowthCommitted {
  readonly type: 'growth.committed';
  readonly keys: readonly FileKey[];
}

/** The Watcher's inbox. */
export type WatcherMessage = ScanDue | ChunkRead | GrowthLanded | GrowthCommitted | ClockTicked;
