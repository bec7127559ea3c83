import { expect } from 'chai';
import fc from 'fast-check';
import {
  BUCKETS,
  bucketOf,
  HISTOGRAM_RELATIVE_ERROR,
  lowOf,
  midpointOf,
  widthOf,
} from '../../../src/domain/summary/buckets.js';
import { Histogram } from '../../../src/domain/summary/histogram.js';
import { bytesFrom, itIsCanonical, readAll } from '../../support/merge-laws.js';

/** Any magnitude from 0 to 2^53 - 1 with equal weight. */
const anyValue = fc.tuple(fc.nat(53), fc.maxSafeNat()).map(([bits, value]) => value % 2 ** bits);

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

describe('domain/summary/buckets', () => {
  it('covers 0 to 2^53 - 1 with buckets that abut', () => {
    let next = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      expect(lowOf(bucket)).to.equal(next);
      next += widthOf(bucket);
      expect([bucketOf(lowOf(bucket)), bucketOf(next - 1)]).to.deep.equal([bucket, bucket]);
    }

    expect(next).to.equal(2 ** 53);
  });

  it('reports values below 128 exactly and all others within 1/128', () => {
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const [low, high, reported] = [lowOf(bucket), lowOf(bucket) + widthOf(bucket) - 1, midpointOf(bucket)];
      const error = Math.max((reported - low) / Math.max(1, low), (high - reported) / Math.max(1, high));
      expect(error).to.be.at.most(bucket < 128 ? 0 : HISTOGRAM_RELATIVE_ERROR);
    }
  });
});

describe('domain/summary/histogram', () => {
  itIsCanonical<number, Histogram>({
    item: fc.oneof(anyValue, fc.nat(200), fc.constant(Number.MAX_SAFE_INTEGER)),
    maxItems: 60,
    empty: () => new Histogram(),
    add: (histogram, value) => histogram.add(value),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, Histogram.decode),
  });

  it('gives quantiles of lower nearest rank within 1/128, and exact ends, sum and count', () => {
    fc.assert(
      fc.property(
        fc.array(anyValue, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const sorted = [...values].sort((a, b) => a - b);
          const histogram = histogramOf(values);

          const exact = sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
          expect(Math.abs(histogram.quantile(q) - exact)).to.be.at.most(exact / 128);
          expect([histogram.count, histogram.min, histogram.max]).to.deep.equal([
            sorted.length,
            sorted[0],
            sorted.at(-1),
          ]);
          expect(histogram.sum).to.equal(Number(values.reduce((sum, value) => sum + BigInt(value), 0n)));
        },
      ),
    );
  });

  it('is all zero while empty', () => {
    const { count, isEmpty, sum, mean, min, max } = new Histogram();
    expect({ count, isEmpty, sum, mean, min, max }).to.deep.equal({
      count: 0,
      isEmpty: true,
      sum: 0,
      mean: 0,
      min: 0,
      max: 0,
    });
    expect(new Histogram().quantile(0.5)).to.equal(0);
  });

  it('counts beyond 8, 16 and 32 bits in one bucket', () => {
    let histogram = histogramOf([1000, 5_000_000]);
    for (let doubling = 1; doubling <= 40; doubling += 1) {
      histogram.merge(histogram.clone());
      const copy = readAll(bytesFrom(histogram), Histogram.decode);
      expect([copy.count, copy.sum, copy.quantile(0.5)]).to.deep.equal([
        2 ** (doubling + 1),
        5_001_000 * 2 ** doubling,
        1003,
      ]);
      histogram = copy;
    }
  });

  it('refuses a sum that its values cannot have', () => {
    const bytes = bytesFrom(histogramOf([5, 6]));
    bytes[bytes.length - 1] = 13;

    expect(() => readAll(bytes, Histogram.decode)).to.throw('a histogram contradicts itself');
  });
});
