import type { Chunk } from '../../domain/chunk.js';
import type { ChunkReport } from '../../domain/chunk-report.js';
import { ChunkParts } from '../../domain/follow/chunk-parts.js';
import type { GrowthChunk } from '../../domain/follow/followed-stream.js';
import type { FilePlan } from '../../domain/plan.js';

/** A chunk that was handed out, under the number by which Coordinator and threads know it as a file of its own. */
export class GrowthTicket {
  readonly growth: GrowthChunk;
  readonly plan: FilePlan;
  readonly parts: ChunkParts<ChunkReport>;
  /** Those whose results are in, or were in vain; each is to be settled. */
  chunks: Chunk[] = [];
  /** What was read of it does not count: the file changed, or it is to be read again. */
  isVoid = false;
  #openBytes: number;

  constructor(growth: GrowthChunk, plan: FilePlan) {
    this.growth = growth;
    this.plan = plan;
    this.parts = new ChunkParts(growth);
    this.#openBytes = growth.end - growth.start;
  }

  /** Bytes that the Coordinator is done with; true when it is with all of them. */
  close(bytes: number): boolean {
    this.#openBytes -= bytes;
    return this.#openBytes === 0;
  }

  /** Takes the chunks that are to be settled. */
  takeChunks(): readonly Chunk[] {
    const { chunks } = this;
    this.chunks = [];
    return chunks;
  }
}
