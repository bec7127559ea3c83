/** Lines of text in the kernel and in the reference parser, rule by rule of what stands before the message. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { ByteString } from '../../src/domain/byte-string.js';
import { differencesIn, withEveryByte, withLengths } from '../support/text-twins.js';

/** Headers by the rule that they are about. */
const HEADERS: Readonly<Record<string, readonly ByteString[]>> = {
  'a level in brackets': [
    ['[error] x', '[ERROR]x', '(warn) x', '<info> x', '[ info ] x', '[\xa0WARN\x0c] x', '[x][WARN ] y', '[E] x'],
    ['[T] x', '[core:error] x', '[core:trace3] x', '[core:trace9] x', '[a.b.WARN] x', '[INFO:module] x'],
    ['[Info:module] x', '[thread INFO class] x', '[thread info class] x', '[a  WARNING] x', '[INFO a] x', '[a INFO] x'],
    ['[a NOTICE b] x', '[ab:info:x WARN y] z', '[ERROR:x WARN y] z', '[unclosed INFO', '[] INFO x', '[[INFO]] x'],
    ['(a [b) WARN] x'],
  ].flat(),
  'a level as a pair': [
    ['level=warn x', 'level="warn" x', 'lvl=ERR x', 'severity=Critical, x', 'loglevel=debug', 'level=', 'level="'],
    ['lvl', 'levels=warn x', 'prose level=warn x', '5 level=warn x', 'level=unknown INFO x', 'severit'],
    ['loglevel:warn'],
  ].flat(),
  'a level in upper case': [
    ['ERROR x', 'ERROR: x', '|INFO| x', 'INFO[0001] x', 'INFO', 'ERROR_CODE x', 'ERROR-42 x', "ERROR's x", 'INFO2 x'],
    ['app.ERROR: x', '[12777]:LOG: x', 'a.b:FATAL x', '.ERROR x', 'x.ERROR_ y', '10.0.0.1:WARN: x', 'WARN:: x'],
    ['a::: x', 'HTTP x', 'HTTP: x', 'HTTP/1.1 x', 'SYSTEM x', 'DEFAULT: x', 'NOTE', 'LOG x', 'HTTPS: x'],
    ['DEPRECATION x', 'worker ERROR x', 'fooBar-baz WARN x', 'FooBar INFO x', 'Foobar INFO x', 'ab INFO x'],
    ['fooBar ALERT x', 'FB INFO x', 'worker CRITICAL x', 'worker CRITICAL: x', 'some prose ERROR x'],
    ['some prose ERROR: x', 'a lot of words WARN: x'],
  ].flat(),
  'a level in other case': [
    ['Info x', 'error: x', 'Warning, x', 'debug| x', 'notice; x', 'Alert x', 'Fine x', 'information', 'iNFO x'],
    ['Error-x', 'security: error: x', 'security: alert: x', 'default: info: x', 'prose: text error: x'],
    ['PHP Warning: x', 'UTC error x', 'CEST [12] Error: x', 'PHP', 'PST: error x', 'php Warning: x', '5 error: x'],
    ['x.y error: x'],
  ].flat(),
  'a level as a letter': [
    ['I x', 'W, x', 'E! x', 'D', 'V x', 'F x', 'C x', 'T x', 'N x', 'X x', 'i x', 'E/Tag x', 'I/O x', 'E/', 'E: x'],
    ['E. x', 'E0124 10:15:32 x', 'E0124 1:15:32 x', 'E01240 10:15:32 x', 'C0124 10:15:32', 'E0124 10'],
    ['EE0124 10:15:32 x', 'W, [2024-01-24T10:15:32 #1]  WARN -- : x', '12 E x', 'prose E x'],
  ].flat(),
  'names between marks': [
    ['app - INFO - x', 'app - db - WARN - x', 'app -x', 'app -', 'app - x', "app's - INFO - x"],
    ['prose then app - ERROR: x', '- - INFO x', '-5 INFO x', '.net INFO x', '=> INFO x', '*** INFO *** x', '#1 INFO x'],
    ['# 1 INFO x', '-- : INFO x', "'quoted name' INFO x", "don't INFO x", '"x" INFO y', 'a_b INFO x'],
    ['1 2 3 4 5 6 7 INFO x', '1 2 3 4 5 6 7 8 INFO x'],
  ].flat(),
  'a logger behind the level': [
    ['INFO com.acme.Foo - x', 'INFO com.acme.Foo: x', 'INFO com.acme.Foo   : x', 'INFO com.acme.Foo  - x', 'INFO a.b'],
    ['INFO [main] a.b: x', 'INFO [a.b] c.d: x', 'INFO 42 --- [main] a.b.C$1 : x', 'INFO (1) <2> [3] [4] a.b: x'],
    ['INFO [1] [2] [3] [4] [5] a.b: x', 'INFO a.b]: x', 'INFO [a.b]: x', 'INFO a.b] x', 'INFO a..b: x', 'INFO a.b.: x'],
    ['INFO -a.b: x', 'INFO 1a.b: x', 'INFO $a/b.c-d: x', 'INFO a: x', 'INFO a.\xe9: x', 'INFO 42a a.b: x'],
    ['INFO [a a.b: x'],
  ].flat(),
};

