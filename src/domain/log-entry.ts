import type { ByteString } from './byte-string.js';

/** Severities from harmless to fatal; the position in this list is the number used in encodings. */
export const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type Level = (typeof LEVELS)[number];

/** Named numbers of an entry. Each is a safe integer and is absent where the line does not state it. */
export interface EntryMetrics {
  /** How long finished work took, in whole microseconds (rounded half up). */
  durationUs?: number;
  /** HTTP status, 100-999. */
  status?: number;
  /** Bytes of the HTTP response. */
  bytes?: number;
}

/** Named texts of an entry, as bytes of the line. */
export interface EntryFields {
  method?: ByteString;
  /** Target of the HTTP request without query and fragment. */
  path?: ByteString;
  /** Target of the HTTP request as written. */
  url?: ByteString;
  httpVersion?: ByteString;
  clientIp?: ByteString;
  user?: ByteString;
  referrer?: ByteString;
  userAgent?: ByteString;
  virtualHost?: ByteString;
  host?: ByteString;
  process?: ByteString;
  pid?: ByteString;
  logger?: ByteString;
}

/** One parsed event. Made by a parser, counted by a Summary, gone with its line. */
export interface LogEntry {
  /** Name of the format that accepted the line. */
  readonly format: string;
  /** Epoch milliseconds UTC; null where the line states none or one outside 1970-2106. */
  readonly timestamp: number | null;
  /** True where the line states a time outside 1970-2106. */
  readonly isOutOfRange: boolean;
  readonly level: Level | null;
  readonly message: ByteString;
  /** Where the duration came from, a name of the format such as `message` or `duration_ms`; null without duration. */
  readonly durationSource: string | null;
  readonly metrics: Readonly<EntryMetrics>;
  readonly fields: Readonly<EntryFields>;
}

/** Why no format accepted a line. The position in this list is the number used in encodings. */
export const REJECTION_REASONS = [
  'no timestamp',
  'date without time',
  'time without date',
  'impossible timestamp',
  'invalid JSON',
  'JSON without known keys',
  'not in the chosen format',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** The last instant that counts as in range: 2106-02-07T06:28:15.999Z, the end of unsigned 32-bit seconds. */
export const MAX_TIMESTAMP_MS = 2 ** 32 * 1000 - 1;

/** Tells whether an entry carries an HTTP request or a response time. */
export function isRequest(entry: LogEntry): boolean {
  const { metrics, fields } = entry;
  return metrics.durationUs !== undefined || metrics.status !== undefined || fields.method !== undefined;
}

/** Tells whether an entry is of level ERROR or FATAL, or has an HTTP status of 500 or more. */
export function isError(entry: LogEntry): boolean {
  return entry.level === 'ERROR' || entry.level === 'FATAL' || (entry.metrics.status ?? 0) >= 500;
}
