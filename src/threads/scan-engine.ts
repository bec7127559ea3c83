/** What a scan thread scans with. */
import type { ByteString } from '../domain/byte-string.js';
import type { ChaosFault } from '../domain/chaos.js';
import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import type { FilePlan } from '../domain/plan.js';
import type { ChunkBytes } from './first-line.js';

/** What an engine does besides counting. */
export interface ScanHooks {
  /** Told the offset of the line at work, as often as the engine knows it. */
  readonly onLine: (offset: number) => void;
  /** Makes the attempt fail as chaos drew it; called once, at about the middle of the chunk. */
  readonly onInjected: (fault: ChaosFault, task: ChunkTask) => void;
  /** Text whose lines are handed to `onPoison`; null for none. */
  readonly poison: ByteString | null;
  readonly onPoison: () => void;
}

/** Scans chunks, one at a time; keeps what it needs from one to the next. */
export interface ScanEngine {
  /** Scans the lines of the task's chunk; returns the encoded ChunkReport. @throws MR_ERR_CHUNK_READ, MR_ERR_CHUNK_SHORT, MR_ERR_CHAOS_CRASH */
  scan(task: ChunkTask, plan: FilePlan, bytes: ChunkBytes): Uint8Array<ArrayBuffer>;
}
