import type { ChunkSpan } from '../../src/domain/chunk.js';
import type { ChunkSource, SourceStep } from '../../src/domain/chunk-source.js';

/** One file in memory as a source; it checks that every byte is settled exactly once. */
export class MemorySource implements ChunkSource {
  readonly settled: ChunkSpan[] = [];
  private readonly sizeBytes: number;
  private readonly chunkBytes: number;
  private cutBytes = 0;

  constructor(content: Buffer, chunkBytes: number) {
    this.sizeBytes = content.length;
    this.chunkBytes = chunkBytes;
  }

  next(): SourceStep {
    if (this.cutBytes >= this.sizeBytes) return { type: 'drained' };
    const start = this.cutBytes;
    this.cutBytes = Math.min(start + this.chunkBytes, this.sizeBytes);
    return { type: 'chunk', span: { file: 0, start, end: this.cutBytes, slot: null } };
  }

  sizes(): readonly number[] {
    return [this.sizeBytes];
  }

  settle(span: ChunkSpan): void {
    this.settled.push(span);
  }

  giveUp(span: ChunkSpan): void {
    this.settle(span);
  }

  onReady(): void {}
}
