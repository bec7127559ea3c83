import { expect } from 'chai';
import { byteStringOf, bytesOf } from '../../src/domain/byte-string.js';
import { hash32, hash53, hash64, linePriority } from '../../src/domain/hash.js';

describe('domain/hash', () => {
  it('agrees with a published value of MurmurHash3_x86_128', () => {
    // README of murmurHash3js by Karan Lyons: 9b5b7ba2ef3f7866889adeaf00f3f98e
    expect(hash64("I will not buy this tobacconist's, it is scratched.")).to.deep.equal({
      high: 0x9b5b7ba2,
      low: 0xef3f7866,
    });
  });

  it('tells apart strings of every length that differ in one byte', () => {
    const seen = new Set<number>();

    for (let length = 0; length <= 40; length += 1) {
      seen.add(hash53(hash64('\0'.repeat(length))));
      for (let at = 0; at < length; at += 1) {
        seen.add(hash53(hash64(`${'\0'.repeat(at)}\u00ff${'\0'.repeat(length - at - 1)}`)));
      }
    }

    expect(seen.size).to.equal(41 + (40 * 41) / 2);
  });

  it('spreads similar keys evenly over each of its bits', () => {
    const ones = new Float64Array(53);
    for (let key = 0; key < 20_000; key += 1) {
      const hash = BigInt(hash53(hash64(`/api/users/${key}`)));
      for (let bit = 0; bit < 53; bit += 1) ones[bit] = (ones[bit] ?? 0) + Number((hash >> BigInt(bit)) & 1n);
    }

    expect(Math.min(...ones)).to.be.greaterThan(9600);
    expect(Math.max(...ones)).to.be.lessThan(10_400);
  });

  it('gives bytes and their byte string the same seed, an unsigned 32-bit integer', () => {
    const bytes = byteStringOf(Uint8Array.from({ length: 1024 }, (_, index) => index % 256));

    const seed = hash32(bytes);

    expect(hash32(bytesOf(bytes))).to.equal(seed);
    expect(seed).to.be.within(0, 2 ** 32 - 1);
    expect(hash32('')).to.equal(0);
  });
});

describe('domain/hash: linePriority', () => {
  it('gives whole numbers below 2^53 that differ for different offsets and seeds', () => {
    const priorities = new Set<number>();
    for (const seed of [0, 1, 2 ** 32 - 1]) {
      for (let line = 0; line < 5000; line += 1) priorities.add(linePriority(seed, line * 61));
      for (let line = 0; line < 5000; line += 1) priorities.add(linePriority(seed, 2 ** 52 + line * 61));
    }

    expect(priorities.size).to.equal(30_000);
    expect([...priorities].every((one) => Number.isSafeInteger(one) && one >= 0)).to.equal(true);
  });

  it('is uniform over lines of equal length', () => {
    const tenths = new Float64Array(10);
    for (let line = 0; line < 100_000; line += 1) {
      const tenth = Math.floor((linePriority(4711, line * 64) / 2 ** 53) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }

    expect(Math.min(...tenths)).to.be.greaterThan(9500);
    expect(Math.max(...tenths)).to.be.lessThan(10_500);
  });
});
