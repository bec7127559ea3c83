/** The folder of the state on the disk. */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../domain/errors.js';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** File systems over a network by their magic number. Source: statfs(2) and linux/magic.h. */
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff53_4d42: 'CIFS',
  0xfe53_4d42: 'SMB',
  0x5346_414f: 'AFS',
};

/** The name of a file system over a network; null where it is none. Locks on such are not to be relied upon. */
export function networkFileSystemOf(magic: number): string | null {
  return NETWORK_FILE_SYSTEMS[magic] ?? null;
}

/** Makes the folder, readable by its owner alone, and what leads to it. @throws MR_ERR_STORE_FOLDER */
export function prepareFolder(folder: string): void {
  try {
    const first = mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    chmodSync(folder, FOLDER_MODE);
    if (first !== undefined) syncFolder(dirname(folder));
  } catch (error) {
    throw failure('MR_ERR_STORE_FOLDER', [folder, reasonOf(error)], error);
  }
  const network = networkFileSystemOf(statfsSync(folder).type);
  if (network !== null) throw failure('MR_ERR_STORE_FOLDER', [folder, `it is on ${network}, give a local folder`]);
}

/** Makes an empty file that only its owner may read, where there is none, before SQLite opens it: it takes the mode over. */
export function makeFile(path: string): void {
  closeSync(openSync(path, 'a', FILE_MODE));
  chmodSync(path, FILE_MODE);
}

/** Makes durable which files a folder has. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What went wrong, in the words of the system. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
