/** The files that settings come from: where they lie, and their text, whatever lies there. */
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { failure } from '../domain/errors.js';
import { reasonOf } from '../sources/reason-of.js';
import type { FileLayer } from './config-layers.js';

/** What the place of files depends on. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Null where it was removed. */
  readonly workingDirectory: string | null;
  /** Null where the user has none. */
  readonly home: string | null;
  /** The directory that holds `etc`. */
  readonly root: string;
}

/** A file that is looked for. */
export interface Candidate {
  readonly layer: FileLayer;
  readonly path: string;
  /** A file that was named must be there. */
  readonly isNamed: boolean;
}

export const PROJECT_FILE = '.millrace.yaml';
/** The variable that names a file in place of the project's. */
export const FILE_VARIABLE = 'MILLRACE_CONFIG';

const USER_FILE = join('millrace', 'config.yaml');
const MAX_BYTES = 128 * 1024;

/**
 * The files to look for, strongest first. `named` is what `--config` says: a file in place of the project's, `false` for
 * no file at all.
 */
export function candidatesIn(around: Surroundings, named: string | false | undefined): Candidate[] {
  if (named === false) return [];
  const { env, home, root } = around;
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  const userFolder = isAbsolute(xdg) ? xdg : home === null ? null : join(home, '.config'); // a relative one is void, says XDG
  const user = userFolder === null ? [] : [fileOf('user', join(userFolder, USER_FILE))];
  return [...projectFiles(around, named), ...user, fileOf('system', join(root, 'etc', USER_FILE))];
}

function projectFiles({ env, workingDirectory }: Surroundings, named: string | undefined): Candidate[] {
  const chosen = named ?? (env[FILE_VARIABLE] || null);
  if (chosen !== null) return [{ layer: 'project', path: resolve(workingDirectory ?? '/', chosen), isNamed: true }];
  return workingDirectory === null ? [] : [fileOf('project', projectFile(workingDirectory))];
}

function fileOf(layer: FileLayer, path: string): Candidate {
  return { layer, path, isNamed: false };
}

/**
 * The nearest project file from the working directory upwards to the root of the project: the next directory that holds
 * `.git`. Outside of a project only the working directory counts, for what lies above may be anybody's, as in `/tmp`.
 */
function projectFile(workingDirectory: string): string {
  const here = join(workingDirectory, PROJECT_FILE);
  let nearest: string | null = null;
  for (let directory = workingDirectory; ; directory = dirname(directory)) {
    const path = join(directory, PROJECT_FILE);
    if (nearest === null && isThere(path)) nearest = path;
    if (nearest === here || isThere(join(directory, '.git'))) return nearest ?? here;
    if (dirname(directory) === directory) return here;
  }
}

/** False also where a directory on the way may not be searched: nobody can tell then. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return false;
    throw error;
  }
}

/**
 * The text of a file; null where it is missing and was not named.
 * @throws MR_ERR_CONFIG_UNREADABLE, MR_ERR_CONFIG_INVALID
 */
export function readCandidate({ path, isNamed }: Candidate): string | null {
  if (!isNamed && !isThere(path)) return null;
  const bytes = readSmallFile(path);
  if (!isUtf8(bytes)) throw failure('MR_ERR_CONFIG_INVALID', [path, ...placeOfDamage(bytes), 'not UTF-8 text']);
  return bytes.toString('utf8');
}

function readSmallFile(path: string): Buffer {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // a FIFO would wait for a writer
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw failure('MR_ERR_CONFIG_UNREADABLE', [path, `it is ${kindOf(stats)}`]);
    return readAll(path, descriptor);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const isMissing = 'code' in error && error.code === 'ENOENT';
    throw failure('MR_ERR_CONFIG_UNREADABLE', [path, isMissing ? 'it does not exist' : reasonOf(error)], error);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Goes by what can be read, not by the size that the file states. */
function readAll(path: string, descriptor: number): Buffer {
  const room = Buffer.alloc(MAX_BYTES + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < room.length; length += read) {
    read = readSync(descriptor, room, length, room.length - length, null);
  }
  if (length > MAX_BYTES) throw failure('MR_ERR_CONFIG_UNREADABLE', [path, `it has more than ${MAX_BYTES} bytes`]);
  return room.subarray(0, length);
}

/** Line and column, counted from 1, of the first byte that is not UTF-8. */
function placeOfDamage(bytes: Buffer): [number, number] {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf('\n', start);
    const content = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (!isUtf8(content)) return [line, columnOfDamage(content)];
    line += 1;
    start = end + 1;
  }
}

/** Decoding and encoding again changes what is no UTF-8, and nothing before it. */
function columnOfDamage(line: Buffer): number {
  const again = Buffer.from(line.toString('utf8'));
  const place = line.findIndex((byte, index) => byte !== again[index]);
  return line.toString('utf8', 0, place).length + 1;
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a FIFO';
  return stats.isSocket() ? 'a socket' : 'a device';
}
