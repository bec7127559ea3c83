/**
 * Opens the database of a state: what is there where it is sound, and else a new one, with what was there set aside. May
 * be called again after the store failed; the state stays ours meanwhile.
 */
import { accessSync, constants, existsSync, lstatSync, renameSync } from 'node:fs';
import { failure, MillraceError } from '../domain/errors.js';
import { RETENTION, type Retention } from '../domain/store/resolutions.js';
import { codeOf, Connection } from './connection.js';
import { makeFile, reasonOf, syncFolder } from './folder.js';
import { readMeta, writeMeta } from './meta.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION, STATEMENTS } from './schema.js';
import { SqliteStore } from './sqlite-store.js';
import { bootId, type State } from './state.js';
import { smallTables, type Tables, tablesOf, windowTables } from './tables.js';

/** Files up to this size are checked whole at each opening, larger ones when the last stop was none. */
const CHECKED_BYTES = 32 * 2 ** 20;

/** In force at every opening; WAL and FULL: what is committed survives the loss of power. */
const SETTINGS = [
  'auto_vacuum=INCREMENTAL',
  'journal_mode=WAL',
  'synchronous=FULL',
  'wal_autocheckpoint=1000',
  `journal_size_limit=${64 * 2 ** 20}`,
  'busy_timeout=5000',
  'foreign_keys=ON',
  'trusted_schema=OFF',
  'mmap_size=0',
];

export interface StoreOptions {
  /** IANA zone in which the state is begun; one that is there keeps its own. */
  readonly zone: string;
  readonly retention?: Retention;
}

/** What was set aside, to which path, and why. */
export interface SetAside {
  readonly path: string;
  readonly reason: string;
}

/** What an opening found. */
export interface OpenedStore {
  readonly store: SqliteStore;
  /** True where the database is a new one. */
  readonly isNew: boolean;
  /** True where there was a database before, which is gone. */
  readonly isLost: boolean;
  /** False where the last process did not stop in order. */
  readonly wasClean: boolean;
  /** Null where nothing had to be set aside. */
  readonly setAside: SetAside | null;
  /** Zone in which the state was begun. */
  readonly zone: string;
}

/** @throws MR_ERR_STORE_FAILED where it can neither be opened nor made, such as on a full disk: try again later. */
export function openStore(state: State, options: StoreOptions): OpenedStore {
  try {
    const opened = openOrReplace(state, options);
    state.isKnown = true;
    return opened;
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw failure('MR_ERR_STORE_FAILED', [state.database, reasonOf(error)], error);
  }
}

function openOrReplace(state: State, options: StoreOptions): OpenedStore {
  const isMissing = !existsSync(state.database);
  if (isMissing) {
    state.damage = null;
    moveAside(state.database); // what is left of a log belongs to a database that is gone
    return { ...openAt(state, options), isLost: state.isKnown, setAside: null };
  }
  const reason = damageOf(state);
  if (reason !== null) return replace(state, options, reason);
  try {
    return { ...openAt(state, options), isLost: false, setAside: null };
  } catch (error) {
    if (error instanceof MillraceError && tellsOfDamage(error, state.database)) {
      return replace(state, options, error.message);
    }
    throw error;
  }
}

/**
 * A header may be damaged so that SQLite takes the file for one of another format, or for one that is not to be written: no
 * other reason is left where statements that never change are refused, or writing to a file that may be written.
 */
function tellsOfDamage({ code, cause }: MillraceError, database: string): boolean {
  if (code === 'MR_ERR_STORE_DAMAGED') return true;
  return /^SQLITE_(?:ERROR|READONLY)$/.test(codeOf(cause)) && isWritable(database);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false; // the file system is read-only, or the rights were taken away
  }
}

function damageOf(state: State): string | null {
  if (state.damage !== null) return state.damage;
  return lstatSync(state.database).isFile() ? null : `${state.database} is no file`;
}

function replace(state: State, options: StoreOptions, reason: string): OpenedStore {
  const path = moveAside(state.database);
  state.damage = null;
  return { ...openAt(state, options), isLost: true, setAside: { path, reason } };
}

