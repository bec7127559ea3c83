import { expect } from 'chai';
import fc from 'fast-check';
import { displayWidth } from '../../src/report/display-width.js';
import type { ProgressState } from '../../src/report/progress.js';
import { renderProgress } from '../../src/report/progress.js';

const HALF: ProgressState = {
  bytesDone: 2_147_483_648,
  bytesTotal: 4_294_967_296,
  bytesPerSecond: 1_073_741_824,
  chunksDone: 120,
  retried: 3,
  etaSeconds: 1.2,
};

describe('report/progress', () => {
  const CASES: readonly (readonly [string, ProgressState, number, string])[] = [
    [
      'everything where there is room',
      HALF,
      100,
      ' 50 % ███████████░░░░░░░░░░░░ 2.00 GiB of 4.00 GiB · 1.00 GiB/s · 2 s left · 3 retried · 120 chunks',
    ],
    ['less where there is less', HALF, 60, ' 50 % ████░░░░ 2.00 GiB of 4.00 GiB · 1.00 GiB/s · 2 s left'],
    ['the share alone at the end', HALF, 16, ' 50 % ████░░░░'],
    [
      'no bar for a stream',
      { ...HALF, bytesTotal: null, retried: 0, etaSeconds: null },
      60,
      '2.00 GiB read · 1.00 GiB/s · 120 chunks',
    ],
    ['never 100 % before the end', { ...HALF, bytesDone: 4_294_967_295 }, 30, ' 99 % █████████████████████░'],
  ];
  for (const [what, state, columns, expected] of CASES) {
    it(`shows ${what}`, () => {
      expect(renderProgress(state, columns).trimEnd()).to.equal(expected);
    });
  }

  it('always covers the line before it and never wraps', () => {
    const anyNumber = fc.double({ min: 0, max: 1e18, noNaN: true });
    const anyState = fc.record({
      bytesDone: anyNumber,
      bytesTotal: fc.option(anyNumber),
      bytesPerSecond: anyNumber,
      chunksDone: fc.nat(),
      retried: fc.nat(),
      etaSeconds: fc.option(fc.oneof(anyNumber, fc.constantFrom(Number.POSITIVE_INFINITY, Number.NaN))),
    });

    fc.assert(
      fc.property(anyState, fc.integer({ min: 1, max: 200 }), (state, columns) => {
        const line = renderProgress(state, columns);

        expect(displayWidth(line)).to.equal(columns - 1);
        expect(line).to.not.match(/\p{Cc}/u);
      }),
    );
  });
});
