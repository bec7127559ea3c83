import type { ChunkBytes } from '../../src/threads/first-line.js';

/**
 * Bytes in memory, the first of them at `offset` of the input, where a line begins; every read returns at most
 * `maxReadBytes`, as pipes and network files do.
 */
export function memoryBytes(content: Buffer, maxReadBytes = Number.POSITIVE_INFINITY, offset = 0): ChunkBytes {
  return {
    start: offset,
    end: offset + content.length,
    read: (target, position, lengthBytes) => {
      const from = position - offset;
      return content.copy(target, 0, from, from + Math.min(lengthBytes, maxReadBytes));
    },
  };
}
