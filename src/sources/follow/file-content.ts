/** The content of an open file, as the decisions about it look at it. */
import type { ByteString } from '../../domain/byte-string.js';
import { HEAD_BYTES } from '../../domain/follow/followed-stream.js';
import type { Content } from '../../domain/follow/judge-copy.js';
import type { FollowFiles } from './follow-files.js';

const NEWLINE = 10;
const BLOCK_BYTES = 64 * 1024;

export class FileContent implements Content {
  readonly size: number;
  readonly #files: FollowFiles;
  readonly #descriptor: number;
  #head: ByteString | null = null;

  /** The size is that of the moment; what is read later may be shorter. */
  constructor(files: FollowFiles, descriptor: number) {
    this.#files = files;
    this.#descriptor = descriptor;
    this.size = Number(files.statOpen(descriptor).size);
  }

  bytes(start: number, end: number): ByteString {
    if (start >= end) return '';
    if (end > HEAD_BYTES) return this.#read(start, end).toString('latin1');
    this.#head ??= this.#read(0, HEAD_BYTES).toString('latin1'); // compared with that of many files
    return this.#head.slice(start, end);
  }

  /** The place behind the last newline of `[start, end)`; null where there is none. */
  behindLastNewline(start: number, end: number): number | null {
    for (let to = end; to > start; to -= BLOCK_BYTES) {
      const from = Math.max(start, to - BLOCK_BYTES);
      const newline = this.#read(from, to).lastIndexOf(NEWLINE);
      if (newline >= 0) return from + newline + 1;
    }
    return null;
  }

  /** The place behind the first newline of `[start, end)`; null where there is none. */
  behindFirstNewline(start: number, end: number): number | null {
    for (let from = start; from < end; from += BLOCK_BYTES) {
      const newline = this.#read(from, Math.min(end, from + BLOCK_BYTES)).indexOf(NEWLINE);
      if (newline >= 0) return from + newline + 1;
    }
    return null;
  }

  #read(start: number, end: number): Buffer {
    const target = Buffer.allocUnsafe(end - start);
    return target.subarray(0, this.#files.read(this.#descriptor, target, start));
  }
}
