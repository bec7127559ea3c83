import { expect } from 'chai';
import fc from 'fast-check';
import { ByteWriter } from '../../../src/domain/byte-writer.js';
import { MillraceError } from '../../../src/domain/errors.js';
import { linePriority } from '../../../src/domain/hash.js';
import { type LogEntry, MAX_TIMESTAMP_MS } from '../../../src/domain/log-entry.js';
import type { SummaryPlan } from '../../../src/domain/plan.js';
import { type Dimension, DIMENSIONS } from '../../../src/domain/summary/dimensions.js';
import { keyFormOf } from '../../../src/domain/summary/key-form.js';
import type { SummaryLimits } from '../../../src/domain/summary/limits.js';
import { NO_DURATION } from '../../../src/domain/summary/occurrence.js';
import { Summary } from '../../../src/domain/summary/summary.js';
import { decodeSummary, encodeSummary } from '../../../src/domain/summary/summary-codec.js';
import { TopKeys } from '../../../src/domain/summary/top-keys.js';
import { decodeWindowedKeys, encodeTopKeys } from '../../../src/domain/summary/top-keys-codec.js';
import { keysByWindow, windowedKey, windowOfKey } from '../../../src/domain/summary/windowed-keys.js';
import { anyPrioritizedEntry, entryOf, type PrioritizedEntry } from '../../support/any-entry.js';
import { type Counted, countedPerWindow, plainCountPerWindow } from '../../support/counts-per-window.js';
import { itIsCanonical, readAll } from '../../support/merge-laws.js';
import { Random } from '../../support/random.js';

const NOON = Date.UTC(2024, 0, 24, 12);
const PLAN: SummaryPlan = { windowMs: 10_000, folding: 'none', windowedKeys: DIMENSIONS };
const SMALL: SummaryLimits = { keys: 3, sketchWidth: 8, exactHashes: 5, windows: 4 };
const ROOMY: SummaryLimits = { keys: 1000, sketchWidth: 8, exactHashes: 1000, windows: 100 };
const LAST_WINDOW = 2 ** 32 - 1;

