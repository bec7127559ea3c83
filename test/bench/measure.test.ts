import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { measure, type Trial } from '../../bench/measure.js';
import { useScratch } from '../support/scratch.js';

const LARGE_BYTES = 100e6;

describe('bench/measure', () => {
  const scratch = useScratch();
  const trial = (name: string, script: string, check: Trial['check'] = () => null): Trial => ({
    name,
    does: 'something',
    script,
    file: scratch.path('log'),
    bytes: 10,
    factor: 2,
    check,
  });

  it('runs the trials in turn, once more than the rounds', () => {
    const [first, second] = measure([trial('first', 'printf 1 >>"$FILE"'), trial('second', 'printf 2 >>"$FILE"')], 2);

    expect(readFileSync(scratch.path('log'), 'utf8')).to.equal('121212');
    expect([first?.wallMs.length, second?.wallMs.length]).to.deep.equal([2, 2]);
  });

  it('measures the largest process of a command', () => {
    const script = `"${process.execPath}" -e 'Buffer.alloc(${LARGE_BYTES}, 1)' | cat`;

    const [measured] = measure([trial('large', script)], 1);

    expect(measured?.maxRssBytes ?? LARGE_BYTES).to.be.within(LARGE_BYTES, 3 * LARGE_BYTES); // null without GNU time
  });

  const FAILURES: readonly (readonly [string, string, Trial['check'], RegExp])[] = [
    ['says something wrong', 'echo 2', (output) => `${output.trim()} lines`, /^odd is wrong on \S+: 2 lines$/],
    ['says what cannot be read', 'echo x', JSON.parse, /^odd is wrong on \S+: SyntaxError[^]* in "x\\n"$/],
    ['fails', 'echo no >&2; exit 3', () => null, /^odd ended with 3: no\n$/],
  ];
  for (const [what, script, check, expected] of FAILURES) {
    it(`ends with the name of a command that ${what}`, () => {
      expect(() => measure([trial('odd', script, check)], 1)).to.throw(expected);
    });
  }
});
