/** Merging at the limits of a job: the kernel makes the bytes that the reference makes. */
import { expect } from 'chai';
import { MAX_TIMESTAMP_MS } from '../../src/domain/log-entry.js';
import type { Summary } from '../../src/domain/summary/summary.js';
import { SUMMARY_LIMITS } from '../../src/domain/summary/limits.js';
import { TOP_DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { entryOf, type PrioritizedEntry } from '../support/any-entry.js';
import { inMode } from '../support/long-mode.js';
import { createMergerTwins, newKernelMerger, summaryOf } from '../support/merger-twins.js';
import { Random } from '../support/random.js';
import { keyOf } from '../support/summary-twins.js';

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2024, 0, 24, 12);

/** Merges summaries into both, which must agree after each; returns what the kernel reads at the end. */
function mergeAll(summaries: readonly Uint8Array[]): Summary {
  const twins = createMergerTwins();
  for (const summary of summaries) {
    expect(twins.merge(summary)).to.deep.equal(['merged', 'merged']);
    const [expected, found] = twins.encode();
    expect(found === expected).to.equal(true);
  }
  return twins.kernel.read();
}

/** Merges in pairs, and these in pairs, from the last to the first. */
function mergeInTrees(summaries: readonly Uint8Array[]): Uint8Array {
  const parts = [...summaries];
  while (parts.length > 1) {
    const kernel = newKernelMerger();
    for (const part of parts.splice(-2)) kernel.merge(part);
    parts.unshift(kernel.encode());
  }
  return parts[0] ?? new Uint8Array();
}

/** Entries with one of `distinct` keys in each dimension, from number `first` on, with durations and bytes. */
function keyed(count: number, first: number, distinct: number): readonly PrioritizedEntry[] {
  const random = new Random(first + count);
  return Array.from({ length: count }, (_, index) => {
    const key = keyOf(first + (index < distinct ? index : random.below(distinct)));
    return {
      priority: Math.floor(random.unit() * 2 ** 32) * 2 ** 21 + random.below(2 ** 21),
      entry: entryOf({
        timestamp: NOON + random.below(60 * MINUTE_MS),
        level: random.oneOf(['INFO', 'ERROR']),
        durationSource: 'rt',
        metrics: {
          durationUs: random.below(2_000_000),
          status: random.oneOf([200, 404, 503]),
          bytes: random.below(99_999),
        },
        fields: {
          path: `/${key}/in/a/path/of/more/than/32/bytes`,
          method: key,
          clientIp: `c${key}`,
          logger: `l${key}`,
        },
      }),
    };
  });
}

describe('scanner/kernel-merger: limits', function () {
  this.timeout(inMode(120_000, 3_600_000));
  const { keys, exactHashes, windows } = SUMMARY_LIMITS;

  it('goes over to sketches and registers with the key that is one too many, and not before', () => {
    for (const limit of [exactHashes, keys]) {
      const half = limit / 2;
      for (const extra of [0, 1]) {
        const read = mergeAll([summaryOf(keyed(half, 0, half)), summaryOf(keyed(half + extra, half, half + extra))]);

        const { path } = read.parts.dimensions;
        expect([path.isExact, path.distinct?.isExact]).to.deep.equal([
          limit + extra <= keys,
          limit + extra <= exactHashes,
        ]);
      }
    }
  });

  it('merges tables that are flooded, nearly full, and small, in any order and in trees', () => {
    const flooded = summaryOf(keyed(50_000, 0, 40_000));
    const other = summaryOf(keyed(30_000, 20_000, 25_000));
    const full = summaryOf(keyed(20_000, 35_000, keys));
    const small = [1, 2, 3].map((number) => summaryOf(keyed(500 * number, number * 9000, 400)));
    const orders = [
      [flooded, other, full, ...small],
      [...small, full, other, flooded],
      [full, ...small, summaryOf([]), flooded, other],
    ];

    const reads = orders.map(mergeAll);

    expect(TOP_DIMENSIONS.map((dimension) => reads[0]?.parts.dimensions[dimension].isExact)).to.deep.equal(
      TOP_DIMENSIONS.map(() => false),
    );
    const [whole, ...others] = orders.map((order) => Buffer.from(mergeInTrees(order)).toString('hex'));
    expect(others.map((found) => found === whole)).to.deep.equal(others.map(() => true));
  });

  it('widens windows as soon as they are too many, over ten years of minutes and over all times', () => {
    const timed = (count: number, at: (index: number) => number): Uint8Array =>
      summaryOf(
        Array.from({ length: count }, (_, index) => ({
          priority: index,
          entry: entryOf({ timestamp: at(index), metrics: { durationUs: index * 37 }, durationSource: 'rt' }),
        })),
      );
    const stride = inMode(97, 1) * MINUTE_MS;
    const decade = Math.floor((10 * 365 * 1440 * MINUTE_MS) / stride);
    const start = Date.UTC(2014, 0, 1);
    const parts = [
      timed(windows, (index) => NOON + index * MINUTE_MS),
      timed(2, (index) => NOON - index * MINUTE_MS),
      timed(decade, (index) => start + index * stride),
      timed(200, (index) => NOON + index * 1000),
      timed(5000, (index) => Math.floor((MAX_TIMESTAMP_MS / 4999) * index)),
    ];

    for (const order of [parts, parts.toReversed()]) {
      const { totals, windows: merged } = mergeAll(order).parts;

      expect([totals.firstAt, totals.lastAt]).to.deep.equal([0, MAX_TIMESTAMP_MS]);
      expect(merged.list().length).to.be.within(2, windows);
    }
  });

  it('stops sums of bytes at 2^53 - 1, and keeps sums of durations exact beyond', () => {
    const huge = summaryOf(
      [1, 2].map((priority) => ({
        priority,
        entry: entryOf({
          metrics: { bytes: Number.MAX_SAFE_INTEGER, durationUs: Number.MAX_SAFE_INTEGER },
          fields: { path: '/a' },
        }),
      })),
    );

    const { totals, durations, dimensions } = mergeAll([huge, huge, huge]).parts;

    expect([totals.trafficBytes, dimensions.path.top(1)[0]?.bytes]).to.deep.equal([
      Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
    ]);
    expect([durations.count, durations.sum]).to.deep.equal([6, 6 * Number.MAX_SAFE_INTEGER]);
  });

  it('merges many small summaries into a large one', () => {
    const large = summaryOf(keyed(30_000, 0, 30_000));
    const small = Array.from({ length: 40 }, (_, index) => summaryOf(keyed(1 + ((index * 37) % 90), index * 777, 50)));
    const twins = createMergerTwins();

    for (const summary of [large, ...small, large, ...small.slice(0, 9)]) twins.merge(summary);

    const [expected, found] = twins.encode();
    expect(found === expected).to.equal(true);
  });
});
