import type { Chunk } from '../../domain/chunk.js';
import type { ChunkResult } from '../../domain/store/chunk-result.js';
import type { JobContext } from '../../machines/job-machine.js';
import type { ActorRef } from '../system.js';
import type { ClockTicked } from './clock.js';
import type { ChunkRefused, ChunkSettled } from './coordinator.js';
import type { JobFact } from './facts.js';

/** A Worker finished an attempt: `report` is an encoded ChunkReport. The Analyzer merges each byte once. */
export interface ChunkParsed {
  readonly type: 'chunk.parsed';
  readonly chunk: Chunk;
  readonly attempt: number;
  readonly report: Uint8Array;
  /** The Coordinator, who frees the chunk's place when it is told that it is settled. */
  readonly settleTo: ActorRef<ChunkSettled | ChunkRefused>;
}

/** All that a Worker tells the Analyzer. */
export type ResultMessage = ChunkParsed;

/** The Coordinator notes a fact of the job; `sequence` counts from 1 without gaps. */
export interface JobNoted {
  readonly type: 'job.noted';
  readonly sequence: number;
  readonly fact: JobFact;
}

/** Asks how the job stands. */
export interface StatsQuery {
  readonly type: 'stats.query';
  readonly replyTo: ActorRef<StatsReply>;
}

/** State and counters of the job machine. */
export interface StatsReply {
  readonly type: 'stats.reply';
  readonly state: string;
  readonly context: JobContext;
}

/** The Archivist committed these results, in the order of bytes of each file: from now on they may be shown. */
export interface BatchCommitted {
  readonly type: 'batch.committed';
  readonly results: readonly ChunkResult[];
}

/** The Analyzer's inbox. */
export type AnalyzerMessage = ResultMessage | JobNoted | StatsQuery | ClockTicked;

/** The inbox of the Analyzer of a daemon. */
export type LiveAnalyzerMessage = ResultMessage | JobNoted | BatchCommitted | ClockTicked;
