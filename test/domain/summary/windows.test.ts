import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_TIMESTAMP_MS } from '../../../src/domain/log-entry.js';
import { NO_DURATION, type Occurrence } from '../../../src/domain/summary/occurrence.js';
import { ladderWidthMs } from '../../../src/domain/summary/window-ladder.js';
import { Windows } from '../../../src/domain/summary/windows.js';
import { bytesFrom, itIsCanonical, readAll } from '../../support/merge-laws.js';

const MINUTE_MS = 60_000;
const LINE: Occurrence = { priority: 0, requests: 0, errors: 0, bytes: 0, durationUs: NO_DURATION };

interface TimedLine {
  readonly at: number;
  readonly occurrence: Occurrence;
}

const anyOccurrence = fc.record({
  priority: fc.maxSafeNat(),
  requests: fc.constantFrom(0, 1),
  errors: fc.constantFrom(0, 1),
  bytes: fc.nat(),
  durationUs: fc.oneof(fc.constant(NO_DURATION), fc.nat()),
});
/** Times from some minutes to all of the range, so that every step of the ladder occurs. */
const anyTime = fc.tuple(fc.integer({ min: 18, max: 42 }), fc.maxSafeNat()).map(([bits, value]) => value % 2 ** bits);
const anyTimedLine: fc.Arbitrary<TimedLine> = fc.record({
  at: anyTime.map((at) => Math.min(at, MAX_TIMESTAMP_MS)),
  occurrence: anyOccurrence,
});

function windowsAt(times: Iterable<number>, finestMs = MINUTE_MS): Windows {
  const windows = new Windows(finestMs);
  for (const at of times) windows.add(at, LINE);
  return windows;
}

function* every(stepMs: number, count: number, from = 0): Generator<number> {
  for (let index = 0; index < count; index += 1) yield from + index * stepMs;
}

describe('domain/summary/window-ladder', () => {
  it('goes from a minute over 5 minutes, an hour, a day and a week to 28 days and doubles from there', () => {
    const hours = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => ladderWidthMs(MINUTE_MS, step) / 3_600_000);
    expect(hours).to.deep.equal([1 / 60, 5 / 60, 1, 24, 7 * 24, 28 * 24, 56 * 24, 112 * 24]);
  });
});

describe('domain/summary/windows', () => {
  for (const limit of [1, 3, 8]) {
    describe(`with at most ${limit} windows`, () => {
      itIsCanonical<TimedLine, Windows>({
        item: anyTimedLine,
        maxItems: 25,
        empty: () => new Windows(1000, limit),
        add: (windows, { at, occurrence }) => windows.add(at, occurrence),
        merge: (target, source) => target.merge(source),
        encode: bytesFrom,
        decode: (bytes) => readAll(bytes, (reader) => Windows.decode(reader, 1000, limit)),
      });
    });
  }

  it('stays at the finest step as long as it touches at most 2,048 windows', () => {
    const exact = windowsAt(every(MINUTE_MS, 2048));
    const wider = windowsAt(every(MINUTE_MS, 2049));

    expect([exact.widthMs, exact.list().length]).to.deep.equal([MINUTE_MS, 2048]);
    expect([wider.widthMs, wider.list().length]).to.deep.equal([5 * MINUTE_MS, 410]);
  });

  it('counts windows that are touched, not the time between them', () => {
    const sparse = windowsAt(every(2 ** 31, 2000));

    expect([sparse.widthMs, sparse.list().length]).to.deep.equal([MINUTE_MS, 2000]);
  });

  it('is at the finest step at which the touched windows are few enough', () => {
    fc.assert(
      fc.property(
        fc.array(anyTime, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (times, limit) => {
          const windows = new Windows(1000, limit);
          for (const at of times) windows.add(Math.min(at, MAX_TIMESTAMP_MS), LINE);

          const touchedAt = (widthMs: number): number =>
            new Set(times.map((at) => Math.floor(Math.min(at, MAX_TIMESTAMP_MS) / widthMs))).size;
          let step = 0;
          while (touchedAt(ladderWidthMs(1000, step)) > limit) step += 1;
          expect(windows.widthMs).to.equal(ladderWidthMs(1000, step));
        },
      ),
    );
  });

  it('adds up lines, requests, errors and durations by aligned window', () => {
    const windows = new Windows(MINUTE_MS);
    windows.add(1_706_091_332_123, { ...LINE, requests: 1, durationUs: 5000 });
    windows.add(1_706_091_300_000, { ...LINE, errors: 1 });
    windows.add(1_706_091_299_999, LINE);
    windows.add(1_706_091_359_999, { ...LINE, requests: 1, errors: 1, durationUs: 7000 });

    const found = windows.list().map(({ startMs, cell }) => {
      const { lines, requests, errors, durations } = cell;
      return { startMs, lines, requests, errors, durations: durations && [durations.count, durations.sum] };
    });
    expect(found).to.deep.equal([
      { startMs: 1_706_091_240_000, lines: 1, requests: 0, errors: 0, durations: null },
      { startMs: 1_706_091_300_000, lines: 3, requests: 2, errors: 2, durations: [2, 12_000] },
    ]);
    expect(windows.lines()).to.equal(4);
  });
});
