import type { ChunkTask } from '../../domain/chunk-dispatcher.js';
import type { ActorRef } from '../system.js';
import type { ResultMessage } from './analyzer.js';
import type { ChunkRefused, ChunkSettled } from './coordinator.js';

/** Scan the task's chunk and tell the outcome to `resultsTo`, which settles it with `settleTo`. */
export interface ChunkAssign {
  readonly type: 'chunk.assign';
  readonly task: ChunkTask;
  readonly resultsTo: ActorRef<ResultMessage>;
  readonly settleTo: ActorRef<ChunkSettled | ChunkRefused>;
}

/** Tell the result again: the Analyzer was restarted, and what waited in its mailbox is lost. */
export interface ResultResend {
  readonly type: 'result.resend';
}

/** The Worker's inbox. */
export type WorkerMessage = ChunkAssign | ResultResend;
