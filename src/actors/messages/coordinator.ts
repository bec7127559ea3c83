import type { Chunk, ChunkId } from '../../domain/chunk.js';
import type { Fault } from '../../domain/errors.js';
import type { ActorRef } from '../system.js';
import type { ClockTicked } from './clock.js';

/** The source may have another chunk. The first one starts the job. */
export interface SourceReady {
  readonly type: 'source.ready';
}

/** The Coordinator's own fault policy: the Worker of this attempt crashed. */
export interface ChunkFaulted {
  readonly type: 'chunk.faulted';
  readonly chunkId: ChunkId;
  readonly attempt: number;
  readonly fault: Fault;
}

/** The Analyzer merged the chunk, or dropped the result because its bytes were merged before. */
export interface ChunkSettled {
  readonly type: 'chunk.settled';
  readonly chunkId: ChunkId;
  /** Facts up to this number are counted and need not be sent again. */
  readonly factsSeen: number;
}

/** The Analyzer cannot use a result: it does not decode, or does not belong to its chunk. */
export interface ChunkRefused {
  readonly type: 'chunk.refused';
  readonly chunkId: ChunkId;
  readonly attempt: number;
  readonly fault: Fault;
}

/** The Analyzer was restarted: what waited in its mailbox is lost and must be told again. */
export interface AnalyzerRestarted {
  readonly type: 'analyzer.restarted';
}

/** Pause, resume or cancel the job. */
export interface JobControl {
  readonly type: 'job.control';
  readonly command: 'pause' | 'resume' | 'cancel';
}

/** Asks for the chunks that are not settled. */
export interface LedgerQuery {
  readonly type: 'ledger.query';
  readonly replyTo: ActorRef<LedgerReply>;
}

/** One chunk that is not settled. */
export interface LedgerLine {
  readonly chunk: Chunk;
  readonly status: 'pending' | 'leased';
  readonly attempt: number;
}

/** The answer to a LedgerQuery. */
export interface LedgerReply {
  readonly type: 'ledger.reply';
  readonly mode: 'running' | 'paused' | 'cancelled';
  readonly lines: readonly LedgerLine[];
}

/** The Coordinator's inbox. */
export type CoordinatorMessage =
  | SourceReady
  | ChunkFaulted
  | ChunkSettled
  | ChunkRefused
  | AnalyzerRestarted
  | JobControl
  | LedgerQuery
  | ClockTicked;
