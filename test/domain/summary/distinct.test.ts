import { expect } from 'chai';
import fc from 'fast-check';
import { hash53, hash64 } from '../../../src/domain/hash.js';
import { Distinct } from '../../../src/domain/summary/distinct.js';
import { rankOf, registerOf } from '../../../src/domain/summary/hyperloglog.js';
import { bytesFrom, itIsCanonical, readAll } from '../../support/merge-laws.js';

const STANDARD_ERROR = 0.0081;

function distinctOf(count: number, salt: string): Distinct {
  const distinct = new Distinct();
  for (let key = 0; key < count; key += 1) distinct.add(hash53(hash64(`${salt}${key}`)));
  return distinct;
}

describe('domain/summary/distinct', () => {
  for (const limit of [0, 8, 4096]) {
    describe(`exact up to ${limit}`, () => {
      itIsCanonical<number, Distinct>({
        item: fc.oneof(fc.maxSafeNat(), fc.nat(9)),
        maxItems: 20,
        empty: () => new Distinct(limit),
        add: (distinct, hash) => distinct.add(hash),
        merge: (target, source) => target.merge(source),
        encode: bytesFrom,
        decode: (bytes) => readAll(bytes, (reader) => Distinct.decode(reader, limit)),
      });
    });
  }

  it('is exact up to 4,096 and states its error beyond', () => {
    const [exact, over] = [distinctOf(4096, 'a'), distinctOf(4097, 'a')];

    expect([exact.estimate(), exact.isExact, exact.relativeError()]).to.deep.equal([4096, true, 0]);
    expect([over.isExact, over.relativeError()]).to.deep.equal([false, 0.0082]);
  });

  for (const count of [4097, 10_000, 41_000, 60_000, 100_000, 400_000]) {
    it(`estimates ${count} within three standard errors`, () => {
      const estimate = distinctOf(count, 'client').estimate();
      expect(Math.abs(estimate / count - 1)).to.be.below(3 * STANDARD_ERROR);
    });
  }

  it('has no bias: the mean over 40 sketches is within three errors of the mean', () => {
    for (const count of [8000, 45_000]) {
      const errors = Array.from({ length: 40 }, (_, salt) => distinctOf(count, `${salt}/`).estimate() / count - 1);
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      expect(Math.abs(mean)).to.be.below((3 * STANDARD_ERROR) / Math.sqrt(40));
    }
  }).timeout(20_000);

  it('counts the leading zeros of the 39 bits above the register', () => {
    const top = 2 ** 52;
    const ranks = Array.from({ length: 39 }, (_, shift) => rankOf(top / 2 ** shift));

    expect(ranks).to.deep.equal(Array.from({ length: 39 }, (_, index) => index + 1));
    expect([rankOf(16_383), registerOf(16_383), registerOf(top + 16_384 + 5)]).to.deep.equal([40, 16_383, 5]);
  });
});
