import { expect } from 'chai';
import fc from 'fast-check';
import type { ByteReader } from '../../../src/domain/byte-reader.js';
import { ByteWriter } from '../../../src/domain/byte-writer.js';
import { linePriority } from '../../../src/domain/hash.js';
import { Distinct } from '../../../src/domain/summary/distinct.js';
import { SUMMARY_LIMITS, type SummaryLimits } from '../../../src/domain/summary/limits.js';
import { NO_DURATION, type Occurrence } from '../../../src/domain/summary/occurrence.js';
import { TopKeys } from '../../../src/domain/summary/top-keys.js';
import { decodeTopKeys, encodeTopKeys } from '../../../src/domain/summary/top-keys-codec.js';
import { itIsCanonical, readAll } from '../../support/merge-laws.js';
import { Random } from '../../support/random.js';

interface Hit {
  readonly key: string;
  readonly occurrence: Occurrence;
}

const LINE: Occurrence = { priority: 0, requests: 1, errors: 0, bytes: 0, durationUs: NO_DURATION };

/** Small priorities, so that ties between keys occur. */
const anyOccurrence: fc.Arbitrary<Occurrence> = fc.record({
  priority: fc.oneof(fc.nat(20), fc.maxSafeNat()),
  requests: fc.constant(1),
  errors: fc.constantFrom(0, 1),
  bytes: fc.oneof(fc.nat(1000), fc.constantFrom(0, Number.MAX_SAFE_INTEGER)),
  durationUs: fc.oneof(fc.constant(NO_DURATION), fc.nat(10_000)),
});

const anyHit: fc.Arbitrary<Hit> = fc.record({
  key: fc.oneof(
    fc.nat(12).map(String),
    fc.constantFrom('', '\u00ff', 'x'.repeat(1024), 'x'.repeat(1025), 'x'.repeat(2000)),
  ),
  occurrence: anyOccurrence,
});

function bytesOfTopKeys(topKeys: TopKeys): Uint8Array {
  const writer = new ByteWriter();
  encodeTopKeys(writer, topKeys);
  return writer.finish();
}

function hexOf(topKeys: TopKeys): string {
  return Buffer.from(bytesOfTopKeys(topKeys)).toString('hex');
}

function topKeysOf(hits: Iterable<Hit>, limits: SummaryLimits = SUMMARY_LIMITS): TopKeys {
  const topKeys = new TopKeys(new Distinct(limits.exactHashes), limits);
  for (const { key, occurrence } of hits) topKeys.add(key, occurrence);
  return topKeys;
}

describe('domain/summary/top-keys', () => {
  for (const keys of [1, 3, 100]) {
    const limits: SummaryLimits = { keys, sketchWidth: 8, exactHashes: 5, windows: 10 };
    for (const isCounted of [true, false]) {
      describe(`exact up to ${keys} keys, ${isCounted ? 'with' : 'without'} distinct`, () => {
        itIsCanonical<Hit, TopKeys>({
          item: anyHit,
          maxItems: 25,
          empty: () => new TopKeys(isCounted ? new Distinct(limits.exactHashes) : null, limits),
          add: (topKeys, { key, occurrence }) => topKeys.add(key, occurrence),
          merge: (target, source) => target.merge(source),
          encode: bytesOfTopKeys,
          decode: (bytes) => readAll(bytes, (reader: ByteReader) => decodeTopKeys(reader, isCounted, limits)),
        });
      });
    }
  }

  it('lists the most frequent keys first, equal ones in byte order, with all that was counted', () => {
    const topKeys = topKeysOf([
      { key: '/b', occurrence: { ...LINE, bytes: 10, durationUs: 3 } },
      { key: '/c', occurrence: { ...LINE, errors: 1 } },
      { key: '/a', occurrence: LINE },
      { key: '/c', occurrence: { ...LINE, bytes: 7 } },
      { key: '/b', occurrence: { ...LINE, bytes: 1, durationUs: 5 } },
    ]);

    const found = topKeys.top(3).map(({ durations, ...rest }) => ({ ...rest, durations: durations && durations.sum }));
    expect(found).to.deep.equal([
      { key: '/b', count: 2, errors: 0, bytes: 11, durations: 8, exact: true, maxOvercount: 0 },
      { key: '/c', count: 2, errors: 1, bytes: 7, durations: null, exact: true, maxOvercount: 0 },
      { key: '/a', count: 1, errors: 0, bytes: 0, durations: null, exact: true, maxOvercount: 0 },
    ]);
    expect([topKeys.total(), topKeys.distinct?.estimate()]).to.deep.equal([5, 3]);
  });

  it('is exact with as many keys as its limit and not with one more', () => {
    const hit = (index: number): Hit => ({ key: `${index}`, occurrence: { ...LINE, priority: index, durationUs: 1 } });
    const limits = { ...SUMMARY_LIMITS, keys: 4 };
    const full = topKeysOf([0, 1, 2, 3].map(hit), limits);
    const over = topKeysOf([4, 3, 2, 1, 0].map(hit), limits);

    expect(full.isExact).to.equal(true);
    expect(over.isExact).to.equal(false);
    expect(over.total()).to.equal(5);
    expect(over.top(9)).to.deep.equal(
      ['0', '1', '2', '3'].map((key) => ({
        key,
        count: 1,
        errors: 0,
        bytes: 0,
        durations: null,
        exact: false,
        maxOvercount: 1,
      })),
    );
  });

  it('shows the same keys whether it was counted or decoded, of few and of many, exact or not', () => {
    const anyKey = fc.oneof(fc.nat(9), fc.nat(400)).map((key) => `/${key}`);
    const anyHits = fc.array(fc.record({ key: anyKey, occurrence: anyOccurrence }), { maxLength: 600 });
    fc.assert(
      fc.property(
        anyHits,
        fc.constantFrom(5, 100, 1000),
        fc.constantFrom(0, 1, 3, 20, Infinity),
        (hits, keys, size) => {
          const limits = { ...SUMMARY_LIMITS, keys, sketchWidth: 64 };
          const counted = topKeysOf(hits, limits);
          const decoded = readAll(bytesOfTopKeys(topKeysOf(hits, limits)), (reader) =>
            decodeTopKeys(reader, true, limits),
          );

          expect(decoded.top(size)).to.deep.equal(counted.top(size));
        },
      ),
    );
  });

  it('shows of many decoded keys also those that come last, and of equal ones the first', () => {
    const countOf = (key: number): number => (key < 3 ? 5 : key === 150 ? 6 : key > 147 ? 5 : 1);
    const hits = Array.from({ length: 160 }, (_, key) => key).flatMap((key) =>
      Array.from({ length: countOf(key) }, () => ({ key: `/${String(key).padStart(3, '0')}`, occurrence: LINE })),
    );

    const decoded = readAll(bytesOfTopKeys(topKeysOf(hits)), (reader) => decodeTopKeys(reader, true));

    expect(decoded.top(3).map(({ key, count }) => [key, count])).to.deep.equal([
      ['/150', 6],
      ['/000', 5],
      ['/001', 5],
    ]);
  });

  it('cuts long keys and still tells them apart', () => {
    const [one, two] = [`${'k'.repeat(2000)}1`, `${'k'.repeat(2000)}2`];
    const topKeys = topKeysOf([one, two, one].map((key) => ({ key, occurrence: LINE })));

    const found = topKeys.top(5).map(({ key, count }) => ({ length: key.length, start: key.slice(0, 1001), count }));
    const start = `${'k'.repeat(1000)}~`;
    expect(found).to.deep.equal([
      { length: 1017, start, count: 2 },
      { length: 1017, start, count: 1 },
    ]);
    expect(topKeys.distinct?.estimate()).to.equal(2);
  });
});

