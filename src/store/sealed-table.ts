/**
 * Tables whose rows carry a checksum, so that a flipped bit is found even where SQLite sees a sound file. Texts are read as
 * blobs: libsql ends the process where a text is not valid UTF-8, as one in a damaged file may be.
 */
import { failure } from '../domain/errors.js';
import { hash53, hash64 } from '../domain/hash.js';
import type { Connection, SqlRow, SqlValue } from './connection.js';

/** What a column holds: a number or null, a text, a blob or null, or either a text or a blob. */
export type ColumnKind = 'number' | 'text' | 'blob' | 'bytes';

type Columns<Name extends string> = Readonly<Record<Name, ColumnKind>>;

/** A table: its name, the columns of its primary key in their order, and all others but the last, `seal`. */
export interface TableShape<Row, Key extends keyof Row & string> {
  readonly name: string;
  readonly keys: Columns<Key>;
  readonly others: Columns<Exclude<keyof Row & string, Key>>;
}

/** A shape of which it was checked that it fits its row. */
export interface AnyShape {
  readonly name: string;
  readonly keys: Columns<string>;
  readonly others: Columns<string>;
}

/** Reads and writes the rows of one table. Reading throws MR_ERR_STORE_DAMAGED where a row is not as it was written. */
export class SealedTable<Row extends Record<string, SqlValue>> {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #keys: readonly string[];
  readonly #columns: readonly (readonly [name: string, kind: ColumnKind])[];
  readonly #select: string;
  readonly #get: string;
  readonly #put: string;
  readonly #add: string;

  constructor(connection: Connection, { name, keys, others }: AnyShape) {
    this.#connection = connection;
    this.#name = name;
    this.#keys = Object.keys(keys);
    this.#columns = [...Object.entries(keys), ...Object.entries(others)];
    this.#select = `SELECT ${selectionOf(this.#columns)} FROM ${name}`;
    const isKey = this.#keys.map((key) => `"${key}" = ?`).join(' AND ');
    this.#get = `SELECT ${selectionOf(Object.entries(others))} FROM ${name} WHERE ${isKey}`;
    const columns = [...this.#columns.map(([column]) => `"${column}"`), 'seal'];
    const values = `INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    this.#put = `INSERT OR REPLACE ${values}`;
    this.#add = `INSERT OR IGNORE ${values}`;
  }

  /** The row of a primary key, whose values are in the order of its columns. */
  get(...key: readonly SqlValue[]): Row | null {
    const others = this.#connection.first(this.#get, key);
    if (others === null) return null;
    const keys = Object.fromEntries(this.#keys.map((name, index) => [name, key[index] ?? null]));
    return this.#checked(others, keys);
  }

  /** The rows for which `condition` holds, and whatever stands behind that in the statement. */
  where(condition: string, values: readonly SqlValue[] = []): Row[] {
    return this.#connection.all(`${this.#select} WHERE ${condition}`, values).map((row) => this.#checked(row, {}));
  }

  /** Writes a row, in place of the one with the same key. */
  put(row: Row): void {
    this.#connection.run(this.#put, this.#sealed(row));
  }

  /** Writes a row unless there is one with the same key; tells whether it did. */
  add(row: Row): boolean {
    return this.#connection.run(this.#add, this.#sealed(row)) > 0;
  }

  /** Removes the rows for which `condition` holds; returns how many there were. */
  remove(condition: string, values: readonly SqlValue[]): number {
    return this.#connection.run(`DELETE FROM ${this.#name} WHERE ${condition}`, values);
  }

  #sealed(row: Row): SqlValue[] {
    const values = this.#columns.map(([column]): SqlValue => row[column] ?? null);
    return [...values, sealOf(values)];
  }

  #checked(read: SqlRow, known: SqlRow): Row {
    const row: Record<string, SqlValue> = { ...known };
    for (const [column, kind] of this.#columns) row[column] ??= valueOf(read, column, kind);
    if (read['seal'] !== sealOf(this.#columns.map(([column]): SqlValue => row[column] ?? null))) {
      throw failure('MR_ERR_STORE_DAMAGED', [this.#connection.path, `a row of ${this.#name} is not as it was written`]);
    }
    return row as Row; // it was written by `put` or `add`, as the seal says
  }
}

/** Reads no column as a text, whatever a damaged file has there. */
function selectionOf(columns: readonly (readonly [name: string, kind: ColumnKind])[]): string {
  const parts = columns.flatMap(([name, kind]) => {
    if (kind === 'number') return [numberIn(name)];
    const blob = `CAST("${name}" AS BLOB) AS "${name}"`;
    return kind === 'bytes' ? [blob, `typeof("${name}") = 'text' AS "is text: ${name}"`] : [blob];
  });
  return [...parts, numberIn('seal')].join(', ');
}

function numberIn(name: string): string {
  return `CASE WHEN typeof("${name}") = 'integer' THEN "${name}" END AS "${name}"`;
}

function valueOf(row: SqlRow, column: string, kind: ColumnKind): SqlValue {
  const value = row[column] ?? null;
  if (!(value instanceof Uint8Array)) return value;
  const isText = kind === 'text' || (kind === 'bytes' && row[`is text: ${column}`] === 1);
  return isText ? Buffer.from(value.buffer, value.byteOffset, value.length).toString() : value;
}

/** 53 bits of a hash of the values with their types and lengths. Characters beyond a byte are mixed, not told apart in full. */
function sealOf(values: readonly SqlValue[]): number {
  let text = '';
  for (const value of values) {
    if (value instanceof Uint8Array) text += `b${value.length}:${Buffer.from(value).toString('latin1')}`;
    else text += typeof value === 'string' ? `t${value.length}:${value}` : `n${value ?? ''};`;
  }
  return hash53(hash64(text));
}
