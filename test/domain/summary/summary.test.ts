import { expect } from 'chai';
import { MillraceError } from '../../../src/domain/errors.js';
import { linePriority } from '../../../src/domain/hash.js';
import { FOLDINGS, type SummaryPlan } from '../../../src/domain/plan.js';
import { TOP_DIMENSIONS, type TopDimension } from '../../../src/domain/summary/dimensions.js';
import type { SummaryLimits } from '../../../src/domain/summary/limits.js';
import { Summary } from '../../../src/domain/summary/summary.js';
import { decodeSummary, encodeSummary } from '../../../src/domain/summary/summary-codec.js';
import { anyPrioritizedEntry, entryOf, type PrioritizedEntry } from '../../support/any-entry.js';
import { itIsCanonical } from '../../support/merge-laws.js';
import { SUMMARY_PLAN } from '../../support/plan-of.js';
import { Random } from '../../support/random.js';

const PLAN = SUMMARY_PLAN;
const NOON = Date.UTC(2024, 0, 24, 12);

/** Limits so small that windows widen, keys overflow and distinct counts become estimates within a few entries. */
const SMALL: SummaryLimits = { keys: 3, sketchWidth: 8, exactHashes: 5, windows: 4 };
const ROOMY: SummaryLimits = { keys: 100, sketchWidth: 8, exactHashes: 100, windows: 100 };

