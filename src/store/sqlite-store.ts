/** The store over one connection to SQLite. Made by `openStore`; ended by `close`, or by its first failure. */
import { failure, MillraceError } from '../domain/errors.js';
import type { Counts } from '../domain/store/counts.js';
import type { Retention } from '../domain/store/resolutions.js';
import type {
  ChunkOutcome,
  Gap,
  Removed,
  Store,
  StoreBatch,
  StoredStream,
  StoredWindow,
  WindowQuery,
} from '../domain/store/store.js';
import type { Connection } from './connection.js';
import { removeOld } from './maintain.js';
import { readMeta, writeMeta } from './meta.js';
import { readGaps, readStreams, readTotals, readWindows } from './read.js';
import type { Tables } from './tables.js';
import { writeBatch } from './write-batch.js';

/** Pages that maintenance gives back to the file system at a time. */
const VACUUM_PAGES = 1000;

/** What a store is made of. */
export interface StoreParts {
  readonly connection: Connection;
  readonly tables: Tables;
  readonly epoch: number;
  readonly retention: Retention;
  /** Told once, where what was read is not what was written: the next opening has to set the database aside. */
  readonly onDamage: (what: string) => void;
}

export class SqliteStore implements Store {
  readonly epoch: number;
  readonly #parts: StoreParts;
  /** Null while it can be used. */
  #end: MillraceError | null = null;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.epoch = parts.epoch;
  }

  commit(batch: StoreBatch): readonly ChunkOutcome[] {
    const { path } = this.#parts.connection;
    // the batch is refused, not the store: an older Coordinator may still send
    if (batch.epoch !== this.epoch) throw failure('MR_ERR_STORE_FENCED', [path, batch.epoch, this.epoch]);
    return this.#change((tables) => writeBatch(tables, batch));
  }

  maintain(now: number): Removed {
    const { connection, retention } = this.#parts;
    const removed = this.#change((tables) => removeOld(tables, retention, now));
    this.#use(() => connection.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`));
    return removed;
  }

  streams(): readonly StoredStream[] {
    return this.#use(readStreams);
  }

  windows(query: WindowQuery): readonly StoredWindow[] {
    return this.#use((tables) => readWindows(tables, query));
  }

  totals(): ReadonlyMap<string, Counts> {
    return this.#use(readTotals);
  }

  gaps(): readonly Gap[] {
    return this.#use(readGaps);
  }

  facts(): ReadonlyMap<string, string> {
    return this.#use(({ facts }) => new Map(facts.where('1 ORDER BY name').map(({ name, value }) => [name, value])));
  }

  close(): void {
    if (this.#end !== null) return;
    const { connection } = this.#parts;
    this.#change((tables) => writeMeta(tables, 'clean', '1'));
    this.#use(() => connection.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    this.#finish(failure('MR_ERR_STORE_FAILED', [connection.path, 'it is closed']));
  }

  #change<Value>(action: (tables: Tables) => Value): Value {
    return this.#use((tables) =>
      this.#parts.connection.transaction(() => {
        this.#expectOwnEpoch(tables);
        return action(tables);
      }),
    );
  }

  #expectOwnEpoch(tables: Tables): void {
    const epoch = Number(readMeta(tables, 'epoch'));
    if (epoch !== this.epoch) throw failure('MR_ERR_STORE_FENCED', [this.#parts.connection.path, this.epoch, epoch]);
  }

  /** What fails once is not tried again: what is in memory is no longer known to be what is on the disk. */
  #use<Value>(action: (tables: Tables) => Value): Value {
    if (this.#end !== null) throw this.#end;
    try {
      return action(this.#parts.tables);
    } catch (error) {
      if (error instanceof MillraceError) this.#finish(error);
      throw error;
    }
  }

  #finish(error: MillraceError): void {
    this.#end = error;
    if (error.code === 'MR_ERR_STORE_DAMAGED') this.#parts.onDamage(error.message);
    this.#parts.connection.close();
  }
}
