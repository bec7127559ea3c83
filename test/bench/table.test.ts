import { expect } from 'chai';
import type { Measured } from '../../bench/measure.js';
import { setMeasured, setSpread } from '../../bench/table.js';

const COUNTED: Measured = {
  name: 'wc -l',
  does: 'lines',
  bytes: 1_000_000_000,
  factor: 1,
  wallMs: [200, 240, 220],
  maxRssBytes: 2_100_000,
};
const REPORTED: Measured = { ...COUNTED, name: 'full', does: 'all', wallMs: [440, 240, 660], maxRssBytes: null };

describe('bench/table', () => {
  it('sets a row for each command, with its ratio to every unit', () => {
    expect(setMeasured([COUNTED, REPORTED], ['wc -l', 'full']).split('\n')).to.deep.equal([
      '| command | works out | wall time, 3 rounds | MB/s | x wc -l | x full | peak memory |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| wc -l | lines | 0.220 s (0.200–0.240) | 4545 | 1.00 (1.00–1.00) | 0.500 (0.333–1.00) | 2 MB |',
      '| full | all | 0.440 s (0.240–0.660) | 2273 | 2.00 (1.00–3.00) | 1.00 (1.00–1.00) | unknown |',
    ]);
  });

  it('marks what was measured on a part, and says so below', () => {
    const part: Measured = { ...COUNTED, factor: 8 };

    expect(setMeasured([part]).split('\n').slice(2)).to.deep.equal([
      '| wc -l * | lines | 0.220 s (0.200–0.240) | 4545 | 2 MB |',
      '',
      '\\* measured on a part of the file; its time, start-up included, times how often the part goes into the whole',
    ]);
  });

  const NUMBERS: readonly (readonly [number, string])[] = [
    [0.012345, '0.0123'],
    [1, '1.00'],
    [99.94, '99.9'],
    [-0.5, '-0.500'],
    [12_345.6, '12346'],
  ];
  for (const [value, expected] of NUMBERS) {
    it(`sets ${value} as ${expected}`, () => {
      expect(setSpread({ median: value, min: value, max: value }, 's')).to.equal(
        `${expected} s (${expected}–${expected})`,
      );
    });
  }
});
