/** Numbers of a summary at their limits: the kernel writes the bytes that the reference writes. */
import { expect } from 'chai';
import { SUMMARY_LIMITS } from '../../src/domain/summary/limits.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { inMode } from '../support/long-mode.js';
import { isoOf, keyOf, logOf, reportOf, SUMMARIES } from '../support/summary-twins.js';

const MAX_SAFE = Number.MAX_SAFE_INTEGER;

describe('scanner/assembly/summary: numbers', function () {
  this.timeout(inMode(60_000, 600_000));

  it('has durations from 0 to 2^53 - 1 as the reference has them, overall, by window and by key', () => {
    const powers = Array.from({ length: 54 }, (_, exponent) => 2 ** exponent);
    const durations = [0, ...powers.flatMap((power) => [power - 1, power, power + 1, Math.floor(power * 1.7)])];
    const entries = durations
      .filter((duration) => duration <= MAX_SAFE)
      .flatMap((duration, index) =>
        [0, 1, index % 7].map((key) => ({ ts: 1_706_091_332 + 20 * key, path: `/p${key}`, duration_us: duration })),
      );

    for (const summary of SUMMARIES) {
      const { durations: found } = reportOf(logOf(entries), createEngineTwins(summary)).summary.parts;

      expect([found.count, found.min, found.max]).to.deep.equal([entries.length, 0, MAX_SAFE]);
    }
  });

  it('merges the durations of windows that widen', () => {
    const entries = Array.from({ length: 5000 }, (_, index) => ({
      time: isoOf(Date.UTC(2024, 0, 1) + index * 61_000),
      duration_us: Math.floor(2 ** (index % 53) * 1.3),
    }));

    for (const summary of SUMMARIES) reportOf(logOf(entries), createEngineTwins(summary));
  });

  it('stops sums of bytes at 2^53 - 1, in the totals, in a key and in a sketch', () => {
    const largest = 999_999_999_999_999;
    const huge = Array.from({ length: 20 }, () => ({ path: '/huge', level: 'info', bytes: largest }));
    const others = Array.from({ length: SUMMARY_LIMITS.keys + 1 }, (_, index) => ({
      path: `/${keyOf(index)}`,
      status: 200,
    }));
    const nearly = Array.from({ length: 9 * 2000 }, (_, index) => ({
      path: `/${keyOf(index % 2000)}`,
      level: 'info',
      bytes: largest,
    }));
    const exact = [huge.slice(0, 9), huge.slice(0, 10), huge];
    const inSketch = [huge, nearly].flatMap((some) => [
      [...some, ...others],
      [...others, ...some],
    ]); // of the nearly full keys some meet in a cell
    const twins = createEngineTwins();

    for (const entries of [...exact, ...inSketch]) {
      const { totals, dimensions } = reportOf(logOf(entries), twins).summary.parts;
      const count = entries.filter((entry: object) => 'bytes' in entry).length;

      expect(totals.trafficBytes).to.equal(Math.min(MAX_SAFE, count * largest));
      expect(dimensions.path.total()).to.equal(entries.length);
    }
  });

  it('counts every status and level as the reference does', () => {
    const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', null];
    const entries = Array.from({ length: 1000 }, (_, status) =>
      levels.map((level) => ({ msg: 'x', status, ...(level === null ? {} : { level }) })),
    ).flat();

    const { totals } = reportOf(logOf(entries)).summary.parts;

    expect(totals.errors).to.be.greaterThan(500 * levels.length);
  });
});