/** Places where a byte of any kind decides. */
const TEMPLATES: readonly ByteString[] = [
  ['ERROR@ x', 'ERROR@', 'ERROR@x', '@ERROR x', '@ ERROR x', 'E@ x', 'E@x', 'E/@x', 'info@ x', 'a@ERROR: x'],
  ['prose E@R: x', '[@error] x', '[error@] x', '[a@error] x', '[a:error@] x', '[a@INFO b] x', '[a INFO@b] x'],
  ['[a INFO@] x', '[@] x', '@[INFO] x', '[INFO]@x', '(@) INFO x', 'level=@warn x', 'level=warn@x', 'level@warn x'],
  ['E0124 @0:15:32 x', 'E012@ 10:15', 'a@b INFO x', 'ab@ INFO x', 'app@- INFO x', 'app -@INFO x', 'app @ INFO x'],
  ['abc@d WARN x', 'security@ error: x', 'some prose@ERROR: x', 'some prose @ERROR: x', 'some prose @x ERROR: x'],
  ['some prose wo@rd ERROR: x', 'a b c @ d e f WARN: x', 'INFO @a.b: x', 'INFO a@b.c: x', 'INFO a.@b: x'],
  ['INFO a.b@: x', 'INFO a.b@ - x', 'INFO a.b @: x', 'INFO a.b @ x', 'INFO 4@a.b: x'],
].flat();

/** What stands before a stamp that does not begin the line. */
const LEADS: readonly ByteString[] = [
  ['[INFO] ', 'INFO ', 'ERROR: ', 'web-1 | ', 'app - ', '[', '(', '(x ', '-INFO ', '12345 ', '- ', '-', '.net '],
  ['E/', "don't ", 'level=warn ', '{"a": ', "{'a': ", '{ "a": ', '{a: ', '{', 'a b c d e f g h i j k l '],
  ['a b c d e f g h i j k l m ', '1 2 3 4 5 6 7 8 9 ', '[a\tb] ', '\xe9t\xe9 ', 'name ERROR ', 'com.acme.Foo - '],
].flat();

const COLOURS = [
  '\x1b[m',
  '\x1b[K',
  '\x1b[1;31m',
  '\x1b[38:5:1m',
  '\x1b[1',
  '\x1b[1H',
  '\x1b',
  '\x1b\x1b[0m',
  '\x1b[\x1b[m',
];

