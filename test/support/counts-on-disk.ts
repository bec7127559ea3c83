/** What a daemon has committed, as another process reads it of its database. */
import Database from 'libsql';
import { type Cell, cellName } from './storm-lines.js';

export class CountsOnDisk {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Lines of all sources; null where there is nothing to read yet. */
  lines(): number | null {
    const rows = this.#read("SELECT sum(value) AS lines FROM counter WHERE name IN ('parsedLines', 'malformedLines')");
    const lines = rows?.[0]?.['lines'];
    return typeof lines === 'number' ? lines : null;
  }

  /** The counts per window of 10 s, by the names of cells. */
  cells(): Map<string, Cell> {
    const rows = this.#read(
      `SELECT start, dimension, key, sum(lines) AS lines, ifnull(sum(bytes), 0) AS bytes FROM window_10s
       WHERE dimension IN ('all', 'path', 'status') GROUP BY start, dimension, key`,
    );
    return new Map(
      (rows ?? []).map(({ start, dimension, key, lines, bytes }) => [
        cellName(Number(start), String(dimension), String(key)),
        { lines: Number(lines), bytes: Number(bytes) },
      ]),
    );
  }

  /** Bytes that are known to be lost, but for those of the backup: the writer deletes it, read or not. */
  gapBytes(): number {
    const rows = this.#read(
      'SELECT ifnull(sum("end" - start), 0) AS bytes FROM gap WHERE path NOT LIKE \'%/backup.log\'',
    );
    return Number(rows?.[0]?.['bytes']);
  }

  /** Places where bytes may be lost: files that were gone after a restart, as far as anybody knows with something unread. */
  possibleGaps(): number {
    return Number(this.#read('SELECT count(*) AS gaps FROM gap WHERE "end" IS NULL')?.[0]?.['gaps']);
  }

  #read(sql: string): Record<string, unknown>[] | null {
    try {
      const database = new Database(this.#path, { readonly: true });
      try {
        return database.prepare(sql).all() as Record<string, unknown>[]; // as better-sqlite3, whose interface it has
      } finally {
        database.close();
      }
    } catch {
      return null; // no tables yet, or the daemon is just taking it
    }
  }
}
