import fc from 'fast-check';
import {
  type EntryFields,
  type EntryMetrics,
  LEVELS,
  type LogEntry,
  MAX_TIMESTAMP_MS,
} from '../../src/domain/log-entry.js';

/** An entry with the priority of its line. */
export interface PrioritizedEntry {
  readonly entry: LogEntry;
  readonly priority: number;
}

const anyTimestamp = fc.oneof(
  fc.integer({ min: 1_706_091_000_000, max: 1_706_091_000_000 + 20 * 60_000 }),
  fc.integer({ min: 0, max: MAX_TIMESTAMP_MS }),
  fc.constant(null),
);

const anyMetrics: fc.Arbitrary<EntryMetrics> = fc.record(
  {
    durationUs: fc.oneof(fc.nat(2000), fc.maxSafeNat()),
    status: fc.constantFrom(200, 404, 499, 500, 503),
    bytes: fc.oneof(fc.nat(100_000), fc.constant(Number.MAX_SAFE_INTEGER)),
  },
  { requiredKeys: [] },
);

const anyFields: fc.Arbitrary<EntryFields> = fc.record(
  {
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    path: fc.oneof(
      fc.nat(9).map((id) => `/item/no-${id}`),
      fc.nat(9).map((id) => `/item/${id}`),
      fc.constant('/\u00e4'.repeat(600)),
    ),
    clientIp: fc.nat(9).map((host) => `10.0.0.${host}`),
    logger: fc.constantFrom('main', 'db'),
  },
  { requiredKeys: [] },
);

/** Any entry: every part present or absent, few keys and times so that cells are hit more than once. */
export const anyEntry: fc.Arbitrary<LogEntry> = fc
  .record({
    format: fc.constantFrom('plain', 'combined'),
    timestamp: anyTimestamp,
    wasOutOfRange: fc.boolean(),
    level: fc.constantFrom(null, ...LEVELS),
    source: fc.constantFrom('message', 'duration_ms'),
    metrics: anyMetrics,
    fields: anyFields,
  })
  .map(({ format, timestamp, wasOutOfRange, level, source, metrics, fields }) => ({
    format,
    timestamp,
    isOutOfRange: timestamp === null && wasOutOfRange,
    level,
    message: '',
    durationSource: metrics.durationUs === undefined ? null : source,
    metrics,
    fields,
  }));

export const anyPrioritizedEntry: fc.Arbitrary<PrioritizedEntry> = fc.record({
  entry: anyEntry,
  priority: fc.oneof(fc.nat(30), fc.maxSafeNat()),
});

/** An entry with nothing in it but what is given. */
export function entryOf(given: Partial<LogEntry>): LogEntry {
  return {
    format: 'plain',
    timestamp: null,
    isOutOfRange: false,
    level: null,
    message: '',
    durationSource: null,
    metrics: {},
    fields: {},
    ...given,
  };
}
