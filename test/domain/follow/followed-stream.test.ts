import { expect } from 'chai';
import fc from 'fast-check';
import {
  continuedBy,
  type FollowedStream,
  type GrowthChunk,
  MAX_CLOSED,
  newStream,
  truncated,
  withChunk,
} from '../../../src/domain/follow/followed-stream.js';

function chunk(start: number, end: number, generation = 0): GrowthChunk {
  const head = start === 0 ? 'head'.slice(0, end) : '';
  return { key: 'k', generation, start, end, isFinal: false, before: '', marker: `to ${end}`, head };
}

describe('domain/follow/followed-stream', () => {
  const empty = newStream('k', '/logs/app.log');

  it('moves the offset over chunks that touch it, and keeps the others for when it gets there', () => {
    const ahead = withChunk(empty, chunk(10, 20));
    const whole = withChunk(ahead, chunk(0, 10));

    expect(ahead).to.deep.equal({ ...empty, done: [{ start: 10, end: 20, marker: 'to 20' }] });
    expect(whole).to.deep.equal({ ...empty, offset: 20, marker: 'to 20', head: 'head' });
  });

  it('counts chunks once, in any order, and none of another generation', () => {
    const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(bounds, fc.infiniteStream(fc.nat()), (ends, keys) => {
        const sorted = ends.sort((a, b) => a - b);
        const chunks = sorted.map((end, index) => chunk(sorted[index - 1] ?? 0, end));
        const order = [...chunks, ...chunks]
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key);

        const stream = order.reduce((row, { one }) => withChunk(row, one), empty);

        const end = sorted.at(-1) ?? 0;
        expect(stream).to.deep.equal({ ...empty, offset: end, marker: `to ${end}`, head: 'head'.slice(0, sorted[0]) });
        expect(withChunk(stream, chunk(end, end + 1, 1))).to.equal(stream);
      }),
    );
  });

  it('closes what a truncated file held, and remembers the last 16', () => {
    let stream: FollowedStream = empty;
    for (let count = 0; count < MAX_CLOSED + 4; count += 1) {
      stream = truncated(withChunk(stream, chunk(0, 10, count)), count);
    }

    expect(stream.closed).to.have.length(MAX_CLOSED);
    expect(stream.closed[0]).to.deep.equal({
      generation: 4,
      offset: 10,
      done: [],
      marker: 'to 10',
      head: 'head',
      closedAt: 4,
      continuedBy: null,
    });
    expect({ ...stream, closed: [] }).to.deep.equal({ ...empty, generation: MAX_CLOSED + 4 });
  });

  it('lets one copy go on where a generation ended', () => {
    const stream = continuedBy(truncated(withChunk(empty, chunk(0, 10)), 1), 0, 'copy');

    expect(stream.closed.map((one) => one.continuedBy)).to.deep.equal(['copy']);
  });
});
