import { expect } from 'chai';
import fc from 'fast-check';
import { IntervalSet } from '../../src/domain/interval-set.js';

const anyRange = fc.tuple(fc.nat(30), fc.nat(8)).map(([start, length]) => ({ start, end: start + length }));

describe('domain/interval-set', () => {
  it('agrees with a set of single bytes', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 12 }), anyRange, (ranges, asked) => {
        const set = new IntervalSet(ranges);
        const bytes = new Set(ranges.flatMap(bytesIn));

        expect(set.list().flatMap(bytesIn)).to.deep.equal([...bytes].sort((a, b) => a - b));
        expect(set.length()).to.equal(bytes.size);
        expect(set.overlaps(asked)).to.equal(bytesIn(asked).some((byte) => bytes.has(byte)));
        expect(set.covers(asked)).to.equal(bytesIn(asked).every((byte) => bytes.has(byte)));
        expect(set.gaps(asked).flatMap(bytesIn)).to.deep.equal(bytesIn(asked).filter((byte) => !bytes.has(byte)));
      }),
      { numRuns: 500 },
    );
  });

  it('joins ranges that touch', () => {
    const set = new IntervalSet([
      { start: 20, end: 30 },
      { start: 0, end: 10 },
      { start: 10, end: 20 },
    ]);
    expect(set.list()).to.deep.equal([{ start: 0, end: 30 }]);
  });
});

function bytesIn({ start, end }: { start: number; end: number }): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
