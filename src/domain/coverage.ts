import type { ByteRange } from './chunk.js';
import type { ChunkReport } from './chunk-report.js';
import { failure } from './errors.js';
import { FileCoverage, type FileCoverageState } from './file-coverage.js';

/** A byte range `[start, end)` of a file. */
export interface FileRange extends ByteRange {
  /** Index of the file in the plan. */
  readonly file: number;
}

/** A chunk that was given up. */
export interface AbandonedRange extends FileRange {
  readonly reason: string;
}

/** What became of a report, a split or an abandonment; a duplicate changed nothing. */
export type Settlement = 'accepted' | 'duplicate';

/** The ledger as plain data, for a successor. */
export interface CoverageState {
  readonly files: readonly FileCoverageState[];
  readonly abandoned: readonly AbandonedRange[];
  readonly merged: number;
  readonly split: number;
  readonly duplicates: number;
}

/** The proof at the end of a job. */
export interface CoverageReceipt {
  /** Bytes that the files hold, as far as their sizes are known. */
  readonly bytes: number;
  /** Bytes that merged chunks read. */
  readonly counted: number;
  /** True where each file was read exactly once from 0 to its size and nothing was abandoned. */
  readonly complete: boolean;
  readonly files: readonly FileReceipt[];
  readonly abandoned: readonly AbandonedRange[];
  /** Chunks that were merged, that were split, and reports that came a second time. */
  readonly merged: number;
  readonly split: number;
  readonly duplicates: number;
}

export interface FileReceipt {
  readonly file: number;
  /** Null for a stream that has not ended. */
  readonly bytes: number | null;
  readonly counted: number;
  readonly complete: boolean;
  /** Ranges that were not read; null while the size is not known. */
  readonly missing: readonly ByteRange[] | null;
}

type ReadRanges = Pick<ChunkReport, 'file' | 'start' | 'end' | 'readFrom' | 'readTo'>;

const NOTHING: CoverageState = { files: [], abandoned: [], merged: 0, split: 0, duplicates: 0 };

/**
 * Ledger of a job by byte range: which assigned ranges are done, which were split, which bytes were read. It makes every
 * byte count once, whatever is retried, split, late or doubled. Owned by the Analyzer; ended with the job.
 * Cost: O(gaps and open splits) for each file, not O(chunks).
 */
export class Coverage {
  readonly #files: Map<number, FileCoverage>;
  #abandoned: AbandonedRange[];
  #merged: number;
  #split: number;
  #duplicates: number;

  constructor(state: CoverageState = NOTHING) {
    this.#files = new Map(state.files.map((file) => [file.file, new FileCoverage(file)]));
    this.#abandoned = [...state.abandoned];
    this.#merged = state.merged;
    this.#split = state.split;
    this.#duplicates = state.duplicates;
  }

  /** Enters a file before its first chunk, or the size of a stream at its end. */
  expect(file: number, sizeBytes: number | null): void {
    const known = this.#files.get(file);
    if (known !== undefined) known.sizeBytes = sizeBytes;
    else this.#files.set(file, new FileCoverage({ ...EMPTY_FILE, file, sizeBytes }));
  }

  /** Tells whether a report is a duplicate, which `settle` counts. */
  isTaken(report: ReadRanges): boolean {
    return this.#fileOf(report).isTaken(report);
  }

  /** Settles a report; a duplicate must not be merged. */
  settle(report: ReadRanges): Settlement {
    const file = this.#fileOf(report);
    if (file.isTaken(report)) {
      this.#duplicates += 1;
      return 'duplicate';
    }
    file.settle(report);
    file.addRead({ start: report.readFrom, end: report.readTo });
    this.#merged += 1;
    return 'accepted';
  }

  /** Gives the bytes of a range to parts of it: its own late report is a duplicate from here on. */
  markSplit(range: FileRange): Settlement {
    const file = this.#fileOf(range);
    if (file.isTaken(range)) return 'duplicate';
    file.split({ start: range.start, end: range.end });
    this.#split += 1;
    return 'accepted';
  }

  /** Gives a range up: its late report is a duplicate from here on, and the receipt is incomplete. */
  abandon(range: FileRange, reason: string): Settlement {
    const file = this.#fileOf(range);
    if (file.isTaken(range)) return 'duplicate';
    file.settle(range);
    this.#abandoned = withRange(this.#abandoned, { file: range.file, start: range.start, end: range.end, reason });
    return 'accepted';
  }

  receipt(): CoverageReceipt {
    const files = this.#sorted().map((file) => ({
      file: file.file,
      bytes: file.sizeBytes,
      counted: file.countedBytes,
      complete: file.isComplete(),
      missing: file.missing(),
    }));
    return {
      bytes: files.reduce((bytes, file) => bytes + (file.bytes ?? 0), 0),
      counted: files.reduce((counted, file) => counted + file.counted, 0),
      complete: this.#abandoned.length === 0 && files.every((file) => file.complete),
      files,
      ...this.#counts(),
    };
  }

  /** Copies the ledger; `new Coverage(state)` takes it over. */
  state(): CoverageState {
    return { files: this.#sorted().map((file) => file.state()), ...this.#counts() };
  }

  #counts(): Omit<CoverageState, 'files'> {
    return {
      abandoned: [...this.#abandoned],
      merged: this.#merged,
      split: this.#split,
      duplicates: this.#duplicates,
    };
  }

  #sorted(): readonly FileCoverage[] {
    return [...this.#files.values()].sort((a, b) => a.file - b.file);
  }

  #fileOf({ file }: { readonly file: number }): FileCoverage {
    const known = this.#files.get(file);
    if (known === undefined) throw failure('MR_ERR_SUMMARY_CORRUPT', [`file ${file} is not part of the job`]);
    return known;
  }
}

const EMPTY_FILE = { settled: [], split: [], read: [], countedBytes: 0 };

/** Adds a range in its order and joins it with its neighbours where the reason is the same. */
function withRange(ranges: readonly AbandonedRange[], added: AbandonedRange): AbandonedRange[] {
  const sorted = [...ranges, added].sort((a, b) => a.file - b.file || a.start - b.start);
  const joined: AbandonedRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    const joins = last?.file === range.file && last.end === range.start && last.reason === range.reason;
    if (joins) joined[joined.length - 1] = { ...last, end: range.end };
    else joined.push(range);
  }
  return joined;
}
