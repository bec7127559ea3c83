import { expect } from 'chai';
import { judgePunctuality, type Punctuality, type WindowLines } from '../../../src/domain/live/punctuality.js';

const NOW = 100_000_000;

function judged(watermark: number | null, cells: readonly (readonly [number, number])[]): Punctuality {
  const windows = cells.map(([startMs, lines]): WindowLines => ({ startMs, lines }));
  return judgePunctuality({ cells: windows, widthMs: 10_000, watermark, now: NOW });
}

describe('domain/live/punctuality', () => {
  it('counts lines late whose window was over for their stream, and no others', () => {
    expect(
      judged(45_000, [
        [30_000, 3],
        [20_000, 2],
        [50_000, 1],
      ]),
    ).to.deep.equal({ late: 5, future: 0, watermark: 50_000 });
    expect(
      judged(44_999, [
        [30_000, 3],
        [20_000, 2],
      ]),
    ).to.deep.equal({ late: 2, future: 0, watermark: 44_999 });
  });

  it('takes nothing for late in the first chunk of a stream, however old and in whatever order', () => {
    expect(
      judged(null, [
        [90_000, 1],
        [0, 4],
      ]),
    ).to.deep.equal({ late: 0, future: 0, watermark: 90_000 });
  });

  it('counts lines of the future and does not go by them', () => {
    const edge = NOW + 3_600_000;

    expect(
      judged(0, [
        [edge, 1],
        [edge + 1, 7],
      ]),
    ).to.deep.equal({ late: 0, future: 7, watermark: edge });
    expect(judged(null, [[edge + 1, 7]])).to.deep.equal({ late: 0, future: 7, watermark: null });
  });
});
