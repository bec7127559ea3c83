/** The formats that can be written. */
export const WRITTEN_FORMATS = ['plain', 'common', 'combined', 'json', 'logfmt', 'syslog3164', 'syslog5424'] as const;
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

/** What `--format` takes: a format, or three of them that alternate line by line. */
export const FORMAT_CHOICES = [...WRITTEN_FORMATS, 'mixed'] as const;
export type FormatChoice = (typeof FORMAT_CHOICES)[number];

/** The formats of `mixed`, in the order in which they alternate. */
export const MIXED_FORMATS: readonly WrittenFormat[] = ['plain', 'combined', 'json'];

/** How errors come: in bursts of some minutes on one or two routes, or at the same share all the time. */
export const ERROR_MODES = ['burst', 'flat'] as const;
export type ErrorMode = (typeof ERROR_MODES)[number];

/** All that decides the bytes of a generated log: equal options, equal bytes. */
export interface GenerateOptions {
  readonly format: FormatChoice;
  /** The log has at most this many bytes, and less by no more than a line. */
  readonly sizeBytes: number;
  /** A safe integer, not negative. */
  readonly seed: number;
  /** Lines per second of the log's own time, in the mean over a day. */
  readonly rate: number;
  /** Where the log's time begins, whole epoch ms. */
  readonly startAt: number;
  readonly errors: ErrorMode;
  /** Share of lines that are dirty, 0 to 1. */
  readonly dirt: number;
  /** Route templates, besides those that only scanners ask for. */
  readonly routes: number;
  /** Paths that may occur, over all routes. */
  readonly paths: number;
  /** Clients that may occur. */
  readonly clients: number;
  /** So many paths and clients occur for certain, if the log is long enough; 0 for as many as chance has it. */
  readonly distinct: number;
}

/** Bounds of the options that are counts; what the truth keeps of each path and client is 4 bytes. */
export const OPTION_LIMITS = { routes: 1000, keys: 16_000_000, rate: 10_000_000 } as const;
