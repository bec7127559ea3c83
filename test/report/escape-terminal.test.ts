import { expect } from 'chai';
import fc from 'fast-check';
import { escapeTerminal } from '../../src/report/escape-terminal.js';
import { anyHostileText } from './arbitrary-report.js';

const CASES: readonly (readonly [string, string, string])[] = [
  ['plain text', 'GET /a?b=c\\d 日本 é', 'GET /a?b=c\\d 日本 é'],
  ['tab, newline and return', 'a\tb\nc\rd', 'a\\tb\\nc\\rd'],
  ['a clear-screen sequence', '\u001b[2J', '\\x1b[2J'],
  ['NUL, bell, backspace and DEL', '\u0000\u0007\b\u007f', '\\x00\\x07\\x08\\x7f'],
  ['a C1 control sequence introducer', '\u009b31m', '\\x9b31m'],
  ['bidi overrides and isolates', '\u202a\u202e\u2066\u2069\u200f\u061c', '\\u202a\\u202e\\u2066\\u2069\\u200f\\u061c'],
  ['line and paragraph separators', '\u2028\u2029', '\\u2028\\u2029'],
  ['zero-width characters and the byte order mark', 'a\u200b\u200d\ufeff\u2060', 'a\\u200b\\u200d\\ufeff\\u2060'],
  ['soft hyphen, filler and variation selector', '\u00ad\u3164\ufe0f', '\\xad\\u3164\\ufe0f'],
  ['tags and private use', '\u{e0041}\u{f0000}\ue0b0', '\\u{e0041}\\u{f0000}\\ue0b0'],
  ['lone surrogates', 'a\ud800b\udc00', 'a\\ud800b\\udc00'],
  ['a whole surrogate pair', '😀', '😀'],
  ['a combining mark without a base', '\u0301a', '\\u0301a'],
  ['marks as a language needs them', 'e\u0301\u0323', 'e\u0301\u0323'],
  ['a pile of marks', `e${'\u0301'.repeat(6)}`, `e${'\u0301'.repeat(4)}\\u0301\\u0301`],
];

describe('report/escape-terminal', () => {
  for (const [what, text, expected] of CASES) {
    it(`shows ${what} as ${JSON.stringify(expected)}`, () => {
      expect(escapeTerminal(text)).to.equal(expected);
    });
  }

  it('leaves no control or format character, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyHostileText, (text) => {
        const escaped = escapeTerminal(text);

        expect(escaped).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(escapeTerminal(escaped)).to.equal(escaped);
      }),
    );
  });
});
