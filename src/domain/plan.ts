import type { Dimension } from './summary/dimensions.js';

/** What makes one line mean the same in every thread, host and run. Made by `sources`, constant for a job. */
export interface FilePlan {
  /** Position of the file in the job: files stand in byte order of their paths. */
  readonly index: number;
  /** Path as shown to the user; `-` for standard input. */
  readonly path: string;
  /** Where reading begins, at the start of a line: 0, or in a file that grows where its last part ended. */
  readonly startsAt: number;
  /** End of what is to be read; null for a stream, whose end is not known. */
  readonly sizeBytes: number | null;
  /** Hash of the first KiB, an unsigned 32-bit integer: with an offset it gives a line its priority. */
  readonly seed: number;
  /** Names of the candidate formats in the order in which they are tried. */
  readonly formats: readonly string[];
  /** IANA zone in which stamps without zone are read. */
  readonly timezone: string;
  /** Epoch ms that settles stamps without year: the file's modification time, or the start of the job for a stream. */
  readonly referenceAt: number;
  readonly endPolicy: EndPolicy;
}

/**
 * What becomes of a last line without newline: in a file that is `final` it counts, in one that is `growing` it is left,
 * whole, for when more of it has come.
 */
export const END_POLICIES = ['final', 'growing'] as const;
export type EndPolicy = (typeof END_POLICIES)[number];

/** How ids in paths are counted: each as it is, or all as `:id` (see `foldPath`). The position is the number in encodings. */
export const FOLDINGS = ['none', 'ids'] as const;
export type Folding = (typeof FOLDINGS)[number];

/** What scans the lines: the kernel, or the reference parser. Both give the same digest. */
export const ENGINES = ['scanner', 'reference'] as const;
export type Engine = (typeof ENGINES)[number];

/** What a job asks for; part of the digest where it changes numbers. */
export interface SummaryPlan {
  /** Finest width of a window in ms, a whole number of seconds; windows widen along a nested ladder from here. */
  readonly windowMs: number;
  /** How ids in the keys of the dimension `path` are counted. */
  readonly folding: Folding;
  /** The dimensions of which keys are counted for each window of `windowMs` as well, in any order; memory goes with them. */
  readonly windowedKeys: readonly Dimension[];
}
