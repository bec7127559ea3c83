import type { Chunk } from '../../domain/chunk.js';
import type { FileKey } from '../../domain/follow/followed-stream.js';
import type { ChunkResult } from '../../domain/store/chunk-result.js';
import type { Gap, StreamRecord } from '../../domain/store/store.js';
import type { ActorRef } from '../system.js';
import type { ClockTicked } from './clock.js';
import type { ChunkSettled } from './coordinator.js';

/** What a scan found out. */
export interface StreamsNoted {
  readonly type: 'streams.noted';
  readonly streams: readonly StreamRecord[];
  readonly forgotten: readonly FileKey[];
  readonly gaps: readonly Gap[];
}

/** A chunk landed: its counts belong to its row, in one transaction. */
export interface GrowthCounted {
  readonly type: 'growth.counted';
  readonly stream: StreamRecord;
  /** In the order of bytes. */
  readonly results: readonly ChunkResult[];
  readonly gaps: readonly Gap[];
  /** To be settled with `settleTo` once that is committed. */
  readonly chunks: readonly Chunk[];
  readonly settleTo: ActorRef<ChunkSettled>;
  readonly factsSeen: number;
}

/** Small values of the machines by name, to be kept with the next commit; an empty one is removed. */
export interface FactsNoted {
  readonly type: 'facts.noted';
  readonly facts: ReadonlyMap<string, string>;
}

/** Time to commit what has come. */
export interface CommitDue {
  readonly type: 'commit.due';
}

/** Time to remove what is older than it is kept. */
export interface MaintenanceDue {
  readonly type: 'maintenance.due';
}

/** Asks to commit all that has come until now. */
export interface ArchiveFlush {
  readonly type: 'archive.flush';
  readonly replyTo: ActorRef<ArchiveFlushed>;
}

/** All is committed. */
export interface ArchiveFlushed {
  readonly type: 'archive.flushed';
}

/** The Archivist's inbox. */
export type ArchivistMessage =
  | StreamsNoted
  | GrowthCounted
  | FactsNoted
  | CommitDue
  | MaintenanceDue
  | ArchiveFlush
  | ClockTicked;
