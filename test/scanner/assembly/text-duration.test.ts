import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { type ByteString, encodeText } from '../../../src/domain/byte-string.js';
import { UNIT_WORDS } from '../../../src/parsers/duration-value.js';
import { durationWords } from '../../../src/parsers/duration-words.js';
import { findTextDuration } from '../../../src/parsers/text-duration.js';
import { describeWith } from '../../support/capability.js';
import { lineCases } from '../../support/corpora.js';
import { kernel, MEBIBYTE, orNull, place } from '../../support/kernel-texts.js';
import { mutate } from '../../support/mutate.js';
import { Random } from '../../support/random.js';

/** Beside the sources: `tsc` copies no data into `dist`. */
const GOLDEN = new URL('../../../../test/parsers/golden/text-duration.json', import.meta.url);
// the file is ours: its shape is known
const GOLDEN_MESSAGES = (JSON.parse(readFileSync(GOLDEN, 'utf8')) as { input: string }[]).map(({ input }) =>
  encodeText(input),
);

/** A message on which kernel and reference differ, with what they make of it; null where they agree. */
function difference(message: ByteString, around = ''): object | null {
  const expected = findTextDuration(message);
  const found = orNull(kernel.durationIn(...place(message, around)));
  return expected === found ? null : { message: message.slice(0, 200), around, expected, found };
}

/** Words that count, and the most frequent of them once more. */
const WORDS = [
  ...durationWords().keys(),
  'in',
  'in',
  'in',
  'after',
  'took',
  'time',
  'completed',
  'x',
  '/a',
  'In',
  ' PT',
  '',
];

/** Words that count and the bytes between them, in an order of chance. */
function anyMessage(random: Random): ByteString {
  const marks = [' ', ' ', ' ', '\t', ':', '=', '~', '(', '[', '_', '-', '.', ',', '/', "'", '%', ': ', '> ', '\xc3'];
  let message = '';
  for (let left = random.below(14); left > 0; left -= 1) {
    const word = random.oneOf(WORDS);
    const spelt = random.oneOf([word, word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)]);
    const value = random.below(3) === 0 ? random.oneOf(['5ms', '1.5s', '12', '7m', '1h 2m', '0.5', '3S', '4us']) : '';
    message += spelt + random.oneOf(marks) + value + random.oneOf(marks);
  }
  return message;
}

describe('scanner/assembly/text-duration', () => {
  const around = ['', 'will ', ' 5ms', 'retry in ', '5 ', 'took 7s '];

  it('finds what the reference finds in the golden messages, whatever is damaged in them', () => {
    const random = new Random(3);

    for (const message of GOLDEN_MESSAGES) {
      expect(difference(message)).to.equal(null);
      for (let left = 200; left > 0; left -= 1) {
        expect(difference(mutate(message, GOLDEN_MESSAGES, random), random.oneOf(around))).to.equal(null);
      }
    }
  }).timeout(60_000);

  it('finds what the reference finds in any order of the words that count', () => {
    const random = new Random(4);
    let durations = 0;

    for (let left = 100_000; left > 0; left -= 1) {
      const message = anyMessage(random);
      expect(difference(message, random.oneOf(around))).to.equal(null);
      if (findTextDuration(message) !== null) durations += 1;
    }
    expect(durations).to.be.greaterThan(2000);
  }).timeout(60_000);

  it('finds what the reference finds behind a key with any unit, and before any unit', () => {
    for (const word of UNIT_WORDS.keys()) {
      for (const unit of [word, word.toUpperCase()]) {
        expect(difference(`took_${unit}=7`)).to.equal(null);
        expect(difference(`time (${unit}): 7.5`)).to.equal(null);
        expect(difference(`took 7${unit}`)).to.equal(null);
        expect(difference(`took 7 ${unit}`)).to.equal(null);
      }
    }
  });

  it('tells texts apart that differ in a number only, where that counts', () => {
    const messages = [
      'p95 time: 5ms',
      'p96 time: 5ms',
      'P50Time 5ms',
      'P51Time 5ms',
      'v1 took 5ms',
      'v2 took 5ms',
      'p95',
    ];

    for (const message of [...messages, ...messages.toReversed()]) expect(difference(message)).to.equal(null);
  });

  it('may take all digits for zeros where no p is before them: no other word has any', () => {
    const words = [...durationWords().keys()].filter((word) => /\d/.test(word));

    expect(words.filter((word) => !/^p\d+$/.test(word))).to.deep.equal([]);
  });

  it('looks at long parts as the reference does', () => {
    const words = ['approximately', 'xapproximately', 'abcdefghijklm', 'abcdefghijklmn', 'max', 'xmax'];

    for (const word of words) {
      expect(difference(`took ${word} 5ms`)).to.equal(null);
      expect(difference(`max ${word} time: 5ms`)).to.equal(null);
    }
  });

  it('finds what the reference finds in messages of a mebibyte', () => {
    const runs = [
      '1',
      ' ',
      'a',
      '(',
      "'",
      'aB',
      '1 ',
      ' 1s',
      ' 1h',
      '=1',
      'PT1H',
      ' PT1',
      '1h 1m 1s 1ms x',
      '((((((((1s',
    ];
    const nouns = ['a=1 ', '_ms=1 ', 'time ', 'max time 1s ', 'max_z.time: 1s '];
    const clauses = ['retry in 5s ', 'in 1m ', '- will in 5s ', 'will in 1s ', 'after 1s '];

    for (const piece of [...runs, ...nouns, ...clauses]) {
      const message = piece.repeat(MEBIBYTE / piece.length);
      expect(difference(message)).to.equal(null);
      expect(difference(`${message} took 5ms`)).to.equal(null);
    }
  }).timeout(60_000);
});

describeWith('the samples of ../shared/corpora', 'scanner/assembly/text-duration, on third-party lines', () => {
  it('finds what the reference finds in every case', () => {
    const lines = [...lineCases().values()].flat().map(({ line }) => encodeText(line));
    const random = new Random(5);

    for (const line of lines) {
      expect(difference(line)).to.equal(null);
      expect(difference(mutate(line, lines, random))).to.equal(null);
    }
  }).timeout(60_000);
});
