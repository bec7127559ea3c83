import type { Engine, Folding } from '../domain/plan.js';

/**
 * The answer of `analyze` as data: the JSON contract `millrace.summary/1`. Text, JSON and CSV are renderings of it.
 * Names are a contract: add to them, never rename. Rates are null where no minute was touched, `durationMs` is null
 * where nothing carried a duration; maps and lists are empty rather than absent. All texts are decoded for display but
 * not escaped: whoever prints to a terminal or a page escapes.
 */
export interface SummaryReport {
  readonly schema: 'millrace.summary/1';
  readonly files: readonly FileReport[];
  readonly bytes: number;
  /** All lines, empty ones included: parsed + malformed + empty + oversize + quarantined. */
  readonly lines: number;
  readonly parsed: number;
  readonly malformed: number;
  readonly empty: number;
  readonly oversize: number;
  readonly quarantined: number;
  /** First and last event time, ISO 8601 UTC. */
  readonly from: string | null;
  readonly to: string | null;
  readonly timezone: string;
  /** Entries without a time stamp, and with one outside 1970-2106. */
  readonly untimed: number;
  readonly outOfRange: number;
  readonly levels: Readonly<Record<string, number>>;
  readonly requests: RequestReport;
  readonly errors: { readonly total: number; readonly perMinute: number | null };
  readonly durationMs: DurationReport | null;
  /** Where durations came from: name of the source such as `message` or `duration_ms` to number of entries. */
  readonly durationSources: Readonly<Record<string, number>>;
  readonly status: Readonly<Record<string, number>>;
  /** How ids in paths are counted in `top.path` and `distinct.path`: `ids`, each as `:id`, or `none`, as they are. */
  readonly folding: Folding;
  /** By dimension: path, method, clientIp, logger. Most frequent first, equal counts in byte order of the key. */
  readonly top: Readonly<Record<string, readonly TopKeyReport[]>>;
  /** Entries of a dimension that the top list does not show. */
  readonly other: Readonly<Record<string, number>>;
  readonly traffic: { readonly bytes: number };
  readonly distinct: Readonly<Record<string, { readonly estimate: number; readonly relativeError: number }>>;
  /** Width in force; `widened` tells that it is wider than what was asked for. */
  readonly window: {
    readonly seconds: number;
    readonly askedSeconds: number;
    readonly widened: boolean;
    /** Dimensions of which the windows list keys. */
    readonly keys: readonly string[];
  };
  readonly windows: readonly WindowReport[];
  readonly samples: {
    readonly malformed: readonly SampleReport[];
    readonly quarantined: readonly SampleReport[];
    /** The first errors of each kind, three of each: FATAL, ERROR, then those of a status, by file and offset. */
    readonly errors: readonly ErrorSampleReport[];
    /** The five entries with the longest durations, the longest first. */
    readonly slowest: readonly EntrySampleReport[];
  };
  /** Malformed lines by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly coverage: CoverageReport;
  /** Inputs that could not be read at all, in the order of their paths. */
  readonly unreadable: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** Files with the name of a log that were found in a directory and not read: links, compressed ones, no text. */
  readonly passedOver: readonly { readonly path: string; readonly reason: string }[];
  /** Null where no run made the report. */
  readonly resources: ResourceReport | null;
  /** Of which part of the history of a daemon it tells; absent where a run made it. */
  readonly history?: HistoryReport;
}

/** What a report of history covers. */
export interface HistoryReport {
  /** Event times, ISO 8601 UTC: whole windows of `window.seconds`, `to` exclusive. */
  readonly from: string;
  readonly to: string;
  /** Width of the windows that were read; percentiles are those of all their entries. */
  readonly resolutionSeconds: number;
  /** What was asked for, such as `15m`; null for all that is kept. Then `lines` also has those without a time. */
  readonly last: string | null;
  /** False where so many keys occur that the rarest of them were given up. */
  readonly keysExact: boolean;
  /** Entries of `files` that did not fit. */
  readonly omittedFiles: number;
}

export interface FileReport {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  readonly malformed: number;
  readonly formats: Readonly<Record<string, number>>;
}

export interface RequestReport {
  readonly total: number;
  /** total / (60 s x minutes touched). */
  readonly perSecond: number | null;
  /** Largest `requestsPerSecond` among the windows. */
  readonly peakPerSecond: number | null;
}

export interface DurationReport {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly relativeError: number;
}

export interface TopKeyReport {
  readonly key: string;
  readonly count: number;
  readonly errors: number;
  readonly bytes: number;
  /** Null where no entry carried a duration, or where the table is not exact. */
  readonly durationMs: { readonly mean: number; readonly p95: number } | null;
  readonly exact: boolean;
  /** Bound on how much `count` may exceed the truth; 0 where exact. */
  readonly maxOvercount: number;
}

export interface WindowReport {
  /** ISO 8601 UTC, inclusive. */
  readonly start: string;
  readonly seconds: number;
  readonly lines: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly errors: number;
  readonly errorsPerMinute: number;
  readonly durationMs: DurationReport | null;
  /** By dimension of `window.keys` that occurs: its most frequent keys of this window, as many as the top lists hold. */
  readonly top: Readonly<Record<string, readonly WindowKeyReport[]>>;
  /** Likewise those with most errors, equal numbers of errors by count; none without errors. */
  readonly topErrors: Readonly<Record<string, readonly WindowKeyReport[]>>;
}

/** A key in one window. Where the table is not exact, keys are missing that it did not keep. */
export interface WindowKeyReport extends TopKeyReport {
  readonly errorsPerMinute: number;
}

export interface SampleReport {
  readonly file: string;
  /** Byte offset of the line's first byte. */
  readonly offset: number;
  readonly reason: string;
  /** The line's first bytes, decoded, at most 256 bytes of it. */
  readonly text: string;
}

/** An entry and the place of its line, `[offset, offset + bytes)`. */
export interface EntrySampleReport {
  readonly file: string;
  /** Byte offset of the line's first byte. */
  readonly offset: number;
  /** Length of the line, its newline included. */
  readonly bytes: number;
  /** ISO 8601 UTC; null where the line states none. */
  readonly time: string | null;
  readonly durationMs: number | null;
  /** The line's first bytes, decoded, at most 256 bytes of it. */
  readonly text: string;
}

export interface ErrorSampleReport extends EntrySampleReport {
  /** `FATAL`, `ERROR`, or `5xx`: a status of 500 or more without such a level. */
  readonly kind: string;
}

export interface CoverageReport {
  /** Bytes that the inputs hold, and bytes that were accounted for. */
  readonly bytes: number;
  readonly counted: number;
  readonly complete: boolean;
  readonly chunks: number;
  /** Attempts beyond the first of their chunk. */
  readonly retried: number;
  /** Results dropped because their bytes were counted already. */
  readonly duplicates: number;
  /** Chunks split because they killed their Workers. */
  readonly split: number;
  readonly quarantined: number;
  readonly abandoned: readonly {
    readonly file: string;
    readonly start: number;
    readonly end: number;
    readonly reason: string;
  }[];
  /** Bytes by class: parsed, malformed, empty, oversize, nul, quarantined; they add up to `counted`. */
  readonly bytesByClass: Readonly<Record<string, number>>;
  /** Null where no run made the report: the history of a daemon has none. */
  readonly digest: string | null;
}

export interface ResourceReport {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly maxRssBytes: number;
  readonly bytesPerSecond: number;
  readonly workers: number;
  /** What read the lines. */
  readonly engine: Engine;
}
