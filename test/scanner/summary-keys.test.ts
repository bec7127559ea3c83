/** The keys of a summary at their limits: the kernel writes the bytes that the reference writes. */
import { expect } from 'chai';
import { linePriority } from '../../src/domain/hash.js';
import { TOP_DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { SUMMARY_LIMITS } from '../../src/domain/summary/limits.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { inMode, IS_LONG } from '../support/long-mode.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { planOf } from '../support/plan-of.js';
import { flood, keyOf, logOf, reportOf, SUMMARIES } from '../support/summary-twins.js';

describe('scanner/assembly/summary: keys', function () {
  this.timeout(inMode(60_000, 3_600_000));

  it('are as the reference counts them in a flood, in every dimension', () => {
    const twins = createEngineTwins();

    for (const [lines, distinct] of [
      [inMode(110_000, 2_000_000), inMode(55_000, 1_000_000)],
      [40_000, 20_000],
    ] as const) {
      const { summary } = reportOf(flood(lines, distinct), twins);

      expect(TOP_DIMENSIONS.map((dimension) => summary.parts.dimensions[dimension].isExact)).to.deep.equal(
        TOP_DIMENSIONS.map(() => false),
      );
      expect(summary.parts.dimensions.path.distinct?.isExact).to.equal(false);
    }
  });

  if (IS_LONG) {
    it('are as the reference counts them in a flood of ten million', () => {
      const { summary } = reportOf(flood(10_000_000, 9_999_991));

      expect(summary.parts.totals.parsed).to.equal(10_000_000);
    });
  }

  it('are exact up to the limits, and are not beyond', () => {
    const twins = createEngineTwins();
    const { keys, exactHashes } = SUMMARY_LIMITS;

    for (const limit of [exactHashes, keys, 2 * keys]) {
      for (const count of [limit - 1, limit, limit + 1, limit + 2]) {
        const entries = Array.from({ length: count }, (_, index) => ({ level: 'info', path: `/${keyOf(index)}` }));
        const twice = [...entries, ...entries.slice(0, 100).toReversed()];
        const { path } = reportOf(logOf(twice), twins).summary.parts.dimensions;

        expect([path.isExact, path.distinct?.isExact]).to.deep.equal([count <= keys, count <= exactHashes]);
      }
    }
  });

  it('longer than 1,024 bytes are cut and marked as the reference does it', () => {
    const lengths = [0, 1, 2, 999, 1000, 1001, 1022, 1023, 1024, 1025, 1026, 2000, 100_000];
    const paths = lengths.flatMap((length) => ['a', 'b'].map((last) => `/${'x'.repeat(length)}${last}`));
    const folded = ['/1', '/12/a', '/x/7.json'].flatMap((unit) =>
      [200, 341, 342, 513, 5000].map((times) => unit.repeat(times)),
    );
    const long = [...paths, ...folded, ...paths.map((path) => `${path}\u{1F680}/4711`)];
    const entries = long.map((path, index) => ({
      path,
      ip: path,
      logger: path,
      method: path,
      duration_us: index,
      level: 'info',
    }));

    for (const summary of SUMMARIES.slice(0, 2)) {
      const { dimensions } = reportOf(logOf([...entries, ...entries.slice(3)]), createEngineTwins(summary)).summary
        .parts;

      expect(dimensions.clientIp.top(1)[0]?.count).to.equal(2);
    }
  });

  for (const isFirstSmaller of [true, false]) {
    it(`of equal priority are kept by their bytes, ${isFirstSmaller ? 'the first' : 'the second'} of two`, () => {
      // found by a search: the only lines that tie are 4 GiB apart, or on both sides of 2^32
      const [seed, first, second] = [179_031, 4_294_567_412, 4_295_612_551];
      const priority = linePriority(seed, first);
      expect(linePriority(seed, second)).to.equal(priority);
      const lines: string[] = [];
      let smaller = 0;
      for (let offset = first; offset <= second; ) {
        const isTied = offset === first || offset === second;
        const isCounted = !isTied && linePriority(seed, offset) < priority && smaller < SUMMARY_LIMITS.keys - 1;
        if (isCounted) smaller += 1;
        const key = isTied
          ? (offset === first) === isFirstSmaller
            ? 't1'
            : 't2'
          : `${isCounted ? 'a' : 'h'}${lines.length}`;
        const line = `{"level":"info","path":"/${isCounted || isTied || smaller < SUMMARY_LIMITS.keys - 1 ? key : 'a1'}"}`;
        const left = second - offset;
        const padded = left > 0 && left < 100 ? line.padEnd(left - 1) : line.padEnd(33);
        lines.push(padded);
        offset += padded.length + 1;
      }
      const content = Buffer.from(`${lines.join('\n')}\n`);
      const plan = planOf({ formats: FORMAT_NAMES, seed });

      const { path } = reportOf({ bytes: memoryBytes(content, undefined, first), plan }).summary.parts.dimensions;

      const kept = path.top(SUMMARY_LIMITS.keys).map(({ key }) => key);
      expect(kept.filter((key) => key.startsWith('/t'))).to.deep.equal(['/t1']);
    });
  }
});
