import type { ChunkBytes } from '../../src/threads/first-line.js';

/** Bytes in memory; every read returns at most `maxReadBytes`, as pipes and network files do. */
export function memoryBytes(content: Buffer, maxReadBytes = Number.POSITIVE_INFINITY): ChunkBytes {
  return {
    start: 0,
    end: content.length,
    read: (target, position, lengthBytes) =>
      content.copy(target, 0, position, position + Math.min(lengthBytes, maxReadBytes)),
  };
}
