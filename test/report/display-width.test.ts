import { expect } from 'chai';
import fc from 'fast-check';
import { cutEnd, cutStart, displayWidth } from '../../src/report/display-width.js';
import { escapeTerminal } from '../../src/report/escape-terminal.js';
import { anyHostileText } from './arbitrary-report.js';

describe('report/display-width', () => {
  const WIDTHS: readonly (readonly [string, number])[] = [
    ['', 0],
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['日本語', 6],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['half ｶﾅ', 7],
    ['😀', 2],
    ['🇩🇪', 2],
    ['𠀀', 2],
    ['▁█·…→', 5],
    ['Привет', 6],
  ];
  for (const [text, columns] of WIDTHS) {
    it(`measures ${JSON.stringify(text)} as ${columns} columns`, () => {
      expect(displayWidth(text)).to.equal(columns);
    });
  }

  it('cuts at the end or the start, with an ellipsis, never through a wide character', () => {
    expect(cutEnd('abcdef', 6)).to.equal('abcdef');
    expect(cutEnd('abcdef', 5)).to.equal('abcd…');
    expect(cutStart('abcdef', 5)).to.equal('…cdef');
    expect(cutEnd('日本語', 4)).to.equal('日…');
    expect(cutStart('日本語', 4)).to.equal('…語');
    expect(cutEnd('abc', 1)).to.equal('…');
    expect(cutEnd('abc', 0)).to.equal('');
    expect(cutStart('abc', 0)).to.equal('');
  });

  it('never gives more columns than asked for', () => {
    fc.assert(
      fc.property(anyHostileText, fc.integer({ min: 0, max: 50 }), (text, columns) => {
        const escaped = escapeTerminal(text);

        expect(displayWidth(cutEnd(escaped, columns))).to.be.at.most(columns);
        expect(displayWidth(cutStart(escaped, columns))).to.be.at.most(columns);
      }),
    );
  });
});
