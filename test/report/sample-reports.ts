import type {
  CoverageReport,
  DurationReport,
  EntrySampleReport,
  SampleReport,
  SummaryReport,
  TopKeyReport,
  WindowReport,
} from '../../src/report/summary-report.js';

const DIGEST = `sha256:${'ab12cd34'.repeat(8)}`;

/** An empty file, counted completely: every other sample changes some of it. */
export const EMPTY_REPORT: SummaryReport = {
  schema: 'millrace.summary/1',
  files: [{ path: 'empty.log', bytes: 0, lines: 0, malformed: 0, formats: {} }],
  bytes: 0,
  lines: 0,
  parsed: 0,
  malformed: 0,
  empty: 0,
  oversize: 0,
  quarantined: 0,
  from: null,
  to: null,
  timezone: 'UTC',
  untimed: 0,
  outOfRange: 0,
  levels: {},
  requests: { total: 0, perSecond: null, peakPerSecond: null },
  errors: { total: 0, perMinute: null },
  durationMs: null,
  durationSources: {},
  status: {},
  folding: 'ids',
  top: {},
  other: {},
  traffic: { bytes: 0 },
  distinct: {},
  window: { seconds: 60, askedSeconds: 60, widened: false, keys: [] },
  windows: [],
  samples: { malformed: [], quarantined: [], errors: [], slowest: [] },
  reasons: {},
  coverage: coverage(0, {}),
  unreadable: [],
  passedOver: [],
  resources: { wallMs: 118, cpuMs: 130, maxRssBytes: 64_000_000, bytesPerSecond: 0, workers: 2, engine: 'scanner' },
};

/** An application log of ten minutes, two of them silent, with errors in the middle. */
export const PLAIN_REPORT: SummaryReport = {
  ...EMPTY_REPORT,
  files: [{ path: 'app.log', bytes: 1_234_567, lines: 20_000, malformed: 0, formats: { plain: 20_000 } }],
  bytes: 1_234_567,
  lines: 20_000,
  parsed: 20_000,
  from: '2024-01-24T10:15:02.123Z',
  to: '2024-01-24T10:24:58.125Z',
  levels: { TRACE: 0, DEBUG: 1200, INFO: 18_000, WARN: 720, ERROR: 77, FATAL: 3 },
  requests: { total: 12_000, perSecond: 25, peakPerSecond: 80.5 },
  errors: { total: 80, perMinute: 10 },
  durationMs: duration(12_000, 127.25),
  durationSources: { message: 12_000 },
  window: { seconds: 60, askedSeconds: 60, widened: false, keys: [] },
  windows: [
    minute('2024-01-24T10:15:00.000Z', [20, 0, 110]),
    minute('2024-01-24T10:16:00.000Z', [24, 0, 120]),
    minute('2024-01-24T10:17:00.000Z', [40, 2, 180]),
    minute('2024-01-24T10:18:00.000Z', [80.5, 60, 900]),
    minute('2024-01-24T10:19:00.000Z', [10, 18, 1200]),
    minute('2024-01-24T10:22:00.000Z', [5, 0, null]),
    minute('2024-01-24T10:23:00.000Z', [18, 0, 105]),
    minute('2024-01-24T10:24:00.000Z', [22, 0, 100]),
  ],
  top: {
    logger: [topKey('com.example.Api', 15_000), topKey('com.example.Db', 4000)],
  },
  other: { logger: 1000 },
  samples: {
    ...EMPTY_REPORT.samples,
    errors: [
      { ...slow('app.log', 731_004, null, '2024-01-24 10:19:07.001 FATAL [main] out of memory'), kind: 'FATAL' },
      { ...slow('app.log', 402_118, null, '2024-01-24 10:17:41.310 ERROR [db-1] connection refused'), kind: 'ERROR' },
      { ...slow('app.log', 402_190, 3054, '2024-01-24 10:17:44.364 ERROR [api-3] gave up in 3054ms'), kind: 'ERROR' },
      { ...slow('app.log', 402_301, null, '2024-01-24 10:17:45.002 ERROR [db-2] connection refused'), kind: 'ERROR' },
    ],
    slowest: [
      slow('app.log', 402_190, 3054, '2024-01-24 10:17:44.364 ERROR [api-3] gave up in 3054ms'),
      slow('app.log', 690_007, 2810.5, '2024-01-24 10:18:59.120 INFO [api-1] Request processed in 2810.5ms'),
    ],
  },
  coverage: coverage(1_234_567, { chunks: 2 }),
  resources: {
    wallMs: 132,
    cpuMs: 205,
    maxRssBytes: 81_000_000,
    bytesPerSecond: 9_352_780,
    workers: 2,
    engine: 'scanner',
  },
};

