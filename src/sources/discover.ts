/** Turns what the user named (files, directories, patterns, FIFOs, `-`) into the list of inputs of a job. */
import { type BigIntStats, fstatSync, lstatSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Tinyglobby from 'tinyglobby';
import { failure, MillraceError } from '../domain/errors.js';
import { identityOf } from './file-identity.js';
import { LOG_NAMES } from './log-names.js';
import { reasonOf } from './reason-of.js';
import { type PassedOver, walkDirectory } from './walk-directory.js';

/** One input before it is opened. */
export interface FoundInput {
  /** As shown to the user. */
  readonly path: string;
  readonly kind: 'file' | 'stream';
  /** True where the user named it, false where it was found in a directory or by a pattern. */
  readonly isNamed: boolean;
  /** Device and inode: an input named twice, or by a hard link, is read once. */
  readonly identity: string;
}

/** An input that cannot be read, and why. */
export interface InputFailure {
  readonly path: string;
  readonly error: MillraceError;
}

/** What was found, in byte order of the paths, and what could not be. */
export interface Discovery {
  readonly inputs: readonly FoundInput[];
  readonly failures: readonly InputFailure[];
  /** What has the name of a log and is not read all the same. */
  readonly passedOver: readonly PassedOver[];
}

interface Findings {
  readonly inputs: Map<string, FoundInput>;
  readonly failures: InputFailure[];
  readonly passedOver: PassedOver[];
}

/** Finds the inputs for the names that the user gave. Nothing is thrown: a name that leads nowhere is a failure. */
export function discover(names: readonly string[]): Discovery {
  const findings: Findings = { inputs: new Map(), failures: [], passedOver: [] };
  for (const name of names) attempt(name, findings, () => find(name, findings));
  const { inputs, failures, passedOver } = findings;
  return { inputs: [...inputs.values()].sort(byPath), failures, passedOver };
}

function byPath(a: FoundInput, b: FoundInput): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

function attempt(path: string, { failures }: Findings, action: () => void): void {
  try {
    action();
  } catch (error) {
    const isOurs = error instanceof MillraceError;
    failures.push({
      path,
      error: isOurs ? error : failure('MR_ERR_INPUT_UNREADABLE', [path, reasonOf(error)], error),
    });
  }
}

function find(name: string, findings: Findings): void {
  if (name === '-') return add(findings, standardInput());
  const stats = statSync(name, { throwIfNoEntry: false, bigint: true });
  if (stats === undefined) return findMatching(name, findings);
  if (stats.isDirectory()) return findIn(name, findings);
  add(findings, namedInput(name, stats));
}

/** The first name of an input stays; one that the user gave counts as named, whatever else found it. */
function add({ inputs }: Findings, input: FoundInput): void {
  const known = inputs.get(input.identity);
  if (known === undefined || (input.isNamed && !known.isNamed)) inputs.set(input.identity, input);
}

function namedInput(path: string, stats: BigIntStats): FoundInput {
  if (stats.isFile()) return { path, kind: 'file', isNamed: true, identity: identityOf(stats) };
  if (stats.isFIFO() || isDescriptor(path)) return streamOf(path, stats);
  throw failure('MR_ERR_INPUT_KIND', [path, kindOf(stats)]);
}

function standardInput(): FoundInput {
  const stats = fstatSync(0, { bigint: true });
  if (stats.isDirectory()) throw failure('MR_ERR_INPUT_UNREADABLE', ['standard input', 'it is a directory']);
  return streamOf('-', stats);
}

function streamOf(path: string, stats: BigIntStats): FoundInput {
  return { path, kind: 'stream', isNamed: true, identity: identityOf(stats) };
}

/** `<(command)` of a shell names a pipe or a terminal by its descriptor. */
function isDescriptor(path: string): boolean {
  return /^\/(dev\/fd|proc\/self\/fd)\/\d+$|^\/dev\/stdin$/.test(path);
}

function findIn(directory: string, findings: Findings): void {
  const { logs, passedOver, failures } = walkDirectory(directory);
  findings.passedOver.push(...passedOver);
  findings.failures.push(...failures);
  if (logs.length === 0 && failures.length === 0) throw failure('MR_ERR_INPUT_NONE', [directory, LOG_NAMES.join(', ')]);
  addFound(logs, findings);
}

/** What matches a pattern: its files, or else the logs in the directories that match. */
function findMatching(pattern: string, findings: Findings): void {
  const { globSync, isDynamicPattern } = loadTinyglobby();
  const matches = (only: { readonly onlyFiles?: boolean; readonly onlyDirectories?: boolean }): string[] =>
    globSync(pattern, { ...only, followSymbolicLinks: false, dot: true, expandDirectories: false });
  const isPattern = isDynamicPattern(pattern);
  const files = isPattern ? matches({ onlyFiles: true }) : [];
  const directories = isPattern && files.length === 0 ? matches({ onlyDirectories: true }) : [];
  if (files.length + directories.length === 0) throw failure('MR_ERR_INPUT_MISSING', [pattern]);
  addFound(files, findings);
  for (const directory of directories) attempt(directory, findings, () => findIn(directory, findings));
}

/** Loaded when a name is no file: most are. */
function loadTinyglobby(): typeof Tinyglobby {
  return createRequire(import.meta.url)('tinyglobby') as typeof Tinyglobby; // what the package exports
}

/** What is found, not named, must be a regular file: a link or a FIFO with the name of a log could lead anywhere. */
function addFound(paths: readonly string[], findings: Findings): void {
  for (const path of paths) {
    attempt(path, findings, () => {
      const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
      if (stats?.isFile() === true) add(findings, { path, kind: 'file', isNamed: false, identity: identityOf(stats) });
    });
  }
}

function kindOf(stats: BigIntStats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice()) return 'a character device';
  return stats.isBlockDevice() ? 'a block device' : 'neither a file nor a directory';
}
