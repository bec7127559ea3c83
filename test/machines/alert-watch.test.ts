import { expect } from 'chai';
import fc from 'fast-check';
import { type AlertRule, judge } from '../../src/domain/alerts/alert-rule.js';
import type { AlertWindow, Figures } from '../../src/domain/alerts/alert-window.js';
import { parseRule } from '../../src/domain/alerts/parse-rule.js';
import { Histogram } from '../../src/domain/summary/histogram.js';
import { AlertWatch } from '../../src/machines/alert-watch.js';

/** What was counted, as short as a test wants it. */
interface Counted {
  readonly lines?: number;
  readonly requests?: number | null;
  readonly errors?: number;
  readonly malformed?: number | null;
  readonly ms?: readonly number[];
}

function figures({ lines = 1, requests = 0, errors = 0, malformed = null, ms = [] }: Counted): Figures {
  const durations = new Histogram();
  for (const value of ms) durations.add(value * 1000);
  return { lines, requests, errors, malformed, durations: ms.length === 0 ? null : durations };
}

/** A window of paths; the counts of all lines are not looked at. */
function pathsAt(index: number, paths: Readonly<Record<string, Counted>>): AlertWindow {
  const keys = new Map(Object.entries(paths).map(([path, counted]) => [path, figures(counted)]));
  return { index, all: figures({}), keys: new Map([['path', keys]]) };
}

function allAt(index: number, counted: Counted): AlertWindow {
  return { index, all: figures(counted), keys: new Map() };
}

