import type { GenerateOptions } from './options.js';

/**
 * What is in a generated log, as its generator counted while it wrote: the JSON contract `millrace.truth/1`. Lines count
 * what they state as a field: a status or a path in the text of a plain log is none. Stamps without a zone are UTC.
 * Names are those of `millrace.summary/1` where they mean the same. Maps and lists are empty rather than absent.
 */
export interface TruthReport {
  readonly schema: 'millrace.truth/1';
  readonly options: GenerateOptions;
  readonly timezone: 'UTC';
  readonly bytes: number;
  /** All lines: parsed + malformed + empty + oversize. */
  readonly lines: number;
  readonly parsed: number;
  /** Lines that no format accepts. */
  readonly malformed: number;
  readonly empty: number;
  /** Lines over 1 MiB. */
  readonly oversize: number;
  /** NUL bytes before lines. */
  readonly nulBytes: number;
  /** Dirty lines by the kind of their dirt. */
  readonly dirt: Readonly<Record<string, number>>;
  readonly formats: Readonly<Record<string, number>>;
  /** First and last instant that lines state, ISO 8601 UTC. */
  readonly from: string | null;
  readonly to: string | null;
  readonly levels: Readonly<Record<string, number>>;
  readonly status: Readonly<Record<string, number>>;
  readonly methods: Readonly<Record<string, number>>;
  readonly requests: { readonly total: number };
  readonly errors: { readonly total: number };
  readonly traffic: { readonly bytes: number };
  readonly durationMs: TrueDurations | null;
  /** By template: ids in paths are `:id`, names `:name`. Most frequent first. */
  readonly routes: readonly TrueKey[];
  readonly loggers: readonly TrueKey[];
  /** The most frequent keys as they are written; paths without query. */
  readonly top: { readonly path: readonly TrueCount[]; readonly clientIp: readonly TrueCount[] };
  readonly distinct: {
    /** Different paths as written. */
    readonly path: number;
    /** Different paths where numbers and UUIDs are folded into `:id`; names stay. */
    readonly foldedPath: number;
    readonly clientIp: number;
  };
  /** One for each minute that some line states, in order. */
  readonly windows: readonly TrueWindow[];
}

/** Exact figures of durations; percentiles are of lower nearest rank, `floor(q * (count - 1))`. */
export interface TrueDurations {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

export interface TrueKey {
  readonly key: string;
  readonly count: number;
  readonly errors: number;
  readonly bytes: number;
  readonly durationMs: TrueDurations | null;
}

export interface TrueCount {
  readonly key: string;
  readonly count: number;
}

export interface TrueWindow {
  /** ISO 8601 UTC, inclusive. */
  readonly start: string;
  readonly seconds: 60;
  readonly lines: number;
  readonly requests: number;
  readonly errors: number;
  /** Lines with a duration. */
  readonly durations: number;
}
