/** Keys per window: the kernel writes the bytes that the reference writes. */
import { expect } from 'chai';
import type { SummaryPlan } from '../../src/domain/plan.js';
import { type Dimension, DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { FORMAT_CHOICES } from '../../src/generate/options.js';
import { createEngineTwins, type ScanCase } from '../support/engine-twins.js';
import { generatedLog } from '../support/generated-log.js';
import { inMode } from '../support/long-mode.js';
import { Random } from '../support/random.js';
import { flood, isoOf, keyOf, logOf, PLAN, reportOf } from '../support/summary-twins.js';

const NOON = Date.UTC(2024, 0, 24, 12);
const SETS: readonly (readonly Dimension[])[] = [[], ['path'], ['status', 'logger', 'level'], DIMENSIONS];
const SUMMARIES: readonly SummaryPlan[] = [10_000, 60_000].flatMap((windowMs) =>
  SETS.map((windowedKeys) => ({ windowMs, folding: windowMs === 10_000 ? 'ids' : 'none', windowedKeys })),
);
const LENGTHS = [0, 1, 11, 12, 13, 15, 16, 17, 27, 28, 29, 31, 32, 33, 63, 64, 999, 1000, 1019, 1020, 1021, 1023, 1024];
const LONG_LENGTHS = [...LENGTHS, 1025, 1026, 1028, 1029, 3000, 100_000];

/** A key as whoever writes the log would have it. */
function hostileKey(random: Random, lengths: readonly number[]): string {
  const letter = random.oneOf(['a', '\0', '\u00ff', '/', '\u{1f680}', '/7']);
  return letter.repeat(random.oneOf(lengths)) + random.oneOf(['', '\0', '\0\0\0\u0001', 'b', '/17', '/17/x.html']);
}

/** An entry with hostile keys, at a time around a border of windows, or at none that counts. */
function hostileEntry(random: Random, number: number): object {
  const lengths = number % 50 === 0 ? LONG_LENGTHS : LENGTHS;
  const key = (): string => (number % 3 === 0 ? `/${keyOf(random.below(5000))}` : hostileKey(random, lengths));
  const at = NOON + 10_000 * random.below(12) + random.oneOf([0, 1, 9999]);
  const time = random.oneOf([
    isoOf(at),
    isoOf(at),
    isoOf(at),
    undefined,
    '1969-12-31T23:59:59Z',
    '2106-02-07T06:28:15.999Z',
  ]);
  const durationUs = number % 4 === 0 ? undefined : (number * number) % 1_000_003;
  return {
    time,
    level: random.oneOf(['error', 'info', 'warning', 'debug', 'trace', 'critical', undefined]),
    status: random.oneOf([undefined, 99, 100 + random.below(900), 999, 1000]),
    path: key(),
    method: key(),
    ip: key(),
    logger: key(),
    duration_us: durationUs,
  };
}

describe('scanner/assembly/summary: keys per window', function () {
  this.timeout(inMode(60_000, 600_000));

  for (const summary of SUMMARIES) {
    const asked = summary.windowedKeys.join(', ') || 'no dimension';
    describe(`of ${asked}, ${summary.windowMs} ms wide`, () => {
      const twins = createEngineTwins(summary);

      it('are as the reference counts them in logs of all formats, cut anywhere', () => {
        const random = new Random(summary.windowMs);
        for (const format of FORMAT_CHOICES) {
          const { bytes } = generatedLog({ format, dirt: 0.05, sizeBytes: inMode(150_000, 3_000_000), rate: 20 });
          const places = Array.from({ length: 4 }, () => random.below(bytes.length)).toSorted((a, b) => a - b);

          expect(twins.differenceIn(PLAN, bytes, places, 1 + random.below(100_000))).to.equal(null);
        }
      });

      it('are as the reference counts them of hostile keys and times', () => {
        const random = new Random(17);
        const log = logOf(Array.from({ length: 8000 }, (_, number) => hostileEntry(random, number)));

        const { parts } = reportOf(log, twins).summary;

        expect([...parts.windowedKeys.keys()]).to.deep.equal(
          DIMENSIONS.filter((dimension) => summary.windowedKeys.includes(dimension)),
        );
        expect(parts.totals.untimed * parts.totals.outOfRange).to.be.above(0);
      });

      it('are as the reference counts them in a flood, and exact again in the next chunk', () => {
        const flooded = reportOf(flood(30_000, 20_000), twins).summary.parts.windowedKeys;
        const next = reportOf(flood(500, 400), twins).summary.parts.windowedKeys;

        expect([...flooded].filter(([, { isExact }]) => isExact).map(([dimension]) => dimension)).to.deep.equal(
          [...flooded.keys()].filter((dimension) => dimension === 'level' || dimension === 'status'),
        );
        expect([...next.values()].map(({ isExact }) => isExact)).to.deep.equal(summary.windowedKeys.map(() => true));
      });
    });
  }

  it('of levels and statuses are as the reference counts them in more windows than are exact, and exact again', () => {
    const windowedKeys = ['level', 'status'] as const;
    const twins = createEngineTwins({ windowMs: 1000, folding: 'none', windowedKeys });
    const random = new Random(4);
    const sparse = (lines: number, windows: number): ScanCase =>
      logOf(
        Array.from({ length: lines }, (_, number) => ({
          time: isoOf(NOON + 1000 * random.below(windows)),
          level: random.oneOf(['error', 'info', 'warning', 'debug', 'trace', 'critical']),
          status: 100 + random.below(900),
          duration_us: number % 997,
        })),
      );

    const isExact = [sparse(30_000, 6000), sparse(2000, 100)].map((log) =>
      [...reportOf(log, twins).summary.parts.windowedKeys.values()].map((keys) => keys.isExact),
    );

    expect(isExact).to.deep.equal([
      [false, false],
      [true, true],
    ]);
  });
});
