/** The daemon that docs/daemon.md shows: twenty minutes before noon, two of them bad, and one gap. */
import { windowCountsOf } from '../../src/domain/store/window-cells.js';
import type { Store } from '../../src/domain/store/store.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { entryOf } from './any-entry.js';
import { DaemonStandIn, fileOf, STATUS } from './daemon-stand-in.js';
import { commit, commitFirst, NOON, resultOf } from './stored.js';

const ENTRIES = 12_000;
const BYTES = 1_200_000;
const PATHS = ['/checkout', '/api/items/:id', '/login', '/health', '/search'];
const RULE = 'errorsPerMinute > 30 for 2m';

export function demoDaemon(store: Store): DaemonStandIn {
  fill(store);
  const port = new DaemonStandIn(store);
  const numbers = { bytes: BYTES, lines: ENTRIES + 3, malformed: 3, errors: 240, requests: ENTRIES };
  const behind = { state: 'catchingUp', backlogBytes: 34_567_890, lagMs: 2345 } as const;
  port.statusNow = { ...STATUS, ...behind, committed: numbers, files: 3, openDescriptors: 5 };
  port.filesNow = [
    fileOf('/var/log/nginx/access.log', { format: 'combined', size: 52_428_800, offset: 52_428_800, lines: 240_000 }),
    fileOf('/var/log/app/app.log', { size: 35_767_890, offset: BYTES, lines: ENTRIES, malformed: 3 }),
    fileOf('/var/log/app/app.log.1', { state: 'drained', size: 2_000_000, offset: 2_000_000, lines: 20_000 }),
  ];
  const range = { path: '/var/log/app/app.log', start: BYTES, end: BYTES + 1_048_576, doneBytes: 419_430 };
  port.workersNow = [
    { thread: 'thread-1', task: null },
    { thread: 'thread-2', task: { worker: 'worker-871-1', attempt: 1, ...range, startedAt: NOON - 85 } },
  ];
  const times = { since: NOON - 420_000, firedAt: NOON - 300_000 };
  const never = { since: null, firedAt: null, worst: null };
  port.alertsNow = [
    { name: 'slow', rule: 'p95 > 800 for 5m by path', key: null, state: 'ok', ...never, unit: 'ms' },
    { name: RULE, rule: RULE, key: null, state: 'firing', ...times, worst: 120, unit: '' },
  ];
  return port;
}

function fill(store: Store): void {
  const summary = new Summary({ windowMs: 10_000, folding: 'ids', windowedKeys: ['path', 'method'] });
  for (let index = 0; index < ENTRIES; index += 1) {
    const isBad = index >= 1800 && index < 3000 && index % 5 === 0;
    const metrics = {
      durationUs: 1000 * (20 + ((index * 37) % 301)) + (isBad ? 2_000_000 : 0),
      bytes: 500 + (index % 900),
      status: isBad ? 502 : 200,
    };
    const path = PATHS[isBad ? 0 : (index * index) % PATHS.length] ?? '';
    const fields = { path, method: index % 4 === 0 ? 'POST' : 'GET' };
    summary.add(entryOf({ timestamp: NOON - 1 - index * 100, metrics, fields }), index);
  }
  const windows = windowCountsOf(summary, 0);
  if (windows === null) throw new Error('its windows are narrow');
  const counts = new Map([
    ['parsedLines', ENTRIES],
    ['parsedBytes', BYTES],
  ] as const);
  const gap = { stream: 'a', generation: 1, path: '/var/log/app/app.log', start: 123_456, end: 135_678 };
  commitFirst(store);
  commit(store, {
    chunks: [resultOf('a', 0, BYTES, { windows, counts })],
    gaps: [{ ...gap, reason: 'truncated before it was read', notedAt: NOON - 3_600_000 }],
  });
}
