import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_TIMESTAMP_MS } from '../../../src/domain/log-entry.js';
import { MinutesTouched } from '../../../src/domain/summary/minutes-touched.js';
import { bytesFrom, itIsCanonical, readAll } from '../../support/merge-laws.js';

const MINUTE_MS = 60_000;
const anyTime = fc.oneof(
  fc.integer({ min: 0, max: MAX_TIMESTAMP_MS }),
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_000 + 90 * MINUTE_MS }),
);

function minutesAt(times: readonly number[]): MinutesTouched {
  const minutes = new MinutesTouched();
  for (const at of times) minutes.add(at);
  return minutes;
}

describe('domain/summary/minutes-touched', () => {
  itIsCanonical<number, MinutesTouched>({
    item: anyTime,
    maxItems: 100,
    empty: () => new MinutesTouched(),
    add: (minutes, at) => minutes.add(at),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, MinutesTouched.decode),
  });

  it('counts each minute once', () => {
    fc.assert(
      fc.property(fc.array(anyTime, { maxLength: 200 }), (times) => {
        expect(minutesAt(times).count).to.equal(new Set(times.map((at) => Math.floor(at / MINUTE_MS))).size);
      }),
    );
  });

  it('knows the first and the last minute of its range', () => {
    expect(minutesAt([0, MAX_TIMESTAMP_MS, 59_999]).count).to.equal(2);
    expect([...bytesFrom(minutesAt([0, MAX_TIMESTAMP_MS]))]).to.deep.equal([2, 0, 1, 195, 136, 145, 34, 1]);
  });

  it('encodes a day without a pause in few bytes and reads it back', () => {
    const times = Array.from({ length: 1440 }, (_, minute) => 1_706_054_400_000 + minute * MINUTE_MS);
    const bytes = bytesFrom(minutesAt(times));

    expect(bytes.length).to.equal(7);
    expect(readAll(bytes, MinutesTouched.decode).count).to.equal(1440);
  });

  it('takes all minutes from 1970 to 2106 from a few bytes', () => {
    const minutes = Math.floor(MAX_TIMESTAMP_MS / MINUTE_MS) + 1;
    const all = Uint8Array.from([
      1,
      0,
      ...[0, 7, 14, 21].map((shift) => ((minutes >>> shift) & 127) | (shift < 21 ? 128 : 0)),
    ]);

    expect(readAll(all, MinutesTouched.decode).count).to.equal(minutes);
  });
});