describe('domain/summary/summary', () => {
  for (const [name, limits] of Object.entries({ small: SMALL, roomy: ROOMY })) {
    describe(`with ${name} limits`, () => {
      itIsCanonical<PrioritizedEntry, Summary>({
        item: anyPrioritizedEntry,
        maxItems: 20,
        empty: () => new Summary(PLAN, limits),
        add: (summary, { entry, priority }) => summary.add(entry, priority),
        merge: (target, source) => target.merge(source),
        encode: encodeSummary,
        decode: (bytes) => decodeSummary(bytes, limits),
      });
    });
  }

  it('counts each part of an entry where it belongs', () => {
    const summary = new Summary(PLAN);
    summary.add(
      entryOf({
        timestamp: NOON + 1000,
        durationSource: 'rt',
        metrics: { durationUs: 1500, status: 503, bytes: 10 },
        fields: { method: 'GET', path: '/a', clientIp: '10.0.0.1' },
      }),
      7,
    );
    summary.add(entryOf({ timestamp: NOON + 61_000, level: 'ERROR', fields: { logger: 'db' } }), 8);
    summary.add(entryOf({ level: 'INFO', metrics: { bytes: 5 } }), 9);
    summary.add(entryOf({ isOutOfRange: true, level: 'INFO' }), 10);

    expect(readable(summary)).to.deep.equal({
      totals: { parsed: 4, timed: 2, untimed: 1, outOfRange: 1, requests: 1, errors: 2, trafficBytes: 15 },
      time: [NOON + 1000, NOON + 61_000],
      levels: [
        [2, 2],
        [4, 1],
      ],
      statuses: [[503, 1]],
      durations: [1, 1500],
      durationSources: [['rt', 1]],
      windows: [
        [NOON, 1, 1, 1],
        [NOON + 60_000, 1, 0, 1],
      ],
      minutes: 2,
      keys: {
        path: ['/a', 1, 1, 10],
        method: ['GET', 1, 1, 10],
        clientIp: ['10.0.0.1', 1, 1, 10],
        logger: ['db', 1, 1, 0],
      },
      distinct: [1, 1],
    });
  });

  it('has no times, windows or keys while empty', () => {
    const summary = decodeSummary(encodeSummary(new Summary(PLAN)));

    expect([summary.parts.totals.firstAt, summary.parts.totals.lastAt]).to.deep.equal([null, null]);
    expect(summary.parts.windows.list()).to.deep.equal([]);
    expect(TOP_DIMENSIONS.map((dimension) => summary.parts.dimensions[dimension].top(5))).to.deep.equal([
      [],
      [],
      [],
      [],
    ]);
  });

  it('refuses a summary with other windows and stays as it was', () => {
    const [minutes, seconds] = [new Summary(PLAN), new Summary({ ...PLAN, windowMs: 1000 })];
    seconds.add(entryOf({ timestamp: NOON }), 1);

    expect(() => minutes.merge(seconds)).to.throw(MillraceError, 'windows start at 1000 ms');
    expect(encodeSummary(minutes)).to.deep.equal(encodeSummary(new Summary(PLAN)));
  });

  it('counts a path as its route where ids are folded, and as it is where not', () => {
    const counted = FOLDINGS.map((folding) => {
      const summary = new Summary({ ...PLAN, folding });
      for (const path of ['/users/1', '/users/2', '/users']) summary.add(entryOf({ fields: { path } }), 1);
      const { path } = summary.parts.dimensions;
      return [folding, path.top(5).map(({ key, count }) => [key, count]), path.distinct?.estimate()];
    });

    expect(counted).to.deep.equal([
      [
        'none',
        [
          ['/users', 1],
          ['/users/1', 1],
          ['/users/2', 1],
        ],
        3,
      ],
      [
        'ids',
        [
          ['/users/:id', 2],
          ['/users', 1],
        ],
        2,
      ],
    ]);
  });

  it('folds a path before it is cut to the longest key', () => {
    const summary = new Summary(PLAN);
    summary.add(entryOf({ fields: { path: `/${'9'.repeat(2000)}` } }), 1);

    expect(summary.parts.dimensions.path.top(1).map(({ key }) => key)).to.deep.equal(['/:id']);
  });

  it('refuses a summary with another folding and stays as it was', () => {
    const [folded, plain] = [new Summary(PLAN), new Summary({ ...PLAN, folding: 'none' })];
    plain.add(entryOf({ timestamp: NOON }), 1);

    expect(() => folded.merge(plain)).to.throw(MillraceError, 'folding of paths is none, not ids');
    expect(encodeSummary(folded)).to.deep.equal(encodeSummary(new Summary(PLAN)));
  });

  it('gives the same bytes for 30,000 lines at the real limits, whatever the chunks', () => {
    const entries = accessEntries(30_000);
    const whole = new Summary(PLAN);
    for (const { entry, priority } of entries) whole.add(entry, priority);
    const random = new Random(99);
    const chunks = Array.from({ length: 7 }, () => new Summary(PLAN));
    for (const { entry, priority } of entries) chunks[random.below(7)]?.add(entry, priority);

    const merged = new Summary(PLAN);
    for (const chunk of chunks) merged.merge(decodeSummary(encodeSummary(chunk)));

    expect(whole.parts.dimensions.clientIp.isExact).to.equal(false);
    expect(whole.parts.windows.widthMs).to.equal(5 * 60_000);
    expect(Buffer.compare(encodeSummary(merged), encodeSummary(whole))).to.equal(0);
  }).timeout(20_000);
});

