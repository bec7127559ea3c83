import { expect } from 'chai';
import fc from 'fast-check';
import { matchesPattern } from '../../src/repl/commands/matches-pattern.js';

describe('repl/matches-pattern', () => {
  it('agrees with a regular expression on any text and pattern', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(words, patterns, (text, pattern) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
        const isWild = /[*?]/.test(pattern);

        expect(matchesPattern(text, pattern)).to.equal(new RegExp(isWild ? `^${source}$` : source).test(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is quick with any number of stars', () => {
    expect(matchesPattern('a'.repeat(5000), `${'*a'.repeat(2000)}b`)).to.equal(false);
  });
});
