import { expect } from 'chai';
import { AliasTable, zipfWeights } from '../../src/generate/alias-table.js';
import { exponential, gamma, lognormal, normal } from '../../src/generate/distributions.js';
import { Random } from '../../src/generate/random.js';

const DRAWS = 200_000;

/** Mean and standard deviation of many draws. */
function momentsOf(draw: (random: Random) => number): { mean: number; deviation: number } {
  const random = new Random(7);
  const values = Array.from({ length: DRAWS }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
  return { mean, deviation: Math.sqrt(variance) };
}

describe('generate/distributions', () => {
  const table: readonly (readonly [string, (random: Random) => number, number, number])[] = [
    ['normal numbers', normal, 0, 1],
    ['exponential numbers', exponential, 1, 1],
    ['gamma numbers of shape 4', (random) => gamma(random, 4), 1, 0.5],
    ['logarithms of lognormal numbers', (random) => Math.log(lognormal(random, Math.E, 0.5)), 1, 0.5],
    ['units', (random) => random.unit(), 0.5, Math.sqrt(1 / 12)],
  ];
  for (const [what, draw, mean, deviation] of table) {
    it(`draws ${what} with their mean and standard deviation`, () => {
      const found = momentsOf(draw);

      expect(found.mean).to.be.closeTo(mean, 0.01);
      expect(found.deviation).to.be.closeTo(deviation, 0.01);
    });
  }

  it('draws from weights in proportion to them, and never what weighs nothing', () => {
    const weights = [...zipfWeights(5, 1), 0];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const alias = new AliasTable(weights);
    const random = new Random(3);
    const counts = weights.map(() => 0);

    for (let draw = 0; draw < DRAWS; draw += 1) {
      const index = alias.draw(random);
      counts[index] = (counts[index] ?? 0) + 1;
    }

    counts.forEach((count, index) => expect(count / DRAWS).to.be.closeTo((weights[index] ?? 0) / total, 0.005));
    expect(counts.at(-1)).to.equal(0);
  });

  it('draws skewed numbers from the whole range, the small ones most', () => {
    const random = new Random(5);
    const draws = Array.from({ length: DRAWS }, () => random.skewed(1000, 3));

    expect([Math.min(...draws.slice(0, 10_000)), Math.max(...draws.slice(0, 10_000))]).to.deep.equal([0, 999]);
    expect(draws.filter((draw) => draw === 0).length / DRAWS).to.be.closeTo(0.1, 0.005);
  });

  it('draws other numbers for seeds that differ only beyond 32 bits', () => {
    expect(new Random(1).unit()).to.not.equal(new Random(1 + 2 ** 32).unit());
  });
});
