/** Windows and times of a summary at their limits: the kernel writes the bytes that the reference writes. */
import { expect } from 'chai';
import { MAX_TIMESTAMP_MS } from '../../src/domain/log-entry.js';
import { SUMMARY_LIMITS } from '../../src/domain/summary/limits.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { inMode } from '../support/long-mode.js';
import { madeLog } from '../support/made-log.js';
import { planOf } from '../support/plan-of.js';
import { Random } from '../support/random.js';
import { isoOf, logOf, reportOf, SUMMARIES } from '../support/summary-twins.js';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

describe('scanner/assembly/summary: windows', function () {
  this.timeout(inMode(60_000, 3_600_000));

  /** Ways to go through times: as they are, backwards, and in an order of chance. */
  function orders(times: readonly number[]): readonly (readonly number[])[] {
    const shuffled = [...times];
    new Random(3).shuffle(shuffled);
    return [times, times.toReversed(), shuffled];
  }

  const entriesAt = (times: readonly number[]): readonly object[] =>
    times.map((time, index) => ({
      time: isoOf(time),
      level: index % 5 === 0 ? 'error' : 'info',
      took_ms: (index * 7) % 999,
    }));

  for (const summary of SUMMARIES.filter(({ folding }) => folding === 'none')) {
    it(`widen as those of the reference, from ${summary.windowMs} ms on`, () => {
      const twins = createEngineTwins(summary);
      const { windows } = SUMMARY_LIMITS;
      const start = Date.UTC(2024, 0, 24);
      const steps = [1, 5, 60, 1440, 10_080, 40_320, 80_640].map((multiple) => multiple * summary.windowMs);

      for (const step of steps) {
        const room = Math.floor((MAX_TIMESTAMP_MS - start) / step);
        for (const count of [windows - 1, windows, windows + 1, 2 * windows + 1].filter((size) => size <= room)) {
          const times = Array.from({ length: count }, (_, index) => start + index * step);
          for (const order of orders(times)) reportOf(logOf(entriesAt(order)), twins);
        }
      }
    });
  }

  it('are as those of the reference over ten years of minutes, with minutes in any order', () => {
    const stride = inMode(977, 1) * MINUTE_MS;
    const count = Math.floor((10 * YEAR_MS) / stride);
    const start = Date.UTC(2014, 0, 1);
    const zones = ['UTC', 'Europe/Berlin'].map((timezone, index) => planOf({ formats: ['plain'], timezone, index }));

    for (const plan of zones) {
      for (const timeOf of [(index: number) => index, (index: number) => (index * 7919) % count]) {
        const lineAt = (index: number): string =>
          `${isoOf(start + timeOf(index) * stride).slice(0, 19)} INFO took ${index % 977}ms`;
        const { summary } = reportOf({ bytes: madeLog({ lines: count, lineBytes: 48, lineAt }), plan });

        expect(summary.parts.windows.widthMs).to.be.greaterThan(MINUTE_MS);
        expect(summary.parts.minutes.count).to.be.within(count - 100, count); // a clock change skips an hour
      }
    }
  });

  it('and first and last times are as those of the reference at the ends of what is in range', () => {
    const times = [0, 1, MINUTE_MS - 1, MINUTE_MS, MAX_TIMESTAMP_MS - 1, MAX_TIMESTAMP_MS];
    const beyond = [-1, -MINUTE_MS, -YEAR_MS, MAX_TIMESTAMP_MS + 1, MAX_TIMESTAMP_MS + YEAR_MS];
    const all = [...times, ...beyond];
    const cases = [...all.map((time) => [time]), all, all.toReversed(), beyond, [...times, ...times]];

    for (const summary of SUMMARIES) {
      const twins = createEngineTwins(summary);
      for (const some of cases) {
        const { totals } = reportOf(logOf([...entriesAt(some), { level: 'info' }]), twins).summary.parts;
        const inside = some.filter((time) => times.includes(time));

        expect(totals.outOfRange).to.equal(some.length - inside.length);
        expect(totals.firstAt).to.equal(inside.length === 0 ? null : Math.min(...inside));
        expect(totals.lastAt).to.equal(inside.length === 0 ? null : Math.max(...inside));
      }
    }
  });
});
