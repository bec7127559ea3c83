import { expect } from 'chai';
import { judge } from '../../../src/domain/alerts/alert-rule.js';
import { parseRule } from '../../../src/domain/alerts/parse-rule.js';

/** `holds`, `clears`, or `neither`, of values. */
function judged(rule: string, values: readonly (number | null)[]): string[] {
  return values.map((value) => {
    const { holds, clears } = judge(parseRule(rule), value);
    return holds ? (clears ? 'both' : 'holds') : clears ? 'clears' : 'neither';
  });
}

describe('domain/alerts/judge', () => {
  it('is clear as soon as the condition does not hold, where nothing else is said', () => {
    expect(judged('p95 > 800', [null, 0, 800, 801])).to.deep.equal(['clears', 'clears', 'clears', 'holds']);
    expect(judged('p95 < 800', [null, 0, 800, 801])).to.deep.equal(['clears', 'holds', 'clears', 'clears']);
  });

  it('is neither between the threshold and that to resolve, both included', () => {
    expect(judged('p95 > 800 resolve < 600', [null, 599, 600, 800, 801])).to.deep.equal([
      'clears',
      'clears',
      'neither',
      'neither',
      'holds',
    ]);
    expect(judged('linesPerSecond < 1 resolve > 2', [0.9, 1, 2, 2.1])).to.deep.equal([
      'holds',
      'neither',
      'neither',
      'clears',
    ]);
  });

  it('takes only 0 for none', () => {
    expect(judged('no lines for 1m', [0, 1 / 604_800])).to.deep.equal(['holds', 'clears']);
  });
});
