import fc from 'fast-check';
import { ENGINES } from '../../src/domain/plan.js';
import { FOLDINGS } from '../../src/domain/plan.js';
import type {
  CoverageReport,
  DurationReport,
  EntrySampleReport,
  FileReport,
  SampleReport,
  SummaryReport,
  TopKeyReport,
  WindowReport,
} from '../../src/report/summary-report.js';
import { EMPTY_REPORT } from './sample-reports.js';

const SPITE = [
  '\u001b[2J\u001b[31m',
  '\u009b31m',
  'a\nb\r\tc\u0000\u007f',
  '\u202egpj.exe\u2066',
  '\u2028\u2029\u200b\ufeff',
  '\ud800',
  '日本語'.repeat(100),
  '👩‍👩‍👧‍👦🇩🇪❤️',
  `e${'\u0301'.repeat(80)}`,
  '\u0301start',
  'x'.repeat(3000),
  '=1+1",\n',
  '__proto__',
  '\u{e0041}\u{f0000}',
];

/** Texts as an attacker would put them into a log. */
export const anyHostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...SPITE),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(fc.constantFrom(...SPITE), fc.string({ unit: 'grapheme', maxLength: 20 })).map((texts) => texts.join('')),
);

const anyCount = fc.oneof(fc.nat(20), fc.nat(), fc.maxSafeNat());
const anyAmount = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e12, noNaN: true }));
const anyInstant = fc.date({ min: new Date(0), max: new Date(4_294_967_295_000), noInvalidDate: true }).map(String);
const anyCounts = fc.dictionary(fc.oneof(anyHostileText, fc.constantFrom('200', '503', 'ERROR', 'INFO')), anyCount, {
  maxKeys: 20,
  noNullPrototype: true,
});

const anyDuration: fc.Arbitrary<DurationReport> = fc.record({
  count: anyCount,
  mean: anyAmount,
  min: anyAmount,
  max: anyAmount,
  p50: anyAmount,
  p90: anyAmount,
  p95: anyAmount,
  p99: anyAmount,
  relativeError: anyAmount,
});

const anyFile: fc.Arbitrary<FileReport> = fc.record({
  path: anyHostileText,
  bytes: anyCount,
  lines: anyCount,
  malformed: anyCount,
  formats: anyCounts,
});

const anyTopKey: fc.Arbitrary<TopKeyReport> = fc.record({
  key: anyHostileText,
  count: anyCount,
  errors: anyCount,
  bytes: anyCount,
  durationMs: fc.option(fc.record({ mean: anyAmount, p95: anyAmount })),
  exact: fc.boolean(),
  maxOvercount: anyCount,
});

const anyDimension = fc.oneof(fc.constantFrom('path', 'method', 'clientIp', 'logger'), anyHostileText);

const anyWindowKeys = fc.dictionary(
  anyDimension,
  fc.array(
    fc.tuple(anyTopKey, anyAmount).map(([key, errorsPerMinute]) => ({ ...key, errorsPerMinute })),
    { maxLength: 7 },
  ),
  { maxKeys: 4, noNullPrototype: true },
);

const anyWindow: fc.Arbitrary<WindowReport> = fc.record({
  start: fc.oneof({ weight: 9, arbitrary: anyInstant }, { weight: 1, arbitrary: anyHostileText }),
  seconds: fc.constantFrom(1, 60, 3600, 86_400),
  lines: anyCount,
  requests: anyCount,
  requestsPerSecond: anyAmount,
  errors: anyCount,
  errorsPerMinute: anyAmount,
  durationMs: fc.option(anyDuration),
  top: anyWindowKeys,
  topErrors: anyWindowKeys,
});

const anySample: fc.Arbitrary<SampleReport> = fc.record({
  file: anyHostileText,
  offset: anyCount,
  reason: anyHostileText,
  text: anyHostileText,
});