/** An access log of three hours in Berlin, with paths, clients, statuses and a sketch. */
export const ACCESS_REPORT: SummaryReport = {
  ...EMPTY_REPORT,
  files: [
    {
      path: '/var/log/nginx/access.log',
      bytes: 1_100_000_000,
      lines: 7_200_000,
      malformed: 0,
      formats: { combined: 7_200_000 },
    },
  ],
  bytes: 1_100_000_000,
  lines: 7_200_000,
  parsed: 7_200_000,
  from: '2024-07-01T21:00:00.000Z',
  to: '2024-07-01T23:59:59.000Z',
  timezone: 'Europe/Berlin',
  requests: { total: 7_200_000, perSecond: 666.67, peakPerSecond: 2204.1 },
  errors: { total: 12_345, perMinute: 68.58 },
  durationMs: duration(7_200_000, 42),
  durationSources: { request_time: 7_200_000 },
  status: {
    '200': 6_500_000,
    '204': 100_000,
    '301': 80_000,
    '304': 400_000,
    '404': 107_655,
    '500': 12_000,
    '503': 345,
  },
  top: {
    path: [
      { ...topKey('/api/data', 3_000_000), errors: 9000, bytes: 6_000_000_000, durationMs: { mean: 30.5, p95: 80 } },
      { ...topKey('/api/users/:id/orders', 2_000_000), bytes: 900_000_000, durationMs: { mean: 61.2, p95: 210 } },
      { ...topKey('/login', 500_000), errors: 3345, bytes: 1_000_000, durationMs: { mean: 5.1, p95: 9.5 } },
      {
        ...topKey('/static/assets/javascript/application-bundle-with-a-long-name.min.js', 400_000),
        bytes: 80_000_000_000,
        exact: false,
        maxOvercount: 24,
      },
      { ...topKey('/suche/日本語', 1200), exact: false, maxOvercount: 12 },
    ],
    method: [topKey('GET', 6_000_000), topKey('POST', 1_200_000)],
    clientIp: [
      { ...topKey('10.0.0.1', 70_000), exact: false, maxOvercount: 31 },
      { ...topKey('2001:db8::1', 60_000), exact: false, maxOvercount: 31 },
    ],
  },
  other: { path: 1_298_800, clientIp: 7_070_000 },
  samples: {
    ...EMPTY_REPORT.samples,
    errors: [
      {
        ...slow('/var/log/nginx/access.log', 610_400_112, 1008, '10.0.0.1 - - "GET /api/data HTTP/1.1" 503 0'),
        kind: '5xx',
      },
    ],
    slowest: [
      slow('/var/log/nginx/access.log', 610_400_112, 1008, '10.0.0.1 - - "GET /api/data HTTP/1.1" 503 0'),
      slow('/var/log/nginx/access.log', 88, 960.5, '10.0.0.9 - - "GET /\u001b[2J\u202e HTTP/1.1" 200 12'),
      slow('/var/log/nginx/access.log', 1_000_000_007, 960, '10.0.0.9 - - "GET /suche/日本語 HTTP/1.1" 200 7'),
      slow('/var/log/nginx/access.log', 3, 959, 'not shown: the fourth'),
    ],
  },
  traffic: { bytes: 90_000_000_000 },
  distinct: { clientIp: { estimate: 48_213, relativeError: 0.0081 }, path: { estimate: 912, relativeError: 0 } },
  windows: accessWindows(),
  coverage: coverage(1_100_000_000, { chunks: 132, retried: 3, duplicates: 1 }),
  resources: {
    wallMs: 760,
    cpuMs: 1480,
    maxRssBytes: 120_000_000,
    bytesPerSecond: 1_447_368_421,
    workers: 2,
    engine: 'scanner',
  },
};

/** Lines of no known format, hostile ones among them, and one that kills its scanner. */
export const MALFORMED_REPORT: SummaryReport = {
  ...EMPTY_REPORT,
  files: [{ path: 'mixed.log', bytes: 5000, lines: 100, malformed: 12, formats: { plain: 70, json: 10 } }],
  bytes: 5000,
  lines: 100,
  parsed: 80,
  malformed: 12,
  empty: 5,
  oversize: 2,
  quarantined: 1,
  from: '2024-01-24T10:15:02.000Z',
  to: '2024-01-24T10:15:04.500Z',
  untimed: 3,
  outOfRange: 1,
  levels: { INFO: 80 },
  errors: { total: 0, perMinute: 0 },
  requests: { total: 0, perSecond: 0, peakPerSecond: 0 },
  windows: [minute('2024-01-24T10:15:00.000Z', [0, 0, null])],
  reasons: { 'no timestamp': 10, 'invalid JSON': 2 },
  samples: {
    ...EMPTY_REPORT.samples,
    malformed: [
      sample('mixed.log', 120, 'no timestamp', 'Traceback (most recent call last):'),
      sample('mixed.log', 4096, 'no timestamp', '\u001b[2J\u001b[31mowned\u202e gpj.exe\ttab'),
      sample('mixed.log', 4800, 'invalid JSON', `{"message": "${'x'.repeat(200)}`),
    ],
    quarantined: [sample('mixed.log', 4900, 'MR_ERR_THREAD_EXIT', 'a line that kills')],
  },
  coverage: coverage(5000, { chunks: 1, split: 2, retried: 4, quarantined: 1 }),
};

