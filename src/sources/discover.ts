/** Turns what the user named (files, directories, patterns, FIFOs, `-`) into the list of inputs of a job. */
import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { failure, type MillraceError, toFault } from '../domain/errors.js';

/** One input before it is opened. */
export interface FoundInput {
  /** As shown to the user. */
  readonly path: string;
  readonly kind: 'file' | 'stream';
  /** True where the user named it, false where it was found in a directory or by a pattern. */
  readonly isNamed: boolean;
  /** Device and inode of a file: a file named twice, or by a hard link, is read once. */
  readonly identity: string;
}

/** What was found, in byte order of the paths, and what could not be. */
export interface Discovery {
  readonly inputs: readonly FoundInput[];
  readonly failures: readonly { readonly path: string; readonly error: MillraceError }[];
}

/** Names under which logs lie in a directory. The sentence of MR_ERR_INPUT_NONE lists them. */
const LOG_NAMES = [
  '**/*.log',
  '**/*.log[.-]*',
  '**/*log',
  '**/*.out',
  '**/*.err',
  '**/*.txt',
  '**/*.jsonl',
  '**/*.ndjson',
];
const SYSTEM_LOG_NAMES = ['**/messages*', '**/syslog*', '**/*.log.[0-9]*', '**/*log.[0-9]*'];
const NOT_LOGS = ['**/*.{gz,bz2,xz,zst,zip,lz4,journal,db,sqlite}', '**/node_modules/**'];

/** Finds the inputs for the names that the user gave. Nothing is thrown: a name that leads nowhere is a failure. */
export function discover(names: readonly string[]): Discovery {
  const inputs = new Map<string, FoundInput>();
  const failures: { path: string; error: MillraceError }[] = [];
  for (const name of names) {
    try {
      for (const input of inputsOf(name)) {
        if (!inputs.has(input.identity)) inputs.set(input.identity, input);
      }
    } catch (error) {
      failures.push({ path: name, error: asFailure(name, error) });
    }
  }
  return {
    inputs: [...inputs.values()].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))),
    failures,
  };
}

function inputsOf(name: string): readonly FoundInput[] {
  if (name === '-') return [{ path: '-', kind: 'stream', isNamed: true, identity: '-' }];
  const stats = statSync(name, { throwIfNoEntry: false });
  if (stats === undefined) {
    const found = isDynamicPattern(name) ? filesMatching(name) : [];
    if (found.length === 0) throw failure('MR_ERR_INPUT_MISSING', [name]);
    return found;
  }
  if (stats.isDirectory()) return filesIn(name);
  return [namedInput(name, stats)];
}

function namedInput(path: string, stats: Stats): FoundInput {
  if (stats.isFile()) return { path, kind: 'file', isNamed: true, identity: identityOf(stats) };
  if (stats.isFIFO() || isPipe(path)) return { path, kind: 'stream', isNamed: true, identity: identityOf(stats) };
  throw failure('MR_ERR_INPUT_KIND', [path, kindOf(stats)]);
}

/** `<(command)` of a shell names a pipe or a terminal by its descriptor. */
function isPipe(path: string): boolean {
  return /^\/(dev\/fd|proc\/self\/fd)\/\d+$|^\/dev\/stdin$/.test(path);
}

function filesIn(directory: string): readonly FoundInput[] {
  const patterns = [...LOG_NAMES, ...SYSTEM_LOG_NAMES];
  const names = globSync(patterns, { cwd: directory, ignore: NOT_LOGS, onlyFiles: true, followSymbolicLinks: false });
  const found = regularFiles(names.map((name) => join(directory, name)));
  if (found.length === 0) throw failure('MR_ERR_INPUT_NONE', [directory]);
  return found;
}

function filesMatching(pattern: string): readonly FoundInput[] {
  return regularFiles(
    globSync(pattern, { onlyFiles: true, followSymbolicLinks: false, dot: true, expandDirectories: false }),
  );
}

/** What is found, not named, must be a regular file: a link or a FIFO with the name of a log could lead anywhere. */
function regularFiles(paths: readonly string[]): readonly FoundInput[] {
  return paths.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? [{ path, kind: 'file' as const, isNamed: false, identity: identityOf(stats) }] : [];
  });
}

function identityOf(stats: Stats): string {
  return `${stats.dev}:${stats.ino}`;
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice()) return 'a character device';
  return stats.isBlockDevice() ? 'a block device' : 'neither a file nor a directory';
}

function asFailure(path: string, error: unknown): MillraceError {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('MR_ERR'))
    return error as MillraceError; // by its code
  return failure('MR_ERR_INPUT_UNREADABLE', [path, reasonOf(error)], error);
}

/** The reason of a failed system call in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    ENOENT: 'it does not exist any more',
    EISDIR: 'it is a directory',
    ELOOP: 'too many symbolic links',
    ENAMETOOLONG: 'the name is too long',
    EMFILE: 'too many open files',
    EIO: 'input/output error',
  };
  return words[code] ?? toFault(error).message;
}
