import { expect } from 'chai';
import { CHAOS_FAULTS, type ChaosPlan, drawFault } from '../../src/domain/chaos.js';

const NONE = { crash: 0, exit: 0, hang: 0, slow: 0, duplicate: 0 };

describe('domain/chaos', () => {
  it('draws the same fault for the same seed, range and attempt', () => {
    const plan: ChaosPlan = { rates: { ...NONE, crash: 0.3, hang: 0.3 }, seed: 7 };
    const draw = () =>
      Array.from({ length: 200 }, (_, index) => drawFault(plan, { start: index * 10, end: index * 10 + 10 }, 1));

    expect(draw()).to.deep.equal(draw());
  });

  it('draws each fault about as often as asked', () => {
    const plan: ChaosPlan = { rates: { crash: 0.2, exit: 0.05, hang: 0.02, slow: 0.1, duplicate: 0.1 }, seed: 7 };
    const draws = Array.from({ length: 20_000 }, (_, index) =>
      drawFault(plan, { start: index * 4096, end: (index + 1) * 4096 }, 1),
    );

    for (const fault of CHAOS_FAULTS) {
      const share = draws.filter((drawn) => drawn === fault).length / draws.length;
      expect(share).to.be.closeTo(plan.rates[fault], 0.01);
    }
  });

  it('never touches the fourth attempt', () => {
    const plan: ChaosPlan = { rates: { ...NONE, crash: 1 }, seed: 1 };
    const range = { start: 0, end: 10 };

    expect([1, 2, 3, 4, 5].map((attempt) => drawFault(plan, range, attempt))).to.deep.equal([
      'crash',
      'crash',
      'crash',
      null,
      null,
    ]);
  });
});
