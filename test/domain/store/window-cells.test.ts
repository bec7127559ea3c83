import { expect } from 'chai';
import fc from 'fast-check';
import { Account } from '../../../src/domain/account.js';
import { Examples } from '../../../src/domain/examples.js';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import type { SummaryPlan } from '../../../src/domain/plan.js';
import { Samples } from '../../../src/domain/samples.js';
import { abandonedResult, chunkResultOf } from '../../../src/domain/store/chunk-result.js';
import { bytesIn, COUNTERS } from '../../../src/domain/store/counts.js';
import { RESOLUTIONS, WIDTH_MS } from '../../../src/domain/store/resolutions.js';
import { NO_WINDOWS, windowCountsOf } from '../../../src/domain/store/window-cells.js';
import { WindowSums } from '../../../src/domain/store/window-sums.js';
import type { SummaryLimits } from '../../../src/domain/summary/limits.js';
import { Summary } from '../../../src/domain/summary/summary.js';
import { anyPrioritizedEntry, entryOf } from '../../support/any-entry.js';
import { durationsOf, NOON, plainWindow, windowOf } from '../../support/stored.js';

const PLAN: SummaryPlan = { windowMs: 10_000, folding: 'ids', windowedKeys: ['path', 'logger'] };
const LIMITS: SummaryLimits = { keys: 16, sketchWidth: 8, exactHashes: 16, windows: 4 };
const LATEST = Number.MAX_SAFE_INTEGER;

function summaryOf(entries: readonly Partial<LogEntry>[], limits?: SummaryLimits): Summary {
  const summary = new Summary(PLAN, limits);
  entries.forEach((entry, index) => summary.add(entryOf(entry), index));
  return summary;
}

describe('domain/store/window-cells', () => {
  it('are one for all entries of a window, and one for each key in it', () => {
    const error = { level: 'ERROR', metrics: { durationUs: 700, bytes: 5 }, fields: { path: '/user/7' } } as const;
    const summary = summaryOf([
      { ...error, timestamp: NOON + 3 },
      { ...error, timestamp: NOON + 9999, fields: { path: '/user/8', logger: 'db' } },
      { timestamp: NOON + 10_000 },
      { timestamp: null },
    ]);

    const { widthMs, cells } = windowCountsOf(summary, LATEST) ?? NO_WINDOWS;
    const key = windowOf({ requests: null, lines: 2, errors: 2, bytes: 10, durations: durationsOf(700, 700) });
    expect(widthMs).to.equal(10_000);
    expect(cells.map(plainWindow)).to.deep.equal(
      [
        windowOf({ lines: 2, requests: 2, errors: 2, durations: durationsOf(700, 700) }),
        windowOf({ startMs: NOON + 10_000 }),
        { ...key, dimension: 'path' as const, key: '/user/:id' },
        { ...key, dimension: 'logger' as const, key: 'db', lines: 1, errors: 1, bytes: 5, durations: durationsOf(700) },
      ].map(plainWindow),
    );
  });

  it('of an empty summary are none', () => {
    expect(windowCountsOf(summaryOf([]), 0)).to.deep.equal(NO_WINDOWS);
  });

  it('are never above their window, and say by how much they may be too high, where keys are not exact', () => {
    const entries = Array.from({ length: 60 }, (_, index) => ({
      timestamp: NOON + (index < 5 ? 10_000 * (index % 2) : 20_000),
      fields: { logger: `no-${index % 30}` },
    }));
    const { cells } = windowCountsOf(summaryOf(entries, LIMITS), LATEST) ?? NO_WINDOWS;

    const keys = cells.filter(({ dimension }) => dimension === 'logger');
    const linesAt = new Map(
      cells.filter(({ dimension }) => dimension === 'all').map(({ startMs, lines }) => [startMs, lines]),
    );
    expect(keys).to.have.length(16);
    expect(keys.filter(({ startMs, lines }) => lines > (linesAt.get(startMs) ?? 0))).to.deep.equal([]);
    expect(keys.filter(({ overcount, durations }) => overcount === 0 || durations !== null)).to.deep.equal([]);
  });

  it('keep the 64 keys of most lines, ties by their bytes, and sum the others under the empty key', () => {
    const name = (index: number): string => `no-${String(index).padStart(3, '0')}`;
    const entries = Array.from({ length: 300 }, (_, index) => ({
      timestamp: NOON,
      metrics: { durationUs: 7, bytes: 2 },
      fields: { logger: name(index) },
    }));
    const { cells } = windowCountsOf(summaryOf([...entries, ...entries.slice(299)]), LATEST) ?? NO_WINDOWS;

    const keys = cells.filter(({ dimension }) => dimension === 'logger');
    const kept = [name(299), ...Array.from({ length: 63 }, (_, index) => name(index))];
    expect(keys.map(({ key }) => key)).to.deep.equal([...kept, '']);
    const rest = { dimension: 'logger', lines: 236, requests: null, bytes: 472 } as const;
    const durations = durationsOf(...Array.from({ length: 236 }, () => 7));
    expect(keys.slice(64).map(plainWindow)).to.deep.equal([plainWindow(windowOf({ ...rest, durations }))]);
  });

  const spread = (stepMs: number): Partial<LogEntry>[] =>
    Array.from({ length: 5 }, (_, index) => ({ timestamp: NOON + index * stepMs }));
  const cases = [
    {
      title: 'are wider where the summary is, and older than what is kept finer',
      stepMs: 20_000,
      fineFromAt: LATEST,
      widthMs: 50_000,
    },
    { title: 'may be ten minutes wide', stepMs: 200_000, fineFromAt: LATEST, widthMs: 600_000 },
    { title: 'are refused where finer ones are kept', stepMs: 20_000, fineFromAt: NOON + 80_000, widthMs: null },
    {
      title: 'are not refused where finer ones are kept only later',
      stepMs: 20_000,
      fineFromAt: NOON + 80_001,
      widthMs: 50_000,
    },
    { title: 'are refused where they are wider than an hour', stepMs: 7_200_000, fineFromAt: LATEST, widthMs: null },
  ];
  for (const { title, stepMs, fineFromAt, widthMs } of cases) {
    it(title, () => {
      expect(windowCountsOf(summaryOf(spread(stepMs), LIMITS), fineFromAt)?.widthMs ?? null).to.equal(widthMs);
    });
  }
});