describe('domain/summary/windowed-keys', () => {
  for (const [name, limits] of Object.entries({ small: SMALL, roomy: ROOMY })) {
    for (const windowedKeys of [['path'], ['level', 'status'], DIMENSIONS] as const) {
      describe(`with ${name} limits, of ${windowedKeys.join(', ')}`, () => {
        itIsCanonical<PrioritizedEntry, Summary>({
          item: anyPrioritizedEntry,
          maxItems: 20,
          empty: () => new Summary({ ...PLAN, windowedKeys }, limits),
          add: (summary, { entry, priority }) => summary.add(entry, priority),
          merge: (target, source) => target.merge(source),
          encode: encodeSummary,
          decode: (bytes) => decodeSummary(bytes, limits),
        });
      });
    }
  }

  it('are those of a plain count in windows of any width', () => {
    fc.assert(
      fc.property(fc.array(anyPrioritizedEntry, { maxLength: 40 }), fc.constantFrom(1, 5, 60), (entries, ratio) => {
        const summary = summaryOf(PLAN, entries, ROOMY);

        for (const dimension of DIMENSIONS) {
          expect(countedPerWindow(summary, dimension, ratio)).to.deep.equal(
            plainCountPerWindow(entries, dimension, ratio),
          );
        }
      }),
    );
  });

  it('are counted for those dimensions only that the plan names', () => {
    const fields = { path: '/a', method: 'GET', clientIp: '10.0.0.1', logger: 'db' };
    const summary = new Summary({ ...PLAN, windowedKeys: ['logger', 'path'] });
    summary.add(entryOf({ timestamp: NOON, fields }), 1);

    const found = [...summary.parts.windowedKeys.keys()].map((dimension) => countedPerWindow(summary, dimension, 1));
    const window = NOON / 10_000;
    expect(found).to.deep.equal([[[window, '/a', [1, 0, 0, 0, 0]]], [[window, 'db', [1, 0, 0, 0, 0]]]]);
  });

  it('are the name of a level and the digits of a status, of entries that have one and a time', () => {
    const summary = new Summary({ ...PLAN, windowedKeys: ['status', 'level'] });
    const entries: readonly Partial<LogEntry>[] = [
      { timestamp: NOON, level: 'ERROR' },
      { timestamp: NOON + 9999, level: 'WARN', metrics: { status: 503, bytes: 7 } },
      { timestamp: NOON + 10_000, metrics: { status: 100, durationUs: 5 } },
      { timestamp: NOON },
      { level: 'INFO', metrics: { status: 200 } },
    ];
    entries.forEach((entry, index) => summary.add(entryOf(entry), index));

    const [level, status] = [...summary.parts.windowedKeys.keys()].map((dimension) =>
      countedPerWindow(decodeSummary(encodeSummary(summary)), dimension, 1),
    );
    const window = NOON / 10_000;
    expect(level).to.deep.equal([
      [window, 'ERROR', [1, 1, 0, 0, 0]],
      [window, 'WARN', [1, 1, 7, 0, 0]],
    ]);
    expect(status).to.deep.equal([
      [window, '503', [1, 1, 7, 0, 0]],
      [window + 1, '100', [1, 0, 0, 1, 5]],
    ]);
  });

  it('are routes where ids are folded, and have no entry without a time', () => {
    const summary = new Summary({ ...PLAN, folding: 'ids' });
    for (const path of ['/u/1', '/u/2']) summary.add(entryOf({ timestamp: NOON, fields: { path } }), 1);
    summary.add(entryOf({ fields: { path: '/u/3' } }), 2);
    summary.add(entryOf({ isOutOfRange: true, fields: { path: '/u/3' } }), 3);

    expect(countedPerWindow(summary, 'path', 1)).to.deep.equal([[NOON / 10_000, '/u/:id', [2, 0, 0, 0, 0]]]);
    expect(summary.parts.dimensions.path.total()).to.equal(4);
  });

  it('have the form that keys have without windows, the same in each window', () => {
    const paths = [1023, 1024, 1025, 5000].map((length) => 'x'.repeat(length));
    const summary = new Summary(PLAN);
    for (const [number, path] of paths.entries()) {
      for (const timestamp of [NOON, NOON + 10_000]) summary.add(entryOf({ timestamp, fields: { path } }), number);
    }

    const keys = (cells: readonly Counted[]): string[] => [...new Set(cells.map(([, key]) => key))].sort();
    const found = countedPerWindow(decodeSummary(encodeSummary(summary)), 'path', 1);
    expect([found.length, keys(found)]).to.deep.equal([8, paths.map(keyFormOf).sort()]);
    const whole = summary.parts.dimensions.path.top(9).map(({ key }) => key);
    expect(keys(found)).to.deep.equal(whole.toSorted());
  });

  it('stand in the order of time, then of keys', () => {
    const windows = [0, 1, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, LAST_WINDOW];
    const keys = windows.flatMap((window) => ['', '\0', 'a', '\xff'].map((form) => windowedKey(window, form)));

    expect(keys.toSorted()).to.deep.equal(keys);
    expect(windows.map((window) => windowOfKey(windowedKey(window, 'x')))).to.deep.equal(windows);
    expect(keys.every((key) => key.length <= 5)).to.equal(true);
  });

  it('keep the finest windows where the windows of the summary have widened', () => {
    const entries = Array.from({ length: 9 }, (_, number) => {
      return { entry: entryOf({ timestamp: NOON + 20_000 * number, fields: { path: '/a' } }), priority: number };
    });
    const { parts } = summaryOf(PLAN, entries, { ...ROOMY, windows: 8 });

    expect(parts.windows.widthMs).to.equal(50_000);
    const keys = parts.windowedKeys.get('path');
    const byWindow = keys && [...keysByWindow(keys, 5)].sort(([a], [b]) => a - b);
    expect(byWindow?.map(([window, cells]) => [window * 50_000 - NOON, cells.map(({ count }) => count)])).to.deep.equal(
      [0, 1, 2, 3].map((place) => [place * 50_000, [[3], [2], [3], [1]][place]]),
    );
  });

  describe('in a flood of 60,000 keys and windows', function () {
    this.timeout(60_000);

    const random = new Random(8);
    const entries = Array.from({ length: 60_000 }, (_, line) => {
      const path = `/p-${Math.floor(300 ** random.unit())}`;
      const timestamp = NOON + 10_000 * random.below(600);
      return { entry: entryOf({ timestamp, level: 'ERROR', fields: { path } }), priority: linePriority(3, line * 80) };
    });
    const plan: SummaryPlan = { ...PLAN, windowedKeys: ['path'] };

    it('are never too low, seldom higher than they say, and say that they are not exact', () => {
      const truth = new Map(
        plainCountPerWindow(entries, 'path', 1).map(([window, key, [count]]) => [`${window} ${key}`, count]),
      );
      const keys = summaryOf(plan, entries).parts.windowedKeys.get('path');
      const cells = [...(keys === undefined ? [] : keysByWindow(keys, 1))].flatMap(([window, found]) =>
        found.map((cell) => ({ ...cell, excess: cell.count - (truth.get(`${window} ${cell.key}`) ?? NaN) })),
      );

      expect([truth.size > 16_384, cells.length]).to.deep.equal([true, 16_384]);
      expect(Math.min(...cells.map(({ excess }) => excess))).to.be.at.least(0);
      expect(cells.filter(({ exact }) => exact)).to.deep.equal([]);
      const tooHigh = cells.filter(({ excess, maxOvercount }) => excess > maxOvercount);
      expect(tooHigh.length / cells.length).to.be.below(Math.exp(-4));
    });

    it('are the same bytes whatever the chunks', () => {
      const chunks = Array.from({ length: 5 }, () => new Summary(plan));
      for (const { entry, priority } of entries) chunks[random.below(5)]?.add(entry, priority);
      const merged = new Summary(plan);
      for (const chunk of chunks) merged.merge(decodeSummary(encodeSummary(chunk)));

      expect(Buffer.compare(encodeSummary(merged), encodeSummary(summaryOf(plan, entries)))).to.equal(0);
    });

    it('sum their bounds where windows are wider', () => {
      const keys = summaryOf(plan, entries).parts.windowedKeys.get('path') ?? new TopKeys();
      const [fine, wide] = [1, 60].map((ratio) => [...keysByWindow(keys, ratio).values()].flat());
      const sum = (cells: typeof fine = []): number =>
        cells.reduce((total, { maxOvercount }) => total + maxOvercount, 0);

      expect(wide?.length).to.be.below(fine?.length ?? 0);
      expect(sum(wide)).to.equal(sum(fine));
    });
  });

  it('refuse a summary that counts them of other dimensions, and stay as they were', () => {
    const [paths, all] = [new Summary({ ...PLAN, windowedKeys: ['path'] }), new Summary(PLAN)];
    all.add(entryOf({ timestamp: NOON }), 1);
    const sentence = 'its keys per window are those of [path, method, clientIp, logger, level, status], not [path]';

    expect(() => paths.merge(all)).to.throw(MillraceError, sentence);
    expect(() => paths.absorb(all)).to.throw(MillraceError, sentence);
    expect(encodeSummary(paths)).to.deep.equal(encodeSummary(new Summary({ ...PLAN, windowedKeys: ['path'] })));
  });

  it('do not depend on the order in which the plan names dimensions', () => {
    const [some, others] = (
      [
        ['logger', 'path'],
        ['path', 'logger'],
      ] as const
    ).map((windowedKeys) => new Summary({ ...PLAN, windowedKeys }));

    expect(some && encodeSummary(some)).to.deep.equal(others && encodeSummary(others));
    expect(() => others && some?.merge(others)).to.not.throw();
  });

  const refused: readonly { title: string; key: string; message: string; dimension?: Dimension }[] = [
    { title: 'without a whole window', key: 'abc', message: 'a key has 3 bytes' },
    { title: 'longer than the longest', key: 'x'.repeat(1029), message: 'a number is 1029, at most 1028' },
    { title: 'in a window behind the last', key: windowedKey(8, 'a'), message: 'a key lies outside 1970-2106' },
    ...['', 'info', 'INF', 'INFO ', 'NOTICE'].map((form) => {
      const dimension = 'level' as const;
      return { title: `'${form}' of a level`, key: windowedKey(7, form), message: 'a key is no level', dimension };
    }),
    ...['', '20', '099', '2000', '2x0', '20\u0660'].map((form) => {
      const dimension = 'status' as const;
      return { title: `'${form}' of a status`, key: windowedKey(7, form), message: 'a key is no status', dimension };
    }),
  ];
  for (const { title, key, message, dimension = 'path' } of refused) {
    it(`refuse a key ${title}`, () => {
      const keys = new TopKeys();
      keys.addForm(key, { priority: 1, requests: 0, errors: 0, bytes: 0, durationUs: NO_DURATION });
      const writer = new ByteWriter();
      encodeTopKeys(writer, keys);

      expect(() =>
        readAll(writer.finish(), (reader) => decodeWindowedKeys(reader, { dimension, lastWindow: 7 })),
      ).to.throw(MillraceError, message);
    });
  }

  it('refuse to be more than the keys without windows', () => {
    const summary = new Summary(PLAN);
    summary.add(entryOf({ timestamp: NOON, fields: { path: '/a' } }), 1);
    summary.parts.windowedKeys.get('method')?.addForm(windowedKey(1, 'GET'), {
      priority: 1,
      requests: 1,
      errors: 0,
      bytes: 0,
      durationUs: NO_DURATION,
    });

    expect(() => decodeSummary(encodeSummary(summary))).to.throw('more keys are in windows than there are');
  });

  for (const [dimension, form] of [
    ['level', 'INFO'],
    ['status', '200'],
  ] as const) {
    it(`refuse to have a ${dimension} more often than entries do, in windows or not`, () => {
      const summary = new Summary(PLAN);
      summary.add(entryOf({ timestamp: NOON }), 1);
      const once = { priority: 1, requests: 0, errors: 0, bytes: 0, durationUs: NO_DURATION };
      summary.parts.windowedKeys.get(dimension)?.addForm(windowedKey(NOON / 10_000, form), once);

      expect(() => decodeSummary(encodeSummary(summary))).to.throw('more keys are in windows than there are');
    });
  }

  it('refuse a set of dimensions that are none', () => {
    const bytes = encodeSummary(new Summary({ ...PLAN, windowedKeys: [] }));
    const at = [...bytes].indexOf(0, 6) + 1; // behind the width and the folding, which is 0

    expect(bytes[at]).to.equal(0);
    bytes[at] = 64;
    expect(() => decodeSummary(bytes)).to.throw(MillraceError, '64 is no set of dimensions');
  });

  it('take the last instant that counts', () => {
    const summary = new Summary({ ...PLAN, windowMs: 1000 });
    summary.add(entryOf({ timestamp: MAX_TIMESTAMP_MS, fields: { logger: 'db' } }), 1);

    const found = countedPerWindow(decodeSummary(encodeSummary(summary)), 'logger', 1);
    expect(found).to.deep.equal([[LAST_WINDOW, 'db', [1, 0, 0, 0, 0]]]);
  });
});

function summaryOf(plan: SummaryPlan, entries: readonly PrioritizedEntry[], limits?: SummaryLimits): Summary {
  const summary = new Summary(plan, limits);
  for (const { entry, priority } of entries) summary.add(entry, priority);
  return summary;
}
