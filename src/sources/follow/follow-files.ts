/** The file system as the follower uses it. Paths are bytes: names need not be UTF-8. */
import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from 'node:fs';
import type { ByteString } from '../../domain/byte-string.js';

/** What is looked at of a file. */
export type FileStats = Pick<BigIntStats, 'dev' | 'ino' | 'birthtimeNs' | 'size' | 'mtimeNs' | 'ctimeNs' | 'isFile'>;

/** A name in a directory, and what bears it. */
export type DirectoryEntry = Pick<Dirent, 'name' | 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

/** The port; each call throws what the system call does. */
export interface FollowFiles {
  /** Null where there is nothing of that name. */
  stat(path: ByteString): FileStats | null;
  statOpen(descriptor: number): FileStats;
  list(directory: ByteString): readonly DirectoryEntry[];
  resolve(directory: ByteString): ByteString;
  /** Opens a file for reading without following a link and without waiting for the other end of a FIFO. */
  open(path: ByteString): number;
  close(descriptor: number): void;
  /** Bytes read, fewer than the target holds at the end of the file. */
  read(descriptor: number, target: Uint8Array, position: number): number;
}

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The real file system. */
export const NODE_FILES: FollowFiles = {
  stat: (path) => lstatSync(pathBytes(path), { bigint: true, throwIfNoEntry: false }) ?? null,
  statOpen: (descriptor) => fstatSync(descriptor, { bigint: true }),
  list: (directory) => readdirSync(pathBytes(directory), { withFileTypes: true, encoding: 'latin1' }),
  resolve: (directory) => realpathSync.native(pathBytes(directory), { encoding: 'latin1' }),
  open: (path) => openSync(pathBytes(path), FLAGS),
  close: closeSync,
  read: readAll,
};

const NON_ASCII = /[\x80-\xff]/;

/** Plain names go as they are, which is faster. */
function pathBytes(path: ByteString): Buffer | string {
  return NON_ASCII.test(path) ? Buffer.from(path, 'latin1') : path;
}

function readAll(descriptor: number, target: Uint8Array, position: number): number {
  let count = 0;
  while (count < target.length) {
    const got = readSync(descriptor, target, count, target.length - count, position + count);
    if (got === 0) break;
    count += got;
  }
  return count;
}