describe('domain/summary/summary-codec', () => {
  const refused = [
    { title: 'no bytes', change: (): number[] => [], message: 'it ends too early' },
    {
      title: 'another version',
      change: ([m, r, s, , ...rest]: number[]) => [m, r, s, 1, ...rest],
      message: 'version 2',
    },
    { title: 'bytes behind its end', change: (bytes: number[]) => [...bytes, 0], message: '1 bytes follow its end' },
    {
      title: 'a width of 1 ms',
      change: ([m, r, s, v, , , , ...rest]: number[]) => [m, r, s, v, 1, ...rest],
      message: '1 ms wide',
    },
    {
      title: 'an unknown folding',
      change: ([m, r, s, v, w1, w2, w3, , ...rest]: number[]) => [m, r, s, v, w1, w2, w3, 2, ...rest],
      message: '2 is no folding of paths',
    },
  ];
  for (const { title, change, message } of refused) {
    it(`refuses ${title}`, () => {
      const bytes = [...encodeSummary(new Summary(PLAN))];
      expect(() => decodeSummary(Uint8Array.from(change(bytes).map(Number)))).to.throw(MillraceError, message);
    });
  }

  it('absorbs another summary with the same outcome as a merge, whether it is empty itself or not', () => {
    const halves = [accessEntries(40).slice(0, 25), accessEntries(40).slice(25)];
    const merged = new Summary(PLAN);
    let absorbed = new Summary(PLAN);
    for (const half of halves) {
      merged.merge(summaryOf(half));
      absorbed = absorbed.absorb(summaryOf(half));
    }

    expect(Buffer.compare(encodeSummary(absorbed), encodeSummary(merged))).to.equal(0);
  });

  it('absorbs nothing that was made for another plan, not even when it is empty', () => {
    const other = new Summary({ ...PLAN, windowMs: 1000 });

    expect(() => new Summary(PLAN).absorb(other)).to.throw(MillraceError, 'windows start at 1000 ms');
  });

  it('keeps the plan', () => {
    for (const folding of FOLDINGS) {
      const plan: SummaryPlan = { windowMs: 1000, folding, windowedKeys: ['path', 'logger'] };
      expect(decodeSummary(encodeSummary(new Summary(plan))).plan).to.deep.equal(plan);
    }
  });

  it('refuses parts that count more than there was', () => {
    const summary = new Summary(PLAN);
    summary.parts.levels.add(2);
    expect(() => decodeSummary(encodeSummary(summary))).to.throw('a part counts more entries than were parsed');
  });

  it('refuses windows that do not hold the timed entries', () => {
    const summary = new Summary(PLAN);
    summary.add(entryOf({ timestamp: NOON }), 1);
    summary.parts.totals.untimed += 1;
    expect(() => decodeSummary(encodeSummary(summary))).to.throw('the windows do not hold the timed entries');
  });
});

/** Access-log entries over 36 hours with more clients than are counted exactly. */
function accessEntries(count: number): readonly PrioritizedEntry[] {
  const random = new Random(5);
  return Array.from({ length: count }, (_, line) => {
    const metrics = {
      durationUs: random.below(2_000_000),
      status: 200 + 100 * random.below(4),
      bytes: random.below(9999),
    };
    const fields = {
      method: 'GET',
      path: `/p/no-${random.below(50)}`,
      clientIp: `10.1.${random.below(200)}.${random.below(200)}`,
    };
    const entry = entryOf({ timestamp: NOON + line * 4320, durationSource: 'rt', metrics, fields });
    return { entry, priority: linePriority(1, line * 100) };
  });
}

function summaryOf(entries: readonly PrioritizedEntry[]): Summary {
  const summary = new Summary(PLAN);
  for (const { entry, priority } of entries) summary.add(entry, priority);
  return summary;
}

function readable({ parts }: Summary): unknown {
  const { totals, levels, statuses, durations, durationSources, windows, minutes, dimensions } = parts;
  const { parsed, timed, untimed, outOfRange, requests, errors, trafficBytes } = totals;
  const first = (dimension: TopDimension): unknown[] =>
    dimensions[dimension].top(9).flatMap(({ key, count, errors: failed, bytes }) => [key, count, failed, bytes]);
  return {
    totals: { parsed, timed, untimed, outOfRange, requests, errors, trafficBytes },
    time: [totals.firstAt, totals.lastAt],
    levels: levels.entries(),
    statuses: statuses.entries(),
    durations: [durations.count, durations.sum],
    durationSources: [...durationSources.entries()],
    windows: windows.list().map(({ startMs, cell }) => [startMs, cell.lines, cell.requests, cell.errors]),
    minutes: minutes.count,
    keys: { path: first('path'), method: first('method'), clientIp: first('clientIp'), logger: first('logger') },
    distinct: [dimensions.path.distinct?.estimate(), dimensions.clientIp.distinct?.estimate()],
  };
}
