import { UNSAFE_TEXT } from './escape-terminal.js';
import type {
  CoverageReport,
  DurationReport,
  EntrySampleReport,
  ErrorSampleReport,
  FileReport,
  RequestReport,
  ResourceReport,
  SampleReport,
  SummaryReport,
  TopKeyReport,
  WindowKeyReport,
  WindowReport,
} from './summary-report.js';

/** Puts a value into the order of the contract. */
type Arrange<Value> = (value: Value) => unknown;
/** One arrangement per key: the compiler finds a key of the contract that is missing here. */
type Order<Shape> = { readonly [Key in keyof Shape]-?: Arrange<Shape[Key]> };

/** The newlines are ours: those of texts are escaped already. */
const UNSAFE_IN_JSON = new RegExp(`(?!\\n)${UNSAFE_TEXT.source}`, 'gu');

const asIs = (value: unknown): unknown => value;

/**
 * Renders the report as one JSON object, two blanks of indent and a newline at its end. Keys stand in the order of the
 * contract, those of maps as the report has them. Characters that a terminal obeys or hides are written as `\uXXXX`: the
 * same data, and safe to print.
 */
export function renderJson(report: SummaryReport): string {
  return printJson(inOrder(SUMMARY)(report));
}

/** Writes a value as JSON, as `renderJson` does a report. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(UNSAFE_IN_JSON, escapeInJson)}\n`;
}

function escapeInJson(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}

function inOrder<Shape extends object>(order: Order<Shape>): Arrange<Shape> {
  return (value) => {
    const arranged: Record<string, unknown> = {};
    for (const key in order) arranged[key] = order[key](value[key]);
    return { ...arranged, ...without(value, arranged) };
  };
}

/** What a newer producer may add to the contract stays, behind what is known here. */
function without(value: object, known: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(known, key)));
}

function listOf<Item>(arrange: Arrange<Item>): Arrange<readonly Item[]> {
  return (items) => items.map(arrange);
}

function orNull<Value>(arrange: Arrange<Value>): Arrange<Value | null> {
  return (value) => (value === null ? null : arrange(value));
}

function mapOf<Value>(arrange: Arrange<Value>): Arrange<Readonly<Record<string, Value>>> {
  return (map) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, arrange(value)]));
}

const DURATION: Order<DurationReport> = {
  count: asIs,
  mean: asIs,
  min: asIs,
  max: asIs,
  p50: asIs,
  p90: asIs,
  p95: asIs,
  p99: asIs,
  relativeError: asIs,
};

const FILE: Order<FileReport> = { path: asIs, bytes: asIs, lines: asIs, malformed: asIs, formats: asIs };

const REQUESTS: Order<RequestReport> = { total: asIs, perSecond: asIs, peakPerSecond: asIs };

const TOP_KEY: Order<TopKeyReport> = {
  key: asIs,
  count: asIs,
  errors: asIs,
  bytes: asIs,
  durationMs: orNull(inOrder({ mean: asIs, p95: asIs })),
  exact: asIs,
  maxOvercount: asIs,
};

const WINDOW_KEY: Order<WindowKeyReport> = {
  key: asIs,
  count: asIs,
  errors: asIs,
  errorsPerMinute: asIs,
  bytes: asIs,
  durationMs: orNull(inOrder({ mean: asIs, p95: asIs })),
  exact: asIs,
  maxOvercount: asIs,
};

const WINDOW: Order<WindowReport> = {
  start: asIs,
  seconds: asIs,
  lines: asIs,
  requests: asIs,
  requestsPerSecond: asIs,
  errors: asIs,
  errorsPerMinute: asIs,
  durationMs: orNull(inOrder(DURATION)),
  top: mapOf(listOf(inOrder(WINDOW_KEY))),
  topErrors: mapOf(listOf(inOrder(WINDOW_KEY))),
};

const SAMPLE: Order<SampleReport> = { file: asIs, offset: asIs, reason: asIs, text: asIs };

const ENTRY_SAMPLE: Order<EntrySampleReport> = {
  file: asIs,
  offset: asIs,
  bytes: asIs,
  time: asIs,
  durationMs: asIs,
  text: asIs,
};

const ERROR_SAMPLE: Order<ErrorSampleReport> = {
  file: asIs,
  offset: asIs,
  bytes: asIs,
  kind: asIs,
  time: asIs,
  durationMs: asIs,
  text: asIs,
};

const COVERAGE: Order<CoverageReport> = {
  bytes: asIs,
  counted: asIs,
  complete: asIs,
  chunks: asIs,
  retried: asIs,
  duplicates: asIs,
  split: asIs,
  quarantined: asIs,
  abandoned: listOf(inOrder({ file: asIs, start: asIs, end: asIs, reason: asIs })),
  bytesByClass: asIs,
  digest: asIs,
};

const RESOURCES: Order<ResourceReport> = {
  wallMs: asIs,
  cpuMs: asIs,
  maxRssBytes: asIs,
  bytesPerSecond: asIs,
  workers: asIs,
  engine: asIs,
};

/** `history` stands where it is absent in a run: behind all others. */
const SUMMARY: Order<Omit<SummaryReport, 'history'>> = {
  schema: asIs,
  files: listOf(inOrder(FILE)),
  bytes: asIs,
  lines: asIs,
  parsed: asIs,
  malformed: asIs,
  empty: asIs,
  oversize: asIs,
  quarantined: asIs,
  from: asIs,
  to: asIs,
  timezone: asIs,
  untimed: asIs,
  outOfRange: asIs,
  levels: asIs,
  requests: inOrder(REQUESTS),
  errors: inOrder({ total: asIs, perMinute: asIs }),
  durationMs: orNull(inOrder(DURATION)),
  durationSources: asIs,
  status: asIs,
  folding: asIs,
  top: mapOf(listOf(inOrder(TOP_KEY))),
  other: asIs,
  traffic: asIs,
  distinct: mapOf(inOrder({ estimate: asIs, relativeError: asIs })),
  window: inOrder({ seconds: asIs, askedSeconds: asIs, widened: asIs, keys: asIs }),
  windows: listOf(inOrder(WINDOW)),
  samples: inOrder({
    malformed: listOf(inOrder(SAMPLE)),
    quarantined: listOf(inOrder(SAMPLE)),
    errors: listOf(inOrder(ERROR_SAMPLE)),
    slowest: listOf(inOrder(ENTRY_SAMPLE)),
  }),
  reasons: asIs,
  coverage: inOrder(COVERAGE),
  unreadable: listOf(inOrder({ path: asIs, code: asIs, message: asIs })),
  passedOver: listOf(inOrder({ path: asIs, reason: asIs })),
  resources: orNull(inOrder(RESOURCES)),
};
