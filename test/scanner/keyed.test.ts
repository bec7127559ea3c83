import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { createLineParser } from '../../src/parsers/parse-line.js';
import { anyJsonLine, anyOf, anyPairsLine } from '../support/any-keyed-line.js';
import { mutate } from '../support/mutate.js';
import { Random } from '../support/random.js';
import { createTwins } from '../support/twins.js';

const PLAN = { formats: ['json', 'logfmt'], timezone: 'Europe/Berlin', referenceAt: Date.UTC(2024, 5, 1) };
const differenceOf = createTwins(PLAN);

/** Compares whole and damaged lines of chance; returns how many of them were accepted. */
function compareLines(anyLine: (random: Random) => ByteString, seed: number, count: number): number {
  const random = new Random(seed);
  const reference = createLineParser(PLAN);
  let accepted = 0;
  let others: readonly ByteString[] = ['{"level":"info"}'];
  for (let left = count; left > 0; left -= 1) {
    const line = anyLine(random);
    const tried = random.below(3) === 0 ? mutate(line, others, random) : line;
    others = [...others.slice(-20), line];
    expect(differenceOf(tried)).to.equal(null);
    if (!('reason' in reference.parse(tried))) accepted += 1;
  }
  return accepted;
}

/** `text` often enough to make a line as long as one may be, between what is before and behind it. */
function filled(before: ByteString, text: ByteString, behind: ByteString): ByteString {
  const room = MAX_LINE_BYTES - before.length - behind.length;
  return before + text.repeat(Math.floor(room / text.length)) + behind;
}

describe('scanner/assembly/json', () => {
  it('reads objects of any keys and values as the reference does', () => {
    expect(compareLines(anyJsonLine, 1, 60_000)).to.be.greaterThan(15_000);
  }).timeout(60_000);

  it('reads as deep as the reference does and no deeper', () => {
    const depths = Array.from({ length: 8 }, (_, index) => 60 + index);
    const nested = depths.flatMap((depth) => [
      `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
      `{"level":"info","a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `{"level":"info","a":${'[{"b":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}}`,
    ]);

    for (const line of nested) expect(differenceOf(line)).to.equal(null);
  });

  it('takes every byte in a string and behind a backslash as the reference does', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));
    const lines = bytes.flatMap((byte) => [`{"msg":"a${byte}b"}`, `{"msg":"a\\${byte}b"}`, `a=1 msg="\\${byte}b"`]);

    for (const line of lines) expect(differenceOf(line)).to.equal(null);
  });

  it('joins halves of surrogate pairs as the reference does', () => {
    const units = ['\\ud83d', '\\ude80', '\\uD7FF', '\\uE000', '\\udbff', '\\udfff', '\\u00e9', '\\u0041', '\\n', 'x'];
    const texts = units.flatMap((a) => units.flatMap((b) => units.map((c) => a + b + c)));

    for (const text of texts) expect(differenceOf(`{"msg":"${text}"}`)).to.equal(null);
  });

  it('settles durations without unit as the reference does', () => {
    const times = [
      '"ts":1706091332',
      '"ts":"1706091332"',
      '"ts":"x"',
      '"time":1706091332',
      '"@t":"2024-01-24T10:15:32Z"',
    ];
    const durations = ['"elapsed":3', '"took":5', '"duration":"7ms"', '"duration":"x"', '"took_ms":9', '"took":1e300'];
    const lines = times.flatMap((time) => durations.flatMap((a) => durations.map((b) => `{${a},${time},${b}}`)));

    for (const line of lines) expect(differenceOf(line)).to.equal(null);
  });

  it('knows keys of any length, behind the names of any objects and in any spelling, as the reference does', () => {
    const lengths = Array.from({ length: 140 }, (_, length) => length);
    const spelt = (text: string): string =>
      Array.from(text, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');
    const lines = lengths.flatMap((length) => [
      `{"msg":"x","${'k'.repeat(length)}":{"level":"info"}}`,
      `{"msg":"x","http":{"response":{"${'k'.repeat(length)}":1,"status_code":200}}}`,
      `{"msg":"x","${'\\u006b'.repeat(length)}":{"level":"info"},"level":"warn"}`,
      `{"msg":"x","${spelt('http')}":{"${spelt('response')}":{"${spelt('status_code')}":${length}}}}`,
    ]);

    for (const line of lines) expect(differenceOf(line)).to.equal(null);
  });

  it('reads objects of a mebibyte as the reference does', () => {
    const members = ['"level":"\\u001b[31minfo\\u001b[0m ",', '"msg":"\\n",', '"a":[{}],', '"time":1706091332,'];
    const lines = [
      ...['a', '\\n', '\\u00e9', '\\ud83d\\ude80', '\\ud83d', ' 5ms '].map((text) => filled('{"msg":"', text, '"}')),
      ...['\\u001b[m', '\\u001b', ' ', '+1'].map((text) => filled('{"level":"info', text, '"}')),
      ...members.map((text) => filled('{', text, '"x":1}')),
      ...['a', '\\u0061', '\\u005c', '.'].map((text) => filled('{"level":"info","', text, '":1}')),
      ...['1', '1,', '"",', '{', '[', ' ', '\\'].map((text) => filled('{"level":"info","a":[', text, ']}')),
      ...['?', '/', 'http://'].map((text) => filled('{"request":"GET ', text, ' HTTP/1.1","status":200}')),
    ];

    for (const line of lines) expect(differenceOf(line) === null, line.slice(0, 60)).to.equal(true);
  }).timeout(60_000);
});

describe('scanner/assembly/pairs', () => {
  it('reads pairs of any keys and values as the reference does', () => {
    expect(compareLines(anyPairsLine, 3, 60_000)).to.be.greaterThan(15_000);
  }).timeout(60_000);

  it('reads both behind the names of containers as the reference does', () => {
    const inContainer = (random: Random): ByteString =>
      `web-1  | ${anyOf([anyJsonLine, anyPairsLine], random)(random)}`;

    expect(compareLines(inContainer, 5, 20_000)).to.be.greaterThan(5000);
  }).timeout(60_000);

  it('reads pairs of a mebibyte as the reference does', () => {
    const texts = ['a', '\\', '\\"', '\\u', '\\u00e9', '\x1b[\x1b[mm', ' ', 'b=', ' b=1', ' level=info', '=', '/'];
    const lines = texts.flatMap((text) => [
      filled('level=info msg="', text, '"'),
      filled('msg=x level=', text, ''),
      filled('msg=x ', text, '=1'),
    ]);

    for (const line of lines) expect(differenceOf(line) === null, line.slice(0, 60)).to.equal(true);
  }).timeout(60_000);
});