/** What rules tell over windows, in seconds: `fired 120`, `resolved 130 /path`. */
function toldBy(rules: readonly string[], windows: readonly AlertWindow[], maxKeys = 1000) {
  const told: string[] = [];
  const watch = new AlertWatch({
    rules: rules.map((rule) => parseRule(rule)),
    widthMs: 10_000,
    maxKeys,
    onAlert: (_, key, { type, at }) => told.push(`${type.slice(6)} ${at / 1000}${key === null ? '' : ` ${key}`}`),
  });
  for (const window of windows) watch.close(window);
  return { told, watch };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('machines/alert-watch', () => {
  it('takes rates over the last minute, also where it holds windows without lines', () => {
    const windows = [allAt(0, { errors: 20 }), allAt(3, { errors: 11 }), allAt(7, {}), allAt(20, {})];

    expect(toldBy(['errorsPerMinute > 30'], windows).told).to.deep.equal(['fired 40', 'resolved 70']);
  });

  const metrics: readonly [string, Counted, Counted][] = [
    ['linesPerSecond > 9', { lines: 540 }, { lines: 541 }],
    ['requestsPerSecond > 9', { requests: 540 }, { requests: 541 }],
    ['errorRate > 10 %', { requests: 20, errors: 2 }, { requests: 20, errors: 3 }],
    ['malformed > 5 %', { lines: 95, malformed: 5 }, { lines: 94, malformed: 5 }],
    ['mean > 20', { ms: [10, 30] }, { ms: [10, 31] }],
    ['p50 > 20', { ms: [10, 11, 99] }, { ms: [10, 21, 22] }],
    ['p90 > 20', { ms: [...range(1, 12), 99] }, { ms: [...range(1, 10), 21, 22, 99] }],
    ['p95 > 20', { ms: [...range(0, 20), 21] }, { ms: [...range(1, 20), 21, 21] }],
    ['p99 > 200', { ms: [...range(1, 101)] }, { ms: [...range(1, 98), 201, 202, 203] }],
  ];
  for (const [rule, calm, bad] of metrics) {
    it(`judges ${rule} by its own figure`, () => {
      expect([toldBy([rule], [allAt(0, calm)]).told, toldBy([rule], [allAt(0, bad)]).told]).to.deep.equal([
        [],
        ['fired 10'],
      ]);
    });
  }

  it('knows no share of nothing, nor of what was not counted', () => {
    const nothing = allAt(0, { errors: 9, malformed: null });

    expect(toldBy(['errorRate > 0 %', 'malformed > 0 %', 'p95 > 0', 'p95 < 9'], [nothing]).told).to.deep.equal([]);
  });

  it('misses lines when there were none for so long, and no sooner, until there is one', () => {
    const windows = [allAt(0, {}), allAt(60, {}), allAt(121, {}), allAt(400, {})];

    expect(toldBy(['no lines for 10m'], windows).told).to.deep.equal([
      'fired 1210',
      'resolved 1220',
      'fired 1820',
      'resolved 4010',
    ]);
  });

  it('waits for a whole span before it misses anything', () => {
    const windows = range(0, 8).map((index) => allAt(index, { requests: 10 }));

    expect(toldBy(['requestsPerSecond < 5'], windows.slice(0, 5)).told).to.deep.equal([]);
    expect(toldBy(['requestsPerSecond < 5'], windows).told).to.deep.equal(['fired 60']);
  });

  it('judges each key alone, and errors by the lines of the key', () => {
    const windows = range(0, 3).map((index) =>
      pathsAt(index, { '/a': { lines: 10, errors: 2, requests: null }, '/b': { lines: 10, requests: null } }),
    );

    expect(toldBy(['errorRate > 10 % for 20s by path'], windows).told).to.deep.equal(['fired 20 /a']);
  });

  it('misses a key that was there', () => {
    const windows = [pathsAt(0, { '/a': {} }), ...range(1, 10).map((index) => pathsAt(index, { '/b': {} }))];

    expect(toldBy(['no lines for 30s by path'], windows).told).to.deep.equal(['fired 40 /a']);
  });

  it('watches so many keys at once, counts what it refuses, and has room again', () => {
    const bad = { lines: 9, errors: 9 };
    const windows = [pathsAt(0, { '/a': bad, '/b': bad }), pathsAt(1, { '/b': bad }), pathsAt(20, { '/c': bad })];

    const { told, watch } = toldBy(['errorsPerMinute > 8 by path'], windows, 1);

    expect(told).to.deep.equal(['fired 10 /a', 'resolved 70 /a', 'fired 210 /c']);
    expect([...watch.refused().values()]).to.deep.equal([2]);
  });

  it('tells what fires at the end', () => {
    const { watch } = toldBy(['errorsPerMinute > 8'], [allAt(0, { errors: 9 }), allAt(1, { errors: 4 })]);

    expect(watch.firing().map(({ rule, ...firing }) => [rule.text, firing])).to.deep.equal([
      ['errorsPerMinute > 8', { key: null, since: 0, firedAt: 10_000, worst: 13, worstAt: 20_000 }],
    ]);
  });

  it('passes over years of silence', () => {
    const years = 10 * 365 * 86_400;
    const { told } = toldBy(
      ['no lines for 7d', 'errorsPerMinute > 5 for 30s resolve < 2 for 7d'],
      [allAt(0, { errors: 9 }), allAt(1, {}), allAt(years / 10, {})],
    );

    expect(told).to.deep.equal([
      'fired 30',
      `fired ${20 + 7 * 86_400}`,
      `resolved ${60 + 7 * 86_400}`,
      `resolved ${years + 10}`,
    ]);
  });

  /** The same told window by window, over arrays of counts of all windows: slow and plain. */
  function byHand(
    { bound, forMs, clearForMs, spanMs, ...rule }: AlertRule,
    errors: readonly (number | null)[],
  ): string[] {
    const told: string[] = [];
    const span = Math.ceil((spanMs ?? 10_000) / 10_000);
    let [isFiring, held, clear] = [false, 0, 0];
    errors.forEach((_, index) => {
      const last = errors.slice(Math.max(0, index - span + 1), index + 1);
      const sum = last.reduce<number>(
        (total, count) => total + (spanMs === null ? (count === null ? 0 : 1) : (count ?? 0)),
        0,
      );
      const value = bound.isAbove || index + 1 >= span ? sum : null;
      const { holds, clears } = judge({ ...rule, bound, forMs, clearForMs, spanMs }, value);
      held = holds ? held + 1 : 0;
      clear = clears ? clear + 1 : 0;
      if (!isFiring && held > 0 && held * 10_000 >= forMs) told.push(`fired ${(index + 1) * 10}`);
      else if (isFiring && clear > 0 && clear * 10_000 >= clearForMs) told.push(`resolved ${(index + 1) * 10}`);
      else return;
      [isFiring, held, clear] = [!isFiring, 0, 0];
    });
    return told;
  }

  it('tells what a plain walk over all windows tells, whatever lies between them', () => {
    const anySeconds = fc.integer({ min: 1, max: 150 }).map((seconds) => `${seconds}s`);
    const anyRule = fc.oneof(
      fc.tuple(fc.nat(12), anySeconds).map(([count, time]) => `errorsPerMinute > ${count} for ${time}`),
      fc.tuple(fc.nat(12), anySeconds).map(([count, time]) => `errorsPerMinute < ${count} for ${time}`),
      fc
        .tuple(fc.integer({ min: 4, max: 12 }), anySeconds, anySeconds)
        .map(([count, time, clear]) => `errorsPerMinute > ${count} for ${time} resolve < 3 for ${clear}`),
      anySeconds.map((time) => `no lines for ${time}`),
    );
    const anyGap = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 5, max: 60 }));
    const anyErrors = fc.array(fc.tuple(anyGap, fc.nat(5)), { maxLength: 60 });
    fc.assert(
      fc.property(anyRule, fc.nat(5), anyErrors, (rule, first, rest) => {
        const errors = [first, ...rest.flatMap(([gap, count]) => [...range(0, gap).map(() => null), count])];
        const windows = errors.flatMap((count, index) => (count === null ? [] : [allAt(index, { errors: count })]));

        expect(toldBy([rule], windows).told).to.deep.equal(byHand(parseRule(rule), errors));
      }),
      { numRuns: 500 },
    );
  });
});