/** A run that lost a range of one of its inputs and could not open another. */
export const DEGRADED_REPORT: SummaryReport = {
  ...PLAIN_REPORT,
  unreadable: [
    {
      path: '/var/log/secure',
      code: 'MR_ERR_INPUT_UNREADABLE',
      message: 'Cannot read /var/log/secure: permission denied',
    },
  ],
  passedOver: [
    { path: '/var/log/app.log.2.gz', reason: 'it is compressed' },
    { path: '/var/log/app.log.3.gz', reason: 'it is compressed' },
    { path: '/var/log/link.log', reason: 'it is a symbolic link' },
  ],
  coverage: coverage(1_234_567, {
    counted: 1_234_067,
    complete: false,
    chunks: 4,
    retried: 6,
    abandoned: [{ file: 'app.log', start: 1_000_000, end: 1_000_500, reason: 'MR_ERR_CHUNK_READ after 3 attempts' }],
  }),
};

/** Two weeks in windows of an hour where minutes were asked for. */
export const WIDENED_REPORT: SummaryReport = {
  ...EMPTY_REPORT,
  files: [{ path: '-', bytes: 64_000_000, lines: 800_000, malformed: 0, formats: { syslog: 800_000 } }],
  bytes: 64_000_000,
  lines: 800_000,
  parsed: 800_000,
  from: '2024-01-01T00:00:10.000Z',
  to: '2024-01-14T23:59:58.000Z',
  requests: { total: 0, perSecond: 0, peakPerSecond: 0 },
  errors: { total: 0, perMinute: 0 },
  window: { seconds: 3600, askedSeconds: 60, widened: true, keys: [] },
  windows: Array.from({ length: 336 }, (_, hour) => ({
    ...minute(new Date(Date.UTC(2024, 0, 1, hour)).toISOString(), [0, 0, null]),
    seconds: 3600,
    lines: 2000 + 1800 * (hour % 24 > 7 && hour % 24 < 20 ? 1 : 0),
  })),
  coverage: coverage(64_000_000, { chunks: 8 }),
};

/** Two files of two formats. */
export const TWO_FILES_REPORT: SummaryReport = {
  ...PLAIN_REPORT,
  files: [
    { path: 'logs/app.log', bytes: 1_000_000, lines: 15_000, malformed: 0, formats: { plain: 15_000 } },
    { path: 'logs/服务/worker.log', bytes: 234_567, lines: 5000, malformed: 7, formats: { json: 4000, plain: 993 } },
  ],
  parsed: 19_993,
  malformed: 7,
  reasons: { 'invalid JSON': 7 },
};

/** Makes a coverage receipt over `bytes`, complete where `changes` do not say otherwise. */
export function coverage(bytes: number, changes: Partial<CoverageReport>): CoverageReport {
  return {
    bytes,
    counted: bytes,
    complete: true,
    chunks: 1,
    retried: 0,
    duplicates: 0,
    split: 0,
    quarantined: 0,
    abandoned: [],
    bytesByClass: { parsed: bytes },
    digest: DIGEST,
    ...changes,
  };
}

/** Makes durations around a mean. */
export function duration(count: number, mean: number): DurationReport {
  return {
    count,
    mean,
    min: mean / 10,
    max: mean * 24,
    p50: mean * 0.7,
    p90: mean * 1.6,
    p95: mean * 2,
    p99: mean * 6,
    relativeError: 0.01,
  };
}

function minute(
  start: string,
  [requestsPerSecond, errorsPerMinute, p95]: [number, number, number | null],
): WindowReport {
  const requests = requestsPerSecond * 60;
  const durationMs = p95 === null ? null : { ...duration(requests, p95 / 2), p95 };
  const lines = Math.max(1, requests);
  return {
    start,
    seconds: 60,
    lines,
    requests,
    requestsPerSecond,
    errors: errorsPerMinute,
    errorsPerMinute,
    durationMs,
    top: {},
    topErrors: {},
  };
}

function accessWindows(): WindowReport[] {
  return Array.from({ length: 180 }, (_, index) => {
    const start = new Date(Date.UTC(2024, 6, 1, 21, index)).toISOString();
    const load = index === 100 ? 2204.1 : 600 + 500 * Math.sin(index / 20);
    return minute(start, [load, index > 95 && index < 105 ? 1000 : index % 7, 60 + (index % 10)]);
  });
}

function topKey(key: string, count: number): TopKeyReport {
  return { key, count, errors: 0, bytes: 0, durationMs: null, exact: true, maxOvercount: 0 };
}

function slow(file: string, offset: number, durationMs: number | null, text: string): EntrySampleReport {
  return { file, offset, bytes: text.length + 1, time: '2024-01-24T10:17:41.310Z', durationMs, text };
}

function sample(file: string, offset: number, reason: string, text: string): SampleReport {
  return { file, offset, reason, text };
}