/** A stream whose keys follow a Zipf distribution over 200,000 keys, each of which occurs, in random order. */
function zipfHits(): readonly Hit[] {
  const random = new Random(20_240_124);
  const keys: number[] = Array.from({ length: 200_000 }, (_, key) => key);
  for (let line = 0; line < 100_000; line += 1) keys.push(Math.floor(200_000 ** random.unit()) - 1);
  random.shuffle(keys);
  return keys.map((key, line) => ({
    key: `/item/${key}`,
    occurrence: { ...LINE, priority: linePriority(77, line * 64), errors: key % 2, bytes: key % 1000 },
  }));
}

describe('domain/summary/top-keys with 200,000 distinct keys', function () {
  this.timeout(60_000);
  let hits: readonly Hit[] = [];
  let whole = topKeysOf([]);
  const truth = new Map<string, number>();

  before(() => {
    hits = zipfHits();
    whole = topKeysOf(hits);
    for (const { key } of hits) truth.set(key, (truth.get(key) ?? 0) + 1);
  });

  it('gives identical bytes for 12 random chunkings', () => {
    const random = new Random(4711);
    const expected = hexOf(whole);

    for (let chunking = 0; chunking < 12; chunking += 1) {
      const chunks = Array.from({ length: 1 + random.below(9) }, () => topKeysOf([]));
      for (const { key, occurrence } of hits) chunks[random.below(chunks.length)]?.add(key, occurrence);
      const merged = topKeysOf([]);
      for (const chunk of chunks) {
        merged.merge(random.below(2) === 0 ? chunk : readAll(bytesOfTopKeys(chunk), (r) => decodeTopKeys(r, true)));
      }
      expect(hexOf(merged) === expected).to.equal(true);
    }
  });

  it('has the right top 20, never too low and not more too high than it says', () => {
    const best = [...truth].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 20);

    expect(whole.isExact).to.equal(false);
    expect(whole.total()).to.equal(300_000);
    expect(
      whole
        .top(20)
        .map(({ key }) => key)
        .sort(),
    ).to.deep.equal(best.map(([key]) => key).sort());
    const kept = whole.top(SUMMARY_LIMITS.keys);
    const excesses = kept.map(({ key, count }) => count - (truth.get(key) ?? 0));
    const bound = kept[0]?.maxOvercount ?? 0;
    expect(kept.length).to.equal(SUMMARY_LIMITS.keys);
    expect(bound).to.equal(Math.ceil((Math.E * 300_000) / 16_384));
    expect(Math.min(...excesses)).to.be.at.least(0);
    expect(excesses.filter((excess) => excess > bound).length / excesses.length).to.be.below(Math.exp(-4));
  });

  it('counts them with the stated error', () => {
    expect(Math.abs((whole.distinct?.estimate() ?? 0) / 200_000 - 1)).to.be.below(3 * 0.0081);
  });
});
