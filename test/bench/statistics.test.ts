import { expect } from 'chai';
import { median, ratioOf, spreadOf } from '../../bench/statistics.js';

describe('bench/statistics', () => {
  const MEDIANS: readonly (readonly [readonly number[], number])[] = [
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 9, 2, 1], 5.5],
    [[], Number.NaN],
  ];
  for (const [values, expected] of MEDIANS) {
    it(`finds the middle of ${JSON.stringify(values)}`, () => {
      expect(median(values)).to.deep.equal(expected);
    });
  }

  it('spreads from the smallest to the largest value', () => {
    expect(spreadOf([30, 10, 20])).to.deep.equal({ median: 20, min: 10, max: 30 });
  });

  it('sets medians in relation, with the smallest and largest ratio within a round', () => {
    expect(ratioOf([20, 90, 40], [10, 30, 80])).to.deep.equal({ median: 40 / 30, min: 0.5, max: 3 });
  });

  it('finds no spread where a whole round was slow', () => {
    expect(ratioOf([20, 200, 20], [10, 100, 10])).to.deep.equal({ median: 2, min: 2, max: 2 });
  });
});
