/** Lines that parsers stumble over: what repeats, and what damage makes of a good line. */
import fc from 'fast-check';
import type { ByteString } from '../../src/domain/byte-string.js';

/** What a layout may begin with before the trouble starts. */
const HEADS: readonly ByteString[] = [
  '',
  '2024-01-24 10:15:32 ',
  '2024-01-24 10:15:32 INFO ',
  '2024-01-24 10:15:32 [',
  '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] ',
  '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] "',
  '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] "GET / HTTP/1.1" 200 5 "-" "',
  '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] GET ',
  'Jan 24 10:15:32 ',
  'Jan 24 10:15:32 web-1 ',
  '<13>',
  '<13>1 - - - - - ',
  '<13>1 - - - - - [a b="',
  '{',
  '{"msg":"',
  '{"level":"',
  '{"msg":"x","a":',
  'level=info msg="',
  'level=info msg=x ',
  'web-1  | ',
  '1706091332 ',
];

/** What repeats behind it. */
const UNITS: readonly ByteString[] = [
  Array.from(' \t[](){}<>"\'\\=:.,;-+/|#!@%_0a\0\x1b\xff'),
  ['\\"', '\\u0041', '\\ud83d', '\\x', '\x1b[', '\x1b[1', '\x1b[0m', '\xef\xbb\xbf', '\xc2\xb5s '],
  ['key=', 'a=1 ', 'a="', 'a="b" ', '{"a":', '{"a":{', '[[', '"a":1,', 'null,', '1e9', '-0.5'],
  [' -', ' - ', '- ', ', ', '| ', ' |', 'a.', 'a.b ', 'a-', 'a: ', 'a:error:', 'x[1]:', 'su(a', ']:', '##'],
  ['ERROR', 'ERROR ', 'ERROR:', 'x ERROR:', 'PHP ', 'E! ', 'level=', '[INFO', '[a:error', 'INFO+1'],
  [' HTTP/', '"GET ', '" 2', '" 200 "', 'GET / HTTP/1.1 ', '1 ', '1.', '1.5 ', '1 ms ', 'rt=1 ', 'in 1ms ', 'took '],
  ['2024-01-24 ', '10:15:32 ', '24/Jan/2024:', '2024-', '[2024-', '1706091332 ', 'Jan 24 ', '<1>', '240124 101532 '],
].flat();

/** One or two units that repeat behind a head, perhaps with an end. */
export interface HostileFamily {
  readonly head: ByteString;
  readonly unit: ByteString;
  readonly tail: ByteString;
}

export const anyHostileFamily: fc.Arbitrary<HostileFamily> = fc.record({
  head: fc.constantFrom(...HEADS),
  unit: fc.array(fc.constantFrom(...UNITS), { minLength: 1, maxLength: 2 }).map((units) => units.join('')),
  tail: fc.constantFrom('', '"', '"}', ']', ' x', '" 200 5'),
});

/** The line of a family that has about that many bytes. */
export function hostileLine({ head, unit, tail }: HostileFamily, lengthBytes: number): ByteString {
  return head + unit.repeat(Math.ceil(lengthBytes / unit.length)) + tail;
}

/** A line with one piece of damage done to it; pieces of `others` may be spliced in. */
export function anyMutation(line: ByteString, others: readonly ByteString[]): fc.Arbitrary<ByteString> {
  const anyPlace = fc.nat(line.length);
  const anySpan = fc.tuple(anyPlace, anyPlace).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const around = (at: number, end: number, middle: ByteString): ByteString =>
    line.slice(0, at) + middle + line.slice(end);
  return fc.oneof(
    fc.tuple(anyPlace, fc.nat(255)).map(([at, byte]) => around(at, at + 1, String.fromCharCode(byte))),
    anyPlace.map((end) => line.slice(0, end)),
    anySpan.map(([at, end]) => around(at, end, '')),
    anySpan.map(([at, end]) => around(end, end, line.slice(at, end))),
    fc
      .tuple(anyPlace, fc.constantFrom('\0', '\x1b', '\x1b[31m', '"', '\\', ' ', '\t', '\xc3'))
      .map(([at, mark]) => around(at, at, mark)),
    fc
      .tuple(anyPlace, fc.constantFrom(...others), fc.nat(200))
      .map(([at, other, from]) => line.slice(0, at) + other.slice(from)),
    fc
      .tuple(anyPlace, fc.constantFrom(...UNITS), fc.nat(2000))
      .map(([at, unit, times]) => around(at, at, unit.repeat(times))),
  );
}
