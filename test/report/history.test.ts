import { expect } from 'chai';
import fc from 'fast-check';
import { RETENTION, WIDTH_MS } from '../../src/domain/store/resolutions.js';
import type { WindowCount } from '../../src/domain/store/window-cells.js';
import { type HistoryParts, reportHistory } from '../../src/report/history-report.js';
import { MAX_SHOWN_WINDOWS, spanOf, spanOfWidth } from '../../src/report/history-span.js';
import { HistoryWindows } from '../../src/report/history-windows.js';
import { KeySums } from '../../src/report/key-sums.js';
import { durationsOf, NOON, windowOf } from '../support/stored.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

function keyOf(key: string, lines: number, given: Partial<WindowCount> = {}): WindowCount {
  return windowOf({ dimension: 'path', key, lines, requests: null, bytes: 10 * lines, ...given });
}

describe('report/history-span', () => {
  const CASES: readonly (readonly [string, number, number, string])[] = [
    ['15 minutes', 900 * SECOND, 10 * SECOND, '10s'],
    ['an hour', HOUR, 10 * SECOND, '10s'],
    ['a little more', HOUR + 1, 60 * SECOND, '1m'],
    ['6 hours', 6 * HOUR, 60 * SECOND, '1m'],
    ['a day', DAY, 300 * SECOND, '1m'],
    ['two days', 2 * DAY, HOUR, '1h'],
    ['15 days', 15 * DAY, HOUR, '1h'],
    ['a quarter', 90 * DAY, DAY, '1h'],
    ['two years', 730 * DAY, 7 * DAY, '1h'],
    ['all time', 136 * 365 * DAY, 28 * DAY, '1h'],
  ];
  for (const [title, lengthMs, widthMs, resolution] of CASES) {
    it(`shows ${title} in windows of ${widthMs / 1000} s, and reads those of ${resolution}`, () => {
      const span = spanOf(NOON - lengthMs, NOON);

      expect([span.widthMs, span.resolution]).to.deep.equal([widthMs, resolution]);
    });
  }

  it('holds what was asked for in whole windows, few enough, and kept that long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 730 * DAY }), (fromAt, lengthMs) => {
        const { fromAt: from, toAt: to, widthMs, resolution } = spanOf(fromAt, fromAt + lengthMs);

        expect([from % widthMs, to % widthMs, widthMs % WIDTH_MS[resolution]]).to.deep.equal([0, 0, 0]);
        expect([from <= fromAt, to >= fromAt + lengthMs, fromAt - from < widthMs]).to.deep.equal([true, true, true]);
        expect((to - from) / widthMs).to.be.at.most(MAX_SHOWN_WINDOWS + 1);
        expect(RETENTION[resolution]).to.be.at.least(lengthMs);
      }),
    );
  });
});

describe('report/key-sums', () => {
  it('adds up rows of one key, and changes none of them', () => {
    const sums = new KeySums();
    const rows = [
      keyOf('/a', 2, { errors: 1, overcount: 1, durations: durationsOf(5) }),
      keyOf('/a', 3, { durations: durationsOf(7, 9) }),
      keyOf('', 4),
    ];

    for (const row of rows) sums.add(row);

    const [first, ...others] = sums.list().map(({ durations, ...key }) => ({ ...key, sum: durations?.sum }));
    expect(first).to.deep.equal({ key: '/a', count: 5, errors: 1, bytes: 50, exact: false, maxOvercount: 1, sum: 21 });
    expect([others, sums.lines, sums.bytes, sums.isExact]).to.deep.equal([[], 9, 90, true]);
    expect(rows.map(({ durations }) => durations?.sum)).to.deep.equal([5, 16, undefined]);
  });

  it('gives up the rarest of too many keys, keeps their lines, and says so', () => {
    const sums = new KeySums(3);

    for (let key = 1; key <= 7; key += 1) sums.add(keyOf(`/${key}`, key));

    expect(sums.list().map(({ key, count, exact }) => [key, count, exact])).to.have.deep.members([
      ['/5', 5, false],
      ['/6', 6, false],
      ['/7', 7, false],
    ]);
    expect([sums.lines, sums.isExact]).to.deep.equal([28, false]);
  });
});