/** Parts of headers, for headers of any order. */
const PARTS: readonly ByteString[] = [
  ['INFO', 'ERROR:', 'warn', '[info]', '[a:error]', '(x)', '<', '[', 'word', 'word,', "it's", 'PHP', 'UTC', 'a.b'],
  ['a.WARN:', ' ', ' ', ' ', '\t', ' - ', ': ', '|', '=', '#', '42', 'E', 'HTTP', 'x y z ', 'level=', '\xe9', '\xa0'],
  ['\x1b[1m', '\x1b['],
].flat();

describe('scanner/text', () => {
  for (const [rule, headers] of Object.entries(HEADERS)) {
    it(`reads ${rule} as the reference does`, () => {
      const lines = headers.flatMap((header) => [`2024-01-24 10:15:32 ${header}`, `I0124 10:15:32.5 ${header}`]);

      expect(differencesIn(lines)).to.deep.equal([]);
    });
  }

  it('takes every byte of a header for what the reference does', () => {
    const lines = TEMPLATES.flatMap((template) => withEveryByte(`2024-01-24 10:15:32 ${template}`));

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('reads a header that is cut off anywhere', () => {
    const lines = Object.values(HEADERS)
      .flat()
      .flatMap((header) => Array.from(header, (_, end) => `2024-01-24 10:15:32 ${header.slice(0, end)}`));

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('has the limits of the reference for groups, names and words', () => {
    const headers = [
      '[@] INFO x',
      '[INFO x@] y',
      '[@ INFO] x',
      'INFO [@] a.b: x',
      'b@ INFO x',
      '@ - INFO x',
      '@.ERROR: x',
      'w @ w ERROR: x',
    ];
    const lines = headers.flatMap((header) => withLengths(`2024-01-24 10:15:32 ${header}`, 270));

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('looks at as many tokens of prose as the reference', () => {
    const headers = ['@ERROR: x', '@app - x', '@[INFO] x', '@a.WARN: x', 'INFO @a.b: x', '7 @INFO x'];
    const lines = ['w ', 'words ', '42 ', '= ', '[1] ', 'x  y '].flatMap((filler) =>
      headers.flatMap((header) => withLengths(`2024-01-24 10:15:32 ${header}`, 12, filler)),
    );

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('finds a stamp behind other text, and its level there, as the reference does', () => {
    const lines = LEADS.flatMap((lead) => [
      `${lead}2024-01-24 10:15:32 WARN x`,
      `${lead}[2024-01-24 10:15:32] x`,
      `${lead}1706091332 x`,
      `  ${lead}2024-01-24 10:15:32 b INFO) x`,
    ]);

    expect(differencesIn([...lines, ...withLengths('@ 2024-01-24 10:15:32 x', 260)])).to.deep.equal([]);
  });

  it('reads levels of glog and of Redis as the reference does', () => {
    const lines = ['@0124 10:15:32.123456 7 x.go:1] y', '1:M 24 Jan 2024 10:15:32.123 @ x'].flatMap(withEveryByte);

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('does not see colours, but other escapes', () => {
    const lines = COLOURS.flatMap((colour) => [
      `${colour}2024-01-24 10:15:32 INFO x`,
      `2024-01-24 ${colour}10:15:32 ${colour}ERROR${colour} a${colour}.b: x${colour}`,
      `  ${colour}  2024-01-24 10:15:32 x`,
    ]);

    expect(differencesIn([...lines, ...withEveryByte('2024-01-24 10:15:32 \x1b[1@2mINFO x')])).to.deep.equal([]);
  });

  it('agrees with the reference on headers of any parts in any order', () => {
    const anyHeader = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 24 });
    const anyHead = fc.constantFrom('2024-01-24 10:15:32 ', 'Jan 24 10:15:32 h ', '<13>', '');

    fc.assert(
      fc.property(anyHeader, anyHead, (parts, head) => {
        expect(differencesIn([head + parts.join('')])).to.deep.equal([]);
      }),
      { numRuns: 2000 },
    );
  });
});
