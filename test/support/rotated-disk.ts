import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { ByteString } from '../../src/domain/byte-string.js';

/** What a program that writes logs, and one that rotates them, do to a disk. */
export interface RotatedDisk {
  exists(path: string): boolean;
  openToAppend(path: string): number;
  append(descriptor: number, text: ByteString): void;
  close(descriptor: number): void;
  readFile(path: string): Uint8Array;
  /** Makes a file, or gives one that is there another content. */
  writeFile(path: string, bytes: Uint8Array): void;
  appendFile(path: string, bytes: Uint8Array): void;
  truncate(path: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
}

/** The real one. */
export const NODE_DISK: RotatedDisk = {
  exists: existsSync,
  openToAppend: (path) => openSync(path, 'a'),
  append: (descriptor, text) => void writeSync(descriptor, text),
  close: closeSync,
  readFile: (path) => readFileSync(path),
  writeFile: writeFileSync,
  appendFile: appendFileSync,
  truncate: (path) => truncateSync(path),
  rename: renameSync,
  unlink: unlinkSync,
};
