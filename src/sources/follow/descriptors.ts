/** The open descriptors of followed files: the ones used last, at most a fixed number. */
import type { ByteString } from '../../domain/byte-string.js';
import type { FileKey } from '../../domain/follow/followed-stream.js';
import { keyOf } from './file-key.js';
import type { FollowFiles } from './follow-files.js';

/** Most descriptors at a time. */
export const MAX_DESCRIPTORS = 1024;

interface OpenFile {
  readonly descriptor: number;
  /** Who needs it open: chunks in flight, and a file that is gone and could not be opened again. */
  pins: number;
}

export class Descriptors {
  readonly #files: FollowFiles;
  readonly #limit: number;
  /** In the order of their last use. */
  readonly #open = new Map<FileKey, OpenFile>();

  constructor(files: FollowFiles, limit: number) {
    this.#files = files;
    this.#limit = limit;
  }

  /** The descriptor of a file that is open; null for one that is not. */
  openOf(key: FileKey): number | null {
    return this.#use(key);
  }

  /**
   * Opens a file unless it is open. Null where another one, or none, has that path by now, and where all descriptors are
   * pinned. Throws what the system call does.
   */
  open(key: FileKey, path: ByteString): number | null {
    const known = this.#use(key);
    if (known !== null) return known;
    if (!this.#makeRoom()) return null;
    const descriptor = openIfThere(this.#files, path);
    if (descriptor === null) return null;
    if (this.#isOf(descriptor, key)) this.#open.set(key, { descriptor, pins: 0 });
    else this.#files.close(descriptor);
    return this.#open.get(key)?.descriptor ?? null;
  }

  /** Keeps a file open until as many `unpin`. */
  pin(key: FileKey): void {
    const file = this.#open.get(key);
    if (file !== undefined) file.pins += 1;
  }

  unpin(key: FileKey): void {
    const file = this.#open.get(key);
    if (file !== undefined && file.pins > 0) file.pins -= 1;
  }

  close(key: FileKey): void {
    const file = this.#open.get(key);
    if (file === undefined) return;
    this.#open.delete(key);
    this.#files.close(file.descriptor);
  }

  /** Closes a file unless it is pinned. */
  closeIdle(key: FileKey): void {
    if (this.#open.get(key)?.pins === 0) this.close(key);
  }

  closeAll(): void {
    for (const key of this.#open.keys()) this.close(key);
  }

  get count(): number {
    return this.#open.size;
  }

  #use(key: FileKey): number | null {
    const file = this.#open.get(key);
    if (file === undefined) return null;
    this.#open.delete(key);
    this.#open.set(key, file);
    return file.descriptor;
  }

  #isOf(descriptor: number, key: FileKey): boolean {
    try {
      const stats = this.#files.statOpen(descriptor);
      return stats.isFile() && keyOf(stats) === key;
    } catch (error) {
      this.#files.close(descriptor);
      throw error;
    }
  }

  #makeRoom(): boolean {
    if (this.#open.size < this.#limit) return true;
    for (const [key, file] of this.#open) {
      if (file.pins > 0) continue;
      this.close(key);
      return true;
    }
    return false;
  }
}

/** Null where there is nothing of that name: the file was renamed a moment ago, or is gone. */
function openIfThere(files: FollowFiles, path: ByteString): number | null {
  try {
    return files.open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