/** Moves a database with its log to the first name that is free, and returns that. */
function moveAside(database: string): string {
  let number = 1;
  const isTaken = (): boolean => FILES.some((suffix) => existsSync(`${database}.damaged-${number}${suffix}`));
  while (isTaken()) number += 1;
  const target = `${database}.damaged-${number}`;
  for (const suffix of FILES)
    if (existsSync(`${database}${suffix}`)) renameSync(`${database}${suffix}`, `${target}${suffix}`);
  return target;
}

/** What a database consists of. */
const FILES = ['', '-wal', '-shm'];

function openAt(state: State, options: StoreOptions): Omit<OpenedStore, 'isLost' | 'setAside'> {
  const path = state.database;
  if (!existsSync(path)) makeFile(path);
  const connection = new Connection(path);
  try {
    for (const setting of SETTINGS) connection.all(`PRAGMA ${setting}`);
    const isNew = isEmpty(connection);
    const tables = tablesOf(connection);
    if (isNew) create(connection, tables, options.zone);
    else check(connection, tables);
    syncFolder(state.folder);
    connection.all('PRAGMA wal_checkpoint(PASSIVE)'); // a log that filled the disk is written from its beginning again
    const wasClean = isNew || readMeta(tables, 'clean') === '1';
    const zone = readMeta(tables, 'zone') ?? options.zone;
    const epoch = begin(connection, tables);
    const onDamage = (what: string): void => {
      state.damage = what;
    };
    const store = new SqliteStore({ connection, tables, epoch, retention: options.retention ?? RETENTION, onDamage });
    return { store, isNew, wasClean, zone };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** True of a file in which nothing was ever made: creation is one transaction, which may have been cut short. */
function isEmpty(connection: Connection): boolean {
  return numberOf(connection, 'application_id') === 0 && statementsIn(connection).length === 0;
}

/** The statements that made what the database holds. */
function statementsIn(connection: Connection): string[] {
  const rows = connection.all('SELECT CAST(sql AS BLOB) AS sql FROM sqlite_master ORDER BY rowid'); // no text: see SealedTable
  return rows.map(({ sql }) => (sql instanceof Uint8Array ? Buffer.from(sql).toString('latin1') : ''));
}

/** The version gets into the file itself, where `takeState` looks for it. */
function create(connection: Connection, tables: Tables, zone: string): void {
  connection.transaction(() => {
    connection.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${SCHEMA_VERSION}; ${SCHEMA}`);
    writeMeta(tables, 'epoch', '0');
    writeMeta(tables, 'zone', zone);
  });
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** @throws MR_ERR_STORE_DAMAGED */
function check(connection: Connection, tables: Tables): void {
  const damaged = (what: string): MillraceError => failure('MR_ERR_STORE_DAMAGED', [connection.path, what]);
  if (numberOf(connection, 'application_id') !== APPLICATION_ID) throw damaged('it is no database of millrace');
  const version = numberOf(connection, 'user_version');
  if (version !== SCHEMA_VERSION) throw damaged(`it has schema ${version}`);
  if (statementsIn(connection).join(';') !== STATEMENTS.join(';')) throw damaged('its schema is not as it was made');
  for (const table of smallTables(tables)) table.where('1');
  const bytes = numberOf(connection, 'page_count') * numberOf(connection, 'page_size');
  if (readMeta(tables, 'clean') === '1' && bytes > CHECKED_BYTES) return;
  const [answer] = connection.all('PRAGMA quick_check(1)');
  if (answer?.['quick_check'] !== 'ok') throw damaged(String(answer?.['quick_check']));
  if (bytes <= CHECKED_BYTES) for (const table of windowTables(tables)) table.where('1');
}

function numberOf(connection: Connection, pragma: string): number {
  return Number(connection.all(`PRAGMA ${pragma}`)[0]?.[pragma]);
}

/** Begins an epoch, the fence against all that was made before. */
function begin(connection: Connection, tables: Tables): number {
  return connection.transaction(() => {
    const known = Number(readMeta(tables, 'epoch'));
    if (!Number.isSafeInteger(known)) throw failure('MR_ERR_STORE_DAMAGED', [connection.path, 'it has no epoch']);
    writeMeta(tables, 'epoch', String(known + 1));
    writeMeta(tables, 'clean', '0');
    writeMeta(tables, 'boot_id', bootId());
    return known + 1;
  });
}
