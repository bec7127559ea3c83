/** Lines of syslog in the kernel and in the reference parser, piece by piece. */
import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { differencesIn, withEveryByte, withLengths } from '../support/text-twins.js';

const TAGS: readonly ByteString[] = [
  ['su:', 'su: ', 'su:x', 'su', 'su[1]:', 'su[1]', 'su[]: x', 'su[1][2]: x', 'su[a.b-c_d]: x', 'su [1]: x', 'su(a): x'],
  ['su (a): x', 'su  (a): x', 'su(pam)[12]: x', 'su[1](pam)[12]: x', 'su(): x', 'su(a(b)): x', 'su(a: x', 'su(a)b: x'],
  ['su (a)[12345678901]: x', 'su(a)[x]: x', 'error: x', 'ERROR[1]: x', 'info(a): x', 'http: x', '(su): x', ': x'],
  ['a=b: x', 'postfix/smtpd[1]: x', 'p\xa0q: x', 'p\x85q: x', '--- last message repeated 3 times'],
  ['last message repeated 3 times'],
].flat();

const STRUCTURED_DATA: readonly ByteString[] = [
  ['- x', '-', '[a]', '[a] x', '[a][b c="d"] x', '[a b="]"] x', '[a b="\\"]"] x', '[a b="\\\\"] x', '[ a] x', '[] x'],
  ['[a', '[a b="', '[a]x', '[a] [b] x', '[a]-', '--', 'x'],
].flat();

const PRIORITIES: readonly ByteString[] = ['', '0', '7', '13', '191', '192', '007', '0000', '1x', '-1'];

/** Places where a byte of any kind decides. */
const TEMPLATES: readonly ByteString[] = [
  ['Jan 24 10:15:32 h s@u: x', 'Jan 24 10:15:32 h su@: x', 'Jan 24 10:15:32 h su:@x', 'Jan 24 10:15:32 h su[@]: x'],
  ['Jan 24 10:15:32 h su[1]@: x', 'Jan 24 10:15:32 h su(@): x', 'Jan 24 10:15:32 h su@(a): x'],
  ['Jan 24 10:15:32 h su(a)@: x', 'Jan 24 10:15:32 h su(a)[@]: x', 'Jan 24 10:15:32 h su (a)[1]@: x'],
  ['<1@>Jan 24 10:15:32 h su: x', '<1@3>Jan 24 10:15:32 x', '<13>1 - - - - - @ x', '<13>1 - - - - - [@a] x'],
  ['<13>1 - - - - - [a b=@"] x', '<13>1 - - - - - [a b="@"] x', '<13>1 - - - - - [a b="c]"@] x'],
  ['<13>1 - - - - - [a]@ x', '<13>1 - - - - - [a b="\\@"] x', '<13@1 - - - - - - x'],
].flat();

describe('scanner/syslog', () => {
  it('reads priorities as the reference does', () => {
    expect(differencesIn(PRIORITIES.map((text) => `<${text}>Jan 24 10:15:32 h su: x`))).to.deep.equal([]);
  });

  it('reads tags as the reference does', () => {
    const lines = TAGS.flatMap((tag) => [`Jan 24 10:15:32 ${tag}`, `Jan 24 10:15:32 web-1 ${tag}`]);

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('has the limits of the reference for the parts of a tag', () => {
    const lines = ['@: x', 'su[@]: x', 'su(@): x', 'su(a)[@]: x'].flatMap((tag) =>
      withLengths(`Jan 24 10:15:32 h ${tag}`, 140, '1'),
    );

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('reads structured data as the reference does', () => {
    const lines = STRUCTURED_DATA.map((text) => `<13>1 2024-01-24T10:15:32Z h app 1 ID ${text}`);

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('takes every byte for what the reference does', () => {
    expect(differencesIn(TEMPLATES.flatMap(withEveryByte))).to.deep.equal([]);
  });
});
