import { expect } from 'chai';
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

  it('moves the offset over the chunk that begins there, and over no other', () => {
    const first = withChunk(empty, chunk(0, 10));
    const second = withChunk(first, chunk(10, 20));

    expect(first).to.deep.equal({ ...empty, offset: 10, marker: 'to 10', head: 'head' });
    expect(second).to.deep.equal({ ...empty, offset: 20, marker: 'to 20', head: 'head' });
    for (const other of [chunk(0, 10), chunk(10, 20), chunk(30, 40), chunk(20, 30, 1)]) {
      expect(withChunk(second, other)).to.equal(second);
    }
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