const anyEntrySample: fc.Arbitrary<EntrySampleReport> = fc.record({
  file: anyHostileText,
  offset: anyCount,
  bytes: anyCount,
  time: fc.option(fc.oneof(anyInstant, anyHostileText)),
  durationMs: fc.option(anyAmount),
  text: anyHostileText,
});

const anyErrorSample = fc
  .tuple(anyEntrySample, fc.oneof(fc.constantFrom('FATAL', 'ERROR', '5xx'), anyHostileText))
  .map(([sample, kind]) => ({ ...sample, kind }));

const anyCoverage: fc.Arbitrary<CoverageReport> = fc.record({
  bytes: anyCount,
  counted: anyCount,
  complete: fc.boolean(),
  chunks: anyCount,
  retried: anyCount,
  duplicates: anyCount,
  split: anyCount,
  quarantined: anyCount,
  abandoned: fc.array(fc.record({ file: anyHostileText, start: anyCount, end: anyCount, reason: anyHostileText }), {
    maxLength: 12,
  }),
  bytesByClass: anyCounts,
  digest: anyHostileText,
});

/** Reports that keep the types of the contract and nothing else. */
export const anyReport: fc.Arbitrary<SummaryReport> = fc.record({
  schema: fc.constant(EMPTY_REPORT.schema),
  files: fc.array(anyFile, { maxLength: 12 }),
  bytes: anyCount,
  lines: anyCount,
  parsed: anyCount,
  malformed: anyCount,
  empty: anyCount,
  oversize: anyCount,
  quarantined: anyCount,
  from: fc.option(fc.oneof(anyInstant, anyHostileText)),
  to: fc.option(fc.oneof(anyInstant, anyHostileText)),
  timezone: fc.oneof(fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'), anyHostileText),
  untimed: anyCount,
  outOfRange: anyCount,
  levels: anyCounts,
  requests: fc.record({ total: anyCount, perSecond: fc.option(anyAmount), peakPerSecond: fc.option(anyAmount) }),
  errors: fc.record({ total: anyCount, perMinute: fc.option(anyAmount) }),
  durationMs: fc.option(anyDuration),
  durationSources: anyCounts,
  status: anyCounts,
  folding: fc.constantFrom(...FOLDINGS),
  top: fc.dictionary(fc.oneof(fc.constantFrom('path', 'clientIp', 'method'), anyHostileText), fc.array(anyTopKey), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  other: anyCounts,
  traffic: fc.record({ bytes: anyCount }),
  distinct: fc.dictionary(anyHostileText, fc.record({ estimate: anyCount, relativeError: anyAmount }), {
    noNullPrototype: true,
  }),
  window: fc.record({
    seconds: fc.constantFrom(1, 60, 3600, 86_400),
    askedSeconds: fc.constantFrom(10, 60, 300),
    widened: fc.boolean(),
    keys: fc.uniqueArray(anyDimension, { maxLength: 4 }),
  }),
  windows: fc.array(anyWindow, { maxLength: 40 }),
  samples: fc.record({
    malformed: fc.array(anySample, { maxLength: 12 }),
    quarantined: fc.array(anySample, { maxLength: 12 }),
    errors: fc.array(anyErrorSample, { maxLength: 12 }),
    slowest: fc.array(anyEntrySample, { maxLength: 12 }),
  }),
  reasons: anyCounts,
  coverage: anyCoverage,
  unreadable: fc.array(fc.record({ path: anyHostileText, code: anyHostileText, message: anyHostileText }), {
    maxLength: 12,
  }),
  passedOver: fc.array(fc.record({ path: anyHostileText, reason: anyHostileText }), { maxLength: 12 }),
  resources: fc.record({
    wallMs: anyAmount,
    cpuMs: anyAmount,
    maxRssBytes: anyCount,
    bytesPerSecond: anyAmount,
    workers: anyCount,
    engine: fc.constantFrom(...ENGINES),
  }),
});
