/**
 * A connection to SQLite through libsql, without its surprises (libsql 0.5.29): one array holds all parameters (a sole
 * typed array as parameter aborts the process), rows have columns only (`get` adds `_metadata`), blobs are typed arrays, texts have no NUL (they would end there), and statements are forgotten at the end (they outlive `close`, and keep
 * its files open until they are collected). Parameters are floating-point numbers until a column makes integers of them.
 */
import Database from 'libsql';
import { failure, type MillraceError } from '../domain/errors.js';
import { reasonOf } from './folder.js';

export type SqlValue = number | string | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

type Statement = ReturnType<Database.Database['prepare']>;

/** Codes that tell of a file that is no (longer a) database. */
const DAMAGE = /^SQLITE_(?:CORRUPT|NOTADB)/;

export class Connection {
  readonly path: string;
  readonly #statements = new Map<string, Statement>();
  #database: Database.Database | null;

  /** @throws MR_ERR_STORE_FAILED where the file cannot be opened. */
  constructor(path: string) {
    this.path = path;
    this.#database = this.#attempt(() => new Database(path));
  }

  /** Executes statements without parameters and results. */
  exec(sql: string): void {
    this.#attempt(() => this.#open().exec(sql));
  }

  /** Executes one statement and returns how many rows it changed. */
  run(sql: string, values: readonly SqlValue[] = []): number {
    return this.#attempt(() => this.#statement(sql).run([...values])).changes;
  }

  /** Executes one statement and returns its rows. */
  all(sql: string, values: readonly SqlValue[] = []): SqlRow[] {
    const rows = this.#attempt(() => this.#statement(sql).all([...values]));
    return rows.map((row) => withBytes(row as Record<string, SqlValue | ArrayBuffer>)); // what SQLite has, libsql returns
  }

  /** Executes one statement and returns its first row, or null. Quicker than `all`. */
  first(sql: string, values: readonly SqlValue[] = []): SqlRow | null {
    const row = this.#attempt(() => this.#statement(sql).get([...values]));
    if (row === undefined) return null;
    const { _metadata, ...columns } = row as Record<string, SqlValue | ArrayBuffer>; // as above
    return withBytes(columns);
  }

  /** Runs `action` in one transaction: all of it is durable when this returns, or nothing of it ever happened. */
  transaction<Value>(action: () => Value): Value {
    this.exec('BEGIN IMMEDIATE');
    try {
      const value = action();
      this.exec('COMMIT');
      return value;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** Gives up what is not committed. */
  close(): void {
    const database = this.#database;
    if (database === null) return;
    if (database.inTransaction) this.#rollBack();
    this.#statements.clear();
    this.#database = null;
    database.close();
  }

  /** After some errors SQLite has rolled back itself, and there is nothing to be done. */
  #rollBack(): void {
    if (this.#database?.inTransaction === true) this.#attemptQuietly('ROLLBACK');
  }

  #attemptQuietly(sql: string): void {
    try {
      this.#database?.exec(sql);
    } catch {
      this.#statements.clear(); // what is not committed is gone with the connection, which nobody uses after an error
    }
  }

  #open(): Database.Database {
    if (this.#database === null) throw new Error('it is closed');
    return this.#database;
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#open().prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #attempt<Value>(action: () => Value): Value {
    try {
      return action();
    } catch (error) {
      throw this.#failureOf(error);
    }
  }

  #failureOf(error: unknown): MillraceError {
    const code = codeOf(error);
    const why = code === '' ? reasonOf(error) : `${reasonOf(error)} (${code})`;
    if (DAMAGE.test(code)) return failure('MR_ERR_STORE_DAMAGED', [this.path, why], error);
    return failure('MR_ERR_STORE_FAILED', [this.path, why], error);
  }
}

/** The code that SQLite gave an error; empty where it is none of SQLite's. */
export function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

function withBytes(row: Record<string, SqlValue | ArrayBuffer>): SqlRow {
  const plain: Record<string, SqlValue> = {};
  for (const [name, value] of Object.entries(row)) {
    plain[name] = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  }
  return plain;
}
