import type { ChaosFault } from './chaos.js';
import type { Chunk } from './chunk.js';

/** What is done with the lines of a chunk. */
export type ScanMode = 'parse' | 'quarantine';

/** One attempt at one chunk, as a Worker hands it to whatever has the processor time. */
export interface ChunkTask {
  readonly chunk: Chunk;
  /** 1 for the first try. */
  readonly attempt: number;
  /** `quarantine` finds the extent of the chunk's lines and counts them as quarantined, without parsing them. */
  readonly mode: ScanMode;
  /** The fault that `--chaos` drew for this attempt. */
  readonly injected: ChaosFault | null;
}

/**
 * The port below the Worker: a thread of this process, a slot of a remote agent, or an inline engine for simulation.
 * The Coordinator knows of none of them.
 */
export interface ChunkDispatcher {
  /**
   * Scans the chunk and resolves with its encoded ChunkReport, which the caller owns. An aborted signal ends the
   * attempt, with its thread where one is at work on it.
   * @throws MR_ERR_THREAD_EXIT, MR_ERR_THREAD_MEMORY when the thread died of this chunk
   * @throws MR_ERR_THREAD_START when no thread can be had at all
   * @throws MR_ERR_CHUNK_READ, MR_ERR_CHUNK_SHORT, MR_ERR_CHAOS_CRASH, MR_ERR_UNEXPECTED
   */
  execute(task: ChunkTask, signal: AbortSignal): Promise<Uint8Array>;

  /**
   * Where the newest attempt at a chunk stands: the offset in the file of the line at work, which stays readable after
   * its thread died; null while the attempt waits for a thread, or is unknown. A fraction may move within a long line.
   */
  progress(chunkId: string): number | null;
}
