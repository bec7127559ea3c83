/** Where the bytes of a chunk come from: a range of an open file, or a slot of the ring of shared buffers. */
import { readSync } from 'node:fs';
import type { Chunk, StreamSlot } from '../domain/chunk.js';
import { failure } from '../domain/errors.js';
import type { FilePlan } from '../domain/plan.js';
import type { ChunkBytes } from './first-line.js';

/** Bytes of an open file up to the size that was planned: what is appended later belongs to a later run. */
export function fileBytes(descriptor: number, plan: FilePlan, chunk: Chunk): ChunkBytes {
  const end = plan.sizeBytes ?? chunk.end;
  const read = (target: Uint8Array, position: number, lengthBytes: number): number => {
    const count = readOrFail(descriptor, target, { position, lengthBytes, path: plan.path, chunk });
    if (count === 0) throw failure('MR_ERR_CHUNK_SHORT', [plan.path, position, end]);
    return count;
  };
  return { start: plan.startsAt, end, read };
}

interface ReadPlace {
  readonly position: number;
  readonly lengthBytes: number;
  readonly path: string;
  readonly chunk: Chunk;
}

function readOrFail(descriptor: number, target: Uint8Array, place: ReadPlace): number {
  try {
    return readSync(descriptor, target, 0, place.lengthBytes, place.position);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('MR_ERR_CHUNK_READ', [place.path, place.chunk.start, place.chunk.end, why], error);
  }
}

const FILLER = 'x'.charCodeAt(0);
const NEWLINE = 10;

/** Bytes that a slot stands for: those that were dropped are made up, as NULs before and filler after the real ones. */
export function slotBytes(buffer: SharedArrayBuffer, slot: StreamSlot): ChunkBytes {
  const bytes = new Uint8Array(buffer, 0, slot.lengthBytes);
  const dataStart = slot.offset + slot.nulBytes;
  const dataEnd = dataStart + slot.lengthBytes;
  const end = dataEnd + slot.spilledBytes;
  const read = (target: Uint8Array, position: number, lengthBytes: number): number => {
    if (position < dataStart) return fill(target, 0, Math.min(lengthBytes, dataStart - position));
    if (position >= dataEnd) {
      const count = fill(target, FILLER, Math.min(lengthBytes, end - position));
      if (slot.isSpillTerminated && position + count === end) target[count - 1] = NEWLINE;
      return count;
    }
    const count = Math.min(lengthBytes, dataEnd - position);
    target.set(bytes.subarray(position - dataStart, position - dataStart + count));
    return count;
  };
  return { start: slot.offset, end, read };
}

function fill(target: Uint8Array, value: number, lengthBytes: number): number {
  target.fill(value, 0, lengthBytes);
  return lengthBytes;
}
