/**
 * What the Analyzer has merged, safe against a crash in the middle of a merge: besides the live state there is a
 * checkpoint, and a journal of what came after it. See docs/decisions/0002.
 */
import { corrupt } from './byte-reader.js';
import type { ByteRange, ChunkSpan } from './chunk.js';
import { type ChunkReport, openChunkReport } from './chunk-report.js';
import type { FileRange } from './coverage.js';
import { MillraceError } from './errors.js';
import { MergedState, type SavedState } from './merged-state.js';
import type { NewSummaryMerger } from './summary/summary-merger.js';

/** What became of a result. */
export type Settled =
  | { readonly type: 'merged'; readonly event: MergedEvent }
  | { readonly type: 'duplicate' }
  | { readonly type: 'refused'; readonly error: MillraceError };

/** Counters of one merged result; an event of the job machine. */
export interface MergedEvent {
  readonly type: 'chunk.merged';
  readonly bytes: number;
  readonly lines: number;
  readonly quarantined: number;
}

/** What changed the state since the checkpoint. */
type JournalEntry =
  | { readonly type: 'report'; readonly encoded: Uint8Array }
  | { readonly type: 'split'; readonly range: FileRange }
  | { readonly type: 'abandon'; readonly range: FileRange; readonly reason: string }
  | { readonly type: 'expect'; readonly sizes: readonly number[] };

const MAX_JOURNAL_ENTRIES = 64;
const MAX_JOURNAL_BYTES = 8 * 1024 * 1024;

export class MergedJob {
  private readonly newMerger: NewSummaryMerger;
  private live: MergedState;
  private checkpoint: SavedState;
  private journal: JournalEntry[] = [];
  private journalBytes = 0;
  private isTorn = false;
  /** Counters of the newest merged result; null before the first. */
  last: MergedEvent | null = null;
  /** Results merged. */
  chunks = 0;

  /** A job of `sizes.length` files; null is the size of a stream, which is known at its end. */
  constructor(newMerger: NewSummaryMerger, sizes: readonly (number | null)[]) {
    this.newMerger = newMerger;
    this.live = MergedState.empty(newMerger(), sizes);
    this.checkpoint = this.live.save();
  }

  /** The merged values. */
  get state(): MergedState {
    return this.live;
  }

  /** Decodes, checks and merges a result, if none of its bytes was merged before. */
  settle(chunk: ChunkSpan, encoded: Uint8Array): Settled {
    this.isTorn = true;
    const settled = this.merge(chunk, encoded);
    this.isTorn = false;
    if (settled.type !== 'merged') return settled;
    this.chunks += 1;
    this.last = settled.event;
    this.record({ type: 'report', encoded });
    return settled;
  }

  /** Voids late results of a range that was given to parts. */
  split(range: FileRange): void {
    this.live.coverage.markSplit(range);
    this.record({ type: 'split', range });
  }

  /** Gives a range up. */
  abandon(range: FileRange, reason: string): void {
    this.live.coverage.abandon(range, reason);
    this.record({ type: 'abandon', range, reason });
  }

  /** States the bytes of each file, which a stream knows at its end. */
  expect(sizes: readonly number[]): void {
    sizes.forEach((size, file) => this.live.coverage.expect(file, size));
    this.record({ type: 'expect', sizes });
  }

  /** The same job as it was after its last whole merge: itself, unless a merge was cut short. */
  recovered(): MergedJob {
    if (!this.isTorn) return this;
    const { journal } = this;
    this.live = MergedState.load(this.checkpoint, this.newMerger);
    this.journal = [];
    this.journalBytes = 0;
    this.isTorn = false;
    for (const entry of journal) this.replay(entry);
    return this;
  }

  /** What is refused has changed nothing; any other error has torn the state. */
  private merge(chunk: ChunkSpan, encoded: Uint8Array): Settled {
    try {
      const report = openChunkReport(encoded);
      if (!isOf(report, chunk)) throw corrupt('it belongs to another chunk');
      if (this.live.merge(report) === 'duplicate') return { type: 'duplicate' };
      return { type: 'merged', event: eventOf(report) };
    } catch (error) {
      if (error instanceof MillraceError) return { type: 'refused', error };
      throw error;
    }
  }

  private replay(entry: JournalEntry): void {
    if (entry.type === 'split') this.live.coverage.markSplit(entry.range);
    else if (entry.type === 'abandon') this.live.coverage.abandon(entry.range, entry.reason);
    else if (entry.type === 'expect') entry.sizes.forEach((size, file) => this.live.coverage.expect(file, size));
    else this.live.merge(openChunkReport(entry.encoded));
    this.record(entry);
  }

  private record(entry: JournalEntry): void {
    this.journal.push(entry);
    this.journalBytes += entry.type === 'report' ? entry.encoded.length : 0;
    if (this.journal.length < MAX_JOURNAL_ENTRIES && this.journalBytes < MAX_JOURNAL_BYTES) return;
    this.checkpoint = this.live.save();
    this.journal = [];
    this.journalBytes = 0;
  }
}

function isOf(report: ByteRange & { readonly file: number }, chunk: ByteRange & { readonly file: number }): boolean {
  return report.file === chunk.file && report.start === chunk.start && report.end === chunk.end;
}

function eventOf({ account }: Pick<ChunkReport, 'account'>): MergedEvent {
  return {
    type: 'chunk.merged',
    bytes: account.totalBytes(),
    lines: account.totalLines(),
    quarantined: account.lines('quarantined'),
  };
}
