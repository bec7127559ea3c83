import { expect } from 'chai';
import fc from 'fast-check';
import { ExactCounts } from '../../src/generate/exact-counts.js';

const QUANTILES = [0, 0.25, 0.5, 0.9, 0.99, 1];

describe('generate/exact-counts', () => {
  it('gives the values of lower nearest rank, and their sum, of small and large numbers', () => {
    const values = fc.array(fc.oneof(fc.nat(300), fc.nat(40_000), fc.nat(10_000_000)), { minLength: 1 });

    fc.assert(
      fc.property(values, (list) => {
        const counts = new ExactCounts();
        const inOrder = list.toSorted((left, right) => left - right);

        list.forEach((value) => counts.add(value));

        expect(counts.quantiles(QUANTILES)).to.deep.equal(
          QUANTILES.map((q) => inOrder[Math.floor(q * (list.length - 1))]),
        );
        expect([counts.count, counts.sum()]).to.deep.equal([list.length, list.reduce((sum, value) => sum + value, 0)]);
      }),
    );
  });
});
