import { expect } from 'chai';
import fc from 'fast-check';
import { Account } from '../../src/domain/account.js';
import { ContentHash } from '../../src/domain/content-hash.js';

function hashOf(content: string): { high: number; low: number } {
  const hash = new ContentHash();
  hash.update(content, content.length + 1);
  return { high: hash.high, low: hash.low };
}

const anyBytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
  maxLength: 100,
});

describe('domain/content-hash', () => {
  it('sees a change of any single byte', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (content, place, delta) => {
        fc.pre(content.length > 0);
        const at = place % content.length;
        const changed = String.fromCharCode((content.charCodeAt(at) + delta) % 256);

        expect(hashOf(content.slice(0, at) + changed + content.slice(at + 1))).to.not.deep.equal(hashOf(content));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells words in another order, and zeros at the end, apart', () => {
    const lines = [
      '',
      '\0',
      '\0\0',
      'ab',
      'ba',
      'abcdefghijklmnop',
      'efghabcdijklmnop',
      'mnopefghijklabcd',
      `${'x'.repeat(16)}${'y'.repeat(16)}`,
      `${'y'.repeat(16)}${'x'.repeat(16)}`,
    ];

    expect(new Set(lines.map((line) => JSON.stringify(hashOf(line)))).size).to.equal(lines.length);
  });

  it('adds up to the same in any order of lines', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 20 }), (lines) => {
        const forwards = new Account();
        const backwards = new Account();
        for (const line of lines) forwards.addContent(hashOf(line));
        for (const line of [...lines].reverse()) backwards.addContent(hashOf(line));

        expect(forwards.content()).to.deep.equal(backwards.content());
      }),
    );
  });
});
