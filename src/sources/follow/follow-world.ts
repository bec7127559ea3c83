/** What the parts of a step share: the files that are followed, their descriptors, and what the step found out. */
import type { ByteString } from '../../domain/byte-string.js';
import type { FileKey, FollowedStream, FollowGap, GrowthChunk } from '../../domain/follow/followed-stream.js';
import type { FollowStep } from '../../domain/follow/growth-source.js';
import type { From } from '../../domain/follow/next-range.js';
import { reasonOf } from '../reason-of.js';
import { Descriptors } from './descriptors.js';
import { FileContent } from './file-content.js';
import type { FollowFiles } from './follow-files.js';
import type { KindOfPath } from './list-roots.js';
import { type LiveFile, liveFile } from './live-file.js';

/** What the user decided. */
export interface FollowOptions {
  /** Directories, in bytes; each may be a link, or not be there at times. */
  readonly roots: readonly ByteString[];
  readonly kindOf: KindOfPath;
  /** Of what is there at the first start, when no stream is known yet. */
  readonly from: From;
  /** Time without change after which a file that was renamed, or is gone, is final. */
  readonly rotateWaitMs: number;
  /** Chunks are not longer, but for lines that are. */
  readonly maxChunkBytes: number;
  readonly maxDescriptors: number;
}

/** What the follower needs of the outside. */
export interface FollowDeps {
  readonly files: FollowFiles;
  readonly clock: { readonly monotonicMs: () => number; readonly epochMs: () => number };
}

/** What was lost in a truncation if no copy is found. */
export interface Loss {
  readonly file: LiveFile;
  readonly generation: number;
  readonly from: number;
  /** The last size that was seen; null where none was. */
  readonly to: number | null;
  /** Monotonic ms. */
  readonly since: number;
  /** Scans since then in which all files could be looked at. */
  scans: number;
}

/** How often what happened; they only grow. */
export interface FollowCounters {
  truncations: number;
  /** Reads that were thrown away because the file was another one after them. */
  raced: number;
  /** Copies that went on where a file ended. */
  continued: number;
}

/** First wait and longest wait after a file could not be read. */
const RETRY_MS = [1000, 30_000] as const;

export class FollowWorld {
  readonly files: FollowFiles;
  readonly options: FollowOptions;
  readonly descriptors: Descriptors;
  readonly live = new Map<FileKey, LiveFile>();
  readonly counters: FollowCounters = { truncations: 0, raced: 0, continued: 0 };
  /** Those that are not settled yet. */
  losses: Loss[] = [];
  readonly #clock: FollowDeps['clock'];
  #rows = new Map<FileKey, FollowedStream>();
  #forgotten: FileKey[] = [];
  #gaps: FollowGap[] = [];
  /** Monotonic ms and epoch ms, of the start of the step. */
  now = 0;
  epoch = 0;

  constructor(deps: FollowDeps, options: FollowOptions, rows: Iterable<FollowedStream>) {
    this.files = deps.files;
    this.#clock = deps.clock;
    this.options = options;
    this.descriptors = new Descriptors(deps.files, options.maxDescriptors);
    this.readClock();
    for (const row of rows) this.#addKnown(liveFile(row, true, this.now));
  }

  #addKnown(file: LiveFile): void {
    this.live.set(file.row.key, file);
    for (const { generation, offset, continuedBy } of file.row.closed) {
      if (continuedBy === null) this.awaitCopy(file, { generation, offset }, null);
    }
  }

  /** A generation ended at a size, null where none was seen: what was not counted of it is lost if no copy is found. */
  awaitCopy(file: LiveFile, ended: Pick<FollowedStream, 'generation' | 'offset'>, size: number | null): void {
    const { generation, offset } = ended;
    this.losses.push({ file, generation, from: offset, to: size, since: this.now, scans: 0 });
  }

  readClock(): void {
    this.now = this.#clock.monotonicMs();
    this.epoch = this.#clock.epochMs();
  }

  /** Gives a file another row, which is to be committed. */
  keep(file: LiveFile, row: FollowedStream): void {
    file.row = row;
    this.#rows.set(row.key, row);
  }

  noteGap({ row }: LiveFile, gap: Pick<FollowGap, 'generation' | 'from' | 'to' | 'why'>): void {
    this.#gaps.push({ key: row.key, path: row.path, ...gap });
  }

  forget(file: LiveFile): void {
    const { key } = file.row;
    this.descriptors.close(key);
    this.live.delete(key);
    if (file.isDecided) this.#forgotten.push(key);
  }

  /** What was found out since the last call. */
  takeStep(): FollowStep {
    const step = { rows: [...this.#rows.values()], forgotten: this.#forgotten, gaps: this.#gaps };
    this.#rows = new Map();
    this.#forgotten = [];
    this.#gaps = [];
    return step;
  }

  /** The content of a file, opened if need be; null where that is not possible in this step. */
  contentOf(file: LiveFile): FileContent | null {
    const { key, path } = file.row;
    if (file.hiddenAt === this.now) return null;
    return this.attempt(file, () => {
      const descriptor = this.descriptors.open(key, path);
      if (descriptor !== null) return new FileContent(this.files, descriptor);
      file.hiddenAt = this.now;
      return null;
    });
  }

  /** Does what reads a file; null where that fails, or failed a short time ago: it is tried again, ever more rarely. */
  attempt<Value>(file: LiveFile, action: () => Value | null): Value | null {
    const { trouble } = file;
    if (trouble !== null && trouble.retryAt > this.now) return null;
    try {
      const value = action();
      file.trouble = null;
      return value;
    } catch (error) {
      this.noteTrouble(file, reasonOf(error));
      this.descriptors.closeIdle(file.row.key); // a stale handle never gets well: the next try opens the file anew
      return null;
    }
  }

  /** A file cannot be read: it is tried again, ever more rarely, until that works. */
  noteTrouble(file: LiveFile, why: string): void {
    const waitMs = file.trouble === null ? RETRY_MS[0] : Math.min(2 * file.trouble.waitMs, RETRY_MS[1]);
    file.trouble = { why, waitMs, retryAt: this.now + waitMs };
  }

  /** Takes a chunk out of flight; false where it is not in flight any more. */
  land(file: LiveFile, chunk: GrowthChunk): boolean {
    const rest = file.flight.filter((one) => one !== chunk);
    if (rest.length === file.flight.length) return false;
    file.flight = rest;
    this.descriptors.unpin(file.row.key);
    return true;
  }

  /** Nothing that was cut counts any more. */
  landAll(file: LiveFile): void {
    for (const chunk of file.flight) this.land(file, chunk);
    file.linelessTo = 0;
  }
}
