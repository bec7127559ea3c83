/** Cuts an open file into chunks: ranges of equal size up to the size that it had when it was planned. */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { ChunkSpan } from '../domain/chunk.js';
import type { SourceStep } from '../domain/chunk-source.js';
import { failure, type MillraceError } from '../domain/errors.js';
import { identityOf } from './file-identity.js';
import { reasonOf } from './reason-of.js';

/** A file as it was when it was planned. */
export interface PlannedFile {
  /** Index of the file in the plan. */
  readonly file: number;
  readonly path: string;
  readonly sizeBytes: number;
  /** Device and inode: the file of that name may be another one by the time it is read. */
  readonly identity: string;
}

export class FileSource {
  private readonly planned: PlannedFile;
  private readonly chunkBytes: number;
  private cutBytes = 0;
  private owedBytes: number;
  private descriptor: number | null;
  private error: MillraceError | null = null;
  private isStopped = false;

  /** Takes over `descriptor`, or opens the file by itself, with null, when its first chunk is due. */
  constructor(planned: PlannedFile, chunkBytes: number, descriptor: number | null) {
    this.planned = planned;
    this.chunkBytes = chunkBytes;
    this.owedBytes = planned.sizeBytes;
    this.descriptor = descriptor;
    if (planned.sizeBytes === 0) this.close();
  }

  next(): SourceStep {
    const { file, sizeBytes } = this.planned;
    if (this.isStopped || this.cutBytes >= sizeBytes || !this.isOpen()) return { type: 'drained' };
    const start = this.cutBytes;
    const end = Math.min(start + this.chunkBytes, sizeBytes);
    this.cutBytes = end;
    return { type: 'chunk', span: { file, start, end, slot: null } };
  }

  /** Closes the file with its last settled byte. */
  settle(span: ChunkSpan): void {
    this.owedBytes -= span.end - span.start;
    if (this.owedBytes === 0) this.close();
  }

  /** The open descriptor, for the threads; null after the end. */
  get openDescriptor(): number | null {
    return this.descriptor;
  }

  /** Why the file could not be opened. */
  get failure(): MillraceError | null {
    return this.error;
  }

  /** Cuts no more. True where something was still to be cut. */
  stop(): boolean {
    this.isStopped = true;
    return this.cutBytes < this.planned.sizeBytes;
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private isOpen(): boolean {
    if (this.descriptor !== null) return true;
    if (this.error !== null) return false;
    const { path, identity } = this.planned;
    try {
      this.descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK); // it may be a FIFO by now
      if (identityOf(fstatSync(this.descriptor, { bigint: true })) === identity) return true;
      this.close();
      this.error = failure('MR_ERR_INPUT_UNREADABLE', [path, 'it was replaced by another file meanwhile']);
    } catch (error) {
      this.error = failure('MR_ERR_INPUT_UNREADABLE', [path, reasonOf(error)], error);
    }
    return false;
  }
}
