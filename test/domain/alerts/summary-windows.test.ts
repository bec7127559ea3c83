import { expect } from 'chai';
import { summaryWindows } from '../../../src/domain/alerts/summary-windows.js';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import { SUMMARY_LIMITS } from '../../../src/domain/summary/limits.js';
import { Summary } from '../../../src/domain/summary/summary.js';

/** An entry at some second, of a path. */
function entryAt(second: number, path: string, status: number): LogEntry {
  return {
    timestamp: second * 1000,
    format: 'json',
    isOutOfRange: false,
    level: null,
    message: '',
    metrics: { status, durationUs: 5000 },
    durationSource: null,
    fields: { path, method: 'GET' },
  };
}

function summaryOf(entries: readonly LogEntry[], limits: Partial<typeof SUMMARY_LIMITS> = {}): Summary {
  const plan = { windowMs: 10_000, folding: 'none', windowedKeys: ['path', 'method'] } as const;
  const summary = new Summary(plan, { ...SUMMARY_LIMITS, ...limits });
  entries.forEach((entry, index) => summary.add(entry, index));
  return summary;
}

/** What is compared: durations by their count. */
function shown(summary: Summary) {
  const { widthMs, windows, inexact } = summaryWindows(summary);
  return {
    widthMs,
    inexact,
    windows: windows.map(({ index, all: { durations, ...all }, keys }) => ({
      index,
      all: { ...all, durations: durations?.count },
      keys: Object.fromEntries(
        [...keys].map(([dimension, figures]) => [
          dimension,
          [...figures].map(([key, { lines, requests, errors, durations: of }]) => [
            key,
            lines,
            requests,
            errors,
            of?.count,
          ]),
        ]),
      ),
    })),
  };
}

const ENTRIES = [entryAt(31, '/b', 500), entryAt(3, '/a', 200), entryAt(39, '/c', 200), entryAt(30, '/c', 503)];

describe('domain/alerts/summary-windows', () => {
  it('tells of the windows that hold lines, with their keys, the most frequent first', () => {
    expect(shown(summaryOf(ENTRIES))).to.deep.equal({
      widthMs: 10_000,
      inexact: [],
      windows: [
        {
          index: 0,
          all: { lines: 1, requests: 1, errors: 0, malformed: null, durations: 1 },
          keys: { path: [['/a', 1, null, 0, 1]], method: [['GET', 1, null, 0, 1]] },
        },
        {
          index: 3,
          all: { lines: 3, requests: 3, errors: 2, malformed: null, durations: 3 },
          keys: {
            path: [
              ['/c', 2, null, 1, 2],
              ['/b', 1, null, 1, 1],
            ],
            method: [['GET', 3, null, 2, 3]],
          },
        },
      ],
    });
  });

  it('sums keys in windows that widened', () => {
    const { widthMs, windows } = shown(summaryOf(ENTRIES, { windows: 1 }));

    expect([widthMs, windows.map(({ index, keys }) => [index, keys['method']])]).to.deep.equal([
      50_000,
      [[0, [['GET', 4, null, 2, 4]]]],
    ]);
  });

  it('leaves out the keys of a dimension that is not exact, and names it', () => {
    const { inexact, windows } = shown(summaryOf(ENTRIES, { keys: 2 }));

    expect([inexact, windows.map(({ keys }) => Object.keys(keys))]).to.deep.equal([['path'], [['method'], ['method']]]);
  });
});