describe('report/history-report', () => {
  function partsOf(windows: HistoryWindows, given: Partial<HistoryParts> = {}): HistoryParts {
    const nothing = { last: null, nowAt: NOON, counts: new Map(), gaps: 0, files: [], omittedFiles: 0 };
    return { windows, ...nothing, timezone: 'UTC', folding: 'ids', topCount: 10, ...given };
  }

  it('takes rates over the minutes of the hours that are touched, the present one up to now', () => {
    const windows = new HistoryWindows(spanOfWidth(NOON - DAY, NOON + 1, HOUR), { topCount: 0 });
    windows.addAll([
      windowOf({ startMs: NOON - 5 * HOUR, lines: 600, requests: 600, errors: 120 }),
      windowOf({ startMs: NOON, lines: 60, requests: 60, errors: 0 }),
    ]);

    const { requests, errors, from, to } = reportHistory(partsOf(windows, { nowAt: NOON + 600 * SECOND }));

    expect({ requests, errors, from, to }).to.deep.equal({
      requests: { total: 660, perSecond: 660 / (70 * 60), peakPerSecond: 600 / 3600 },
      errors: { total: 120, perMinute: 120 / 70 },
      from: '2024-01-24T07:00:00.000Z',
      to: '2024-01-24T12:10:00.000Z',
    });
  });

  it('tells of all lines since the state began, and of those with a time only within a span', () => {
    const windows = new HistoryWindows(spanOf(NOON, NOON + HOUR), { topCount: 0 });
    windows.addAll([windowOf({ lines: 7 })]);
    const counts = new Map([
      ['parsedLines', 90],
      ['malformedLines', 8],
      ['emptyLines', 2],
      ['parsedBytes', 900],
      ['malformedBytes', 80],
      ['abandonedBytes', 20],
      ['untimed', 5],
    ] as const);
    const pick = (last: string | null): readonly unknown[] => {
      const { lines, parsed, malformed, empty, untimed, bytes, coverage } = reportHistory(
        partsOf(windows, { last, counts }),
      );
      return [lines, parsed, malformed, empty, untimed, bytes, coverage.counted, coverage.complete];
    };

    expect(pick(null)).to.deep.equal([100, 90, 8, 2, 5, 1000, 980, false]);
    expect(pick('1h')).to.deep.equal([7, 7, 0, 0, 0, 1000, 980, false]);
  });

  it('sums the windows of all sources, and lists the keys of each window it shows', () => {
    const windows = new HistoryWindows(spanOfWidth(NOON, NOON + 60 * SECOND, 60 * SECOND), { topCount: 1 });
    windows.addAll([
      windowOf({ lines: 3, errors: 1, durations: durationsOf(1000) }),
      windowOf({ lines: 4, errors: 2, durations: durationsOf(3000) }),
    ]);
    windows.addKeys('path', [keyOf('/a', 3, { errors: 1 }), keyOf('/b', 2), keyOf('/b', 2)]);
    windows.endKeys();

    const report = reportHistory(partsOf(windows, { last: '1m' }));

    const [window] = report.windows;
    expect([window?.lines, window?.errors, window?.durationMs?.mean]).to.deep.equal([7, 3, 2]);
    expect(window?.top['path']?.map(({ key, count }) => [key, count])).to.deep.equal([['/b', 4]]);
    expect(window?.topErrors['path']?.map(({ key, errors }) => [key, errors])).to.deep.equal([['/a', 1]]);
    expect([report.other, report.traffic, report.window.keys]).to.deep.equal([{ path: 0 }, { bytes: 70 }, ['path']]);
  });

  it('tells levels, the least grave first, and statuses by number, where they are kept', () => {
    const windows = new HistoryWindows(spanOf(NOON, NOON + HOUR), { topCount: 0 });
    windows.addAll([windowOf({ lines: 9 })]);
    windows.addKeys('level', [keyOf('ERROR', 2), keyOf('INFO', 7)]);
    windows.addKeys('status', [keyOf('200', 5), keyOf('404', 1), keyOf('502', 2)]);
    windows.addKeys('method', [keyOf('GET', 8)]);

    const { levels, status, top, other } = reportHistory(partsOf(windows));

    expect(JSON.stringify([levels, status])).to.equal('[{"INFO":7,"ERROR":2},{"200":5,"404":1,"502":2}]');
    expect([Object.keys(top), other]).to.deep.equal([['method'], { method: 0 }]);
  });
});
