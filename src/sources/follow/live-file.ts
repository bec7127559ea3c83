/** A file that is followed, as this process sees it; the part of it that is kept is its row. */
import type { ByteString } from '../../domain/byte-string.js';
import type { FollowedStream, GrowthChunk } from '../../domain/follow/followed-stream.js';
import type { FileStats } from './follow-files.js';

/** What a scan saw of a file. */
export interface Sight {
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

export interface LiveFile {
  row: FollowedStream;
  /** False while it is empty, or could not be looked into: it may still turn out to be a copy. Its row is not kept yet. */
  isDecided: boolean;
  /** Null until a scan saw it, after a restart. */
  sight: Sight | null;
  /** Its size at the scan before; null where there was none. */
  sizeBefore: number | null;
  /** It may be another content than at the last look. */
  isSuspect: boolean;
  /** Monotonic ms of the last change that was seen. */
  changedAt: number;
  /** Scans in a row that did not find it under any name. */
  missedScans: number;
  /** Monotonic ms of the last step in which no file of its key was at its path when it was to be opened. */
  hiddenAt: number | null;
  /** Chunks that were cut and neither accepted nor given back; each pins the descriptor. */
  flight: GrowthChunk[];
  /** Chunks that were accepted and are not committed yet. */
  unsettled: number;
  /** From the next byte to cut to here there is no newline. */
  linelessTo: number;
  /** Its descriptor is pinned because it is gone. */
  isHeld: boolean;
  /** First bytes for the search of copies; empty when not known. */
  start: ByteString;
  /** Why it could not be read at the last try, and when the next is due (monotonic ms). */
  trouble: { readonly why: string; readonly waitMs: number; readonly retryAt: number } | null;
}

export function liveFile(row: FollowedStream, isDecided: boolean, now: number): LiveFile {
  return {
    row,
    isDecided,
    sight: null,
    sizeBefore: null,
    isSuspect: true,
    changedAt: now,
    missedScans: 0,
    hiddenAt: null,
    flight: [],
    unsettled: 0,
    linelessTo: 0,
    isHeld: false,
    start: '',
    trouble: null,
  };
}

/** A change within this time before a look may share its time stamp with a later one. */
const STAMP_STEP_MS = 1000;

/** Takes note of what a scan saw. */
export function observe(
  file: LiveFile,
  stats: FileStats,
  clock: { readonly now: number; readonly epoch: number },
): void {
  const sight = { size: Number(stats.size), mtimeNs: stats.mtimeNs, ctimeNs: stats.ctimeNs };
  const last = file.sight;
  const isGrown = last === null || last.size !== sight.size || last.mtimeNs !== sight.mtimeNs;
  const isFresh = Number(sight.ctimeNs / 1_000_000n) + STAMP_STEP_MS > clock.epoch;
  if (isGrown) file.changedAt = clock.now;
  if (isGrown || isFresh || last.ctimeNs !== sight.ctimeNs) file.isSuspect = true;
  file.sizeBefore = last?.size ?? null;
  file.sight = sight;
}
