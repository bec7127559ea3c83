import { expect } from 'chai';
import fc from 'fast-check';
import { CountMin, type KeyTotals } from '../../../src/domain/summary/count-min.js';
import { bytesFrom, itIsCanonical, readAll } from '../../support/merge-laws.js';

interface Addition {
  readonly hash: number;
  readonly totals: KeyTotals;
}

const anyCount = fc.oneof(fc.nat(100), fc.constant(Number.MAX_SAFE_INTEGER));
const anyAddition: fc.Arbitrary<Addition> = fc.record({
  hash: fc.maxSafeNat(),
  totals: fc.record({ count: anyCount, errors: anyCount, bytes: anyCount }),
});

describe('domain/summary/count-min', () => {
  itIsCanonical<Addition, CountMin>({
    item: anyAddition,
    maxItems: 20,
    empty: () => new CountMin(16),
    add: (sketch, { hash, totals }) => sketch.add(hash, totals),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, (reader) => CountMin.decode(reader, 16)),
  });

  it('never reads less than was added', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.maxSafeNat(), fc.nat(1000)), { maxLength: 40 }), (additions) => {
        const sketch = new CountMin(8);
        const truth = new Map<number, number>();
        for (const [hash, count] of additions) {
          sketch.add(hash, { count, errors: 2 * count, bytes: 3 * count });
          truth.set(hash, (truth.get(hash) ?? 0) + count);
        }

        for (const [hash, count] of truth) {
          const read = sketch.read(hash);
          expect(read.count).to.be.at.least(count);
          expect(read.errors).to.be.at.least(2 * count);
          expect(read.bytes).to.be.at.least(3 * count);
        }
        expect(sketch.total()).to.equal(additions.reduce((sum, [, count]) => sum + count, 0));
      }),
    );
  });

  it('reads a lone key exactly and states its bound', () => {
    const sketch = new CountMin(16);
    sketch.add(123_456_789_012, { count: 100, errors: 3, bytes: 5000 });

    expect(sketch.read(123_456_789_012)).to.deep.equal({ count: 100, errors: 3, bytes: 5000 });
    expect(sketch.maxOvercount()).to.equal(Math.ceil((Math.E * 100) / 16));
  });
});