describe('domain/store/window-sums', () => {
  it('add up to the same at each resolution, to all that was added, and change nothing of it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyPrioritizedEntry, { maxLength: 20 }), { maxLength: 4 }), (chunks) => {
        const all = chunks.map((entries) => {
          const summary = new Summary(PLAN);
          for (const { entry, priority } of entries) summary.add(entry, priority);
          return windowCountsOf(summary, LATEST) ?? NO_WINDOWS;
        });
        const before = all.map(({ cells }) => cells.map(plainWindow));
        const sums = new WindowSums();
        for (const windows of all) sums.add('app', windows);

        const expected = totalOf(all.flatMap(({ cells }) => cells));
        for (const resolution of RESOLUTIONS) {
          const cells = sums.list(resolution);
          expect(totalOf(cells)).to.deep.equal(expected);
          expect(cells.filter(({ startMs }) => startMs % WIDTH_MS[resolution] !== 0)).to.deep.equal([]);
          const ids = cells.map(({ startMs, dimension, key }) => `${startMs} ${dimension} ${key}`);
          expect(new Set(ids).size).to.equal(ids.length);
        }
        expect(all.map(({ cells }) => cells.map(plainWindow))).to.deep.equal(before);
      }),
    );
  });

  function totalOf(cells: readonly ReturnType<typeof windowOf>[]): object {
    const durations = durationsOf();
    let [lines, requests, errors] = [0, 0, 0];
    for (const cell of cells) {
      lines += cell.lines;
      requests += cell.requests ?? 0;
      errors += cell.errors;
      if (cell.durations !== null) durations.merge(cell.durations);
    }
    return { requests, errors, ...plainWindow({ ...windowOf({ lines }), durations }) };
  }
});

describe('domain/store/chunk-result', () => {
  const context = { stream: 's', generation: 3, source: 'app', plan: '{}', late: 2, future: 1, fineFromAt: LATEST };

  it('has all counts of the report that are not 0, and its bytes as they were read', () => {
    const account = new Account();
    account.addParsed('plain', 30, 2);
    account.addMalformed('no timestamp', 10);
    account.addNul(5);
    account.addOversize(7);
    account.addQuarantined(4);
    const entries = [
      {
        timestamp: NOON,
        level: 'FATAL' as const,
        metrics: { status: 200, bytes: 9 },
        fields: { method: 'GET', path: '/' },
      },
      { timestamp: null, isOutOfRange: true },
      { timestamp: null },
    ];
    const summary = summaryOf(entries);
    const range = { file: 0, start: 90, end: 150, readFrom: 100, readTo: 156, before: 'the marker' };
    const result = chunkResultOf(
      { ...range, account, summary, samples: new Samples(), examples: new Examples() },
      context,
    );

    const { windows, counts, ...others } =
      result ?? abandonedResult({ stream: '', generation: 0, start: 0, end: 0 }, { source: '', plan: '', marker: '' });
    expect(others).to.deep.equal({
      stream: 's',
      generation: 3,
      source: 'app',
      start: 100,
      end: 156,
      marker: 'the marker',
      plan: '{}',
    });
    expect(Object.fromEntries(counts)).to.deep.equal({
      parsedLines: 2,
      malformedLines: 1,
      oversizeLines: 1,
      quarantinedLines: 1,
      parsedBytes: 30,
      malformedBytes: 10,
      oversizeBytes: 7,
      quarantinedBytes: 4,
      nulBytes: 5,
      requests: 1,
      errors: 1,
      trafficBytes: 9,
      untimed: 1,
      outOfRange: 1,
      late: 2,
      future: 1,
    });
    expect(bytesIn(counts)).to.equal(56);
    expect([...counts.keys()].filter((name) => !COUNTERS.includes(name))).to.deep.equal([]);
    expect(windows).to.deep.equal(windowCountsOf(summary, LATEST));
  });

  it('is none where its windows are too wide', () => {
    const summary = summaryOf([{ timestamp: NOON }, { timestamp: NOON + 90_000 }], { ...LIMITS, windows: 1 });
    const range = { file: 0, start: 0, end: 0, readFrom: 0, readTo: 0, before: '' };
    const report = { ...range, account: new Account(), summary, samples: new Samples(), examples: new Examples() };

    expect(chunkResultOf(report, { ...context, fineFromAt: NOON })).to.equal(null);
  });

  it('of what was given up accounts for its bytes', () => {
    const result = abandonedResult(
      { stream: 's', generation: 1, start: 10, end: 30 },
      { source: 'app', plan: '{}', marker: 'm' },
    );

    expect([...result.counts]).to.deep.equal([['abandonedBytes', 20]]);
    expect(bytesIn(result.counts)).to.equal(20);
  });
});
