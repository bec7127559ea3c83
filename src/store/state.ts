/**
 * The state of a daemon: a folder that one process at a time has to itself. The lock is held by SQLite on a file of its
 * own, so it ends with the process however that ends; `owner.json` only tells who holds it.
 */
import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, MillraceError } from '../domain/errors.js';
import { codeOf, Connection } from './connection.js';
import { makeFile, prepareFolder, syncFolder } from './folder.js';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.js';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** Where SQLite keeps the two numbers in the file. Source: Database File Format, section 1.3. */
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** Who holds a state. */
interface Owner {
  readonly pid: number;
  /** When the process started, epoch ms, and in which run of the system. */
  readonly startedAt: number;
  readonly bootId: string;
}

/** A state that is ours until `release` or the end of the process. */
export class State {
  readonly folder: string;
  /** True where there was a database before. */
  isKnown: boolean;
  /** What was found to be wrong with the database since; null where it is sound as far as is known. */
  damage: string | null = null;
  readonly #lock: Connection;

  constructor(folder: string, isKnown: boolean, lock: Connection) {
    this.folder = folder;
    this.isKnown = isKnown;
    this.#lock = lock;
  }

  get database(): string {
    return databaseIn(this.folder);
  }

  release(): void {
    this.#lock.close();
  }
}

/**
 * Makes the folder where there is none, and takes it.
 * @throws MR_ERR_STORE_FOLDER, MR_ERR_STORE_LOCKED with the owner, MR_ERR_STORE_NEWER; then nothing was changed.
 */
export function takeState(folder: string): State {
  prepareFolder(folder);
  const lock = lockOf(folder);
  try {
    refuseNewer(databaseIn(folder));
    const path = ownerIn(folder);
    const isKnown = existsSync(path);
    if (!isKnown) makeFile(path);
    writeFileSync(path, `${JSON.stringify(ownOwner())}\n`);
    syncFolder(folder);
    return new State(folder, isKnown, lock);
  } catch (error) {
    lock.close();
    if (error instanceof MillraceError) throw error;
    throw failure('MR_ERR_STORE_FOLDER', [folder, error instanceof Error ? error.message : String(error)], error);
  }
}

/** The number of the run of the system, empty where it tells none. */
export function bootId(): string {
  return existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : '';
}

function lockOf(folder: string): Connection {
  const path = join(folder, 'lock.db');
  // whoever opens and closes a file loses the locks that the process has on it, so one that is there is left alone
  if (!existsSync(path)) makeFile(path);
  const lock = new Connection(path);
  try {
    lock.exec('BEGIN IMMEDIATE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof MillraceError && codeOf(error.cause) === 'SQLITE_BUSY') {
      throw failure('MR_ERR_STORE_LOCKED', [folder, describeOwner(folder)], error);
    }
    throw error;
  }
}

function describeOwner(folder: string): string {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(ownerIn(folder), 'utf8')) as Owner; // our own file
    return `process ${pid}, which started at ${new Date(startedAt).toISOString()}`;
  } catch {
    return 'another process'; // it has just begun, and has not written who it is
  }
}

function ownOwner(): Owner {
  return { pid: process.pid, startedAt: Math.round(performance.timeOrigin), bootId: bootId() };
}

/** Looks at the file without SQLite, which might change it. */
function refuseNewer(path: string): void {
  const header = headerOf(path);
  if (header === null || header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) return;
  const version = header.readUInt32BE(USER_VERSION_AT);
  if (version > SCHEMA_VERSION) throw failure('MR_ERR_STORE_NEWER', [path, version, SCHEMA_VERSION]);
}

function headerOf(path: string): Buffer | null {
  if (!existsSync(path) || !lstatSync(path).isFile()) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, header, 0, HEADER_BYTES, 0) === HEADER_BYTES ? header : null;
  } finally {
    closeSync(descriptor);
  }
}

function databaseIn(folder: string): string {
  return join(folder, 'millrace.db');
}

function ownerIn(folder: string): string {
  return join(folder, 'owner.json');
}
