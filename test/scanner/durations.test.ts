import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { type ByteString, encodeText } from '../../src/domain/byte-string.js';
import { microsecondsOf, microsecondsOfText, UNITS, UNIT_WORDS } from '../../src/parsers/duration-value.js';
import { durationWords } from '../../src/parsers/duration-words.js';
import { findTextDuration } from '../../src/parsers/text-duration.js';
import { compileProgram } from '../../src/parsers/program/compile-program.js';
import { startKernel } from '../../src/scanner/kernel.js';
import { NONE } from '../../src/scanner/layout.js';
import { describeWith } from '../support/capability.js';
import { lineCases } from '../support/corpora.js';
import { mutate } from '../support/mutate.js';
import { Random } from '../support/random.js';
import { KERNEL } from '../support/twins.js';

const MEBIBYTE = 1024 * 1024;
/** Bytes behind a text that the kernel may read. */
const SLACK_BYTES = 64;
const LONGEST_BYTES = 3 * MEBIBYTE;

const { exports } = startKernel(
  { module: KERNEL, program: compileProgram(['plain']) },
  { timezone: 'UTC', referenceAt: 0 },
);
const BUFFER_AT = exports.reserveBuffer(LONGEST_BYTES + SLACK_BYTES);

/** What the kernel makes of a text, with `around` in the memory before and behind it; null for none. */
function inKernel(text: ByteString, around: ByteString, read: (at: number, end: number) => number): number | null {
  const memory = new Uint8Array(exports.memory.buffer, BUFFER_AT);
  const all = around + text + around;
  for (let index = 0; index < all.length; index += 1) memory[index] = all.charCodeAt(index);
  const at = BUFFER_AT + around.length;
  const durationUs = read(at, at + text.length);
  return durationUs === NONE ? null : durationUs;
}

/** Readings of one text on which kernel and reference differ. */
function differences(text: ByteString, around = ''): unknown[] {
  const asText = inKernel(text, around, (at, end) => exports.durationOf(at, end, NONE));
  const pairs = UNITS.map((unit, number) => {
    const found = inKernel(text, around, (at, end) => exports.durationOf(at, end, number));
    return { text, around, unit, expected: microsecondsOf(text, unit), found };
  });
  return [{ text, around, unit: null, expected: microsecondsOfText(text), found: asText }, ...pairs].filter(
    ({ expected, found }) => expected !== found,
  );
}

function anyOf<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)] as Item; // the index is below the length
}

function anyText(pieces: readonly ByteString[], maxPieces: number, random: Random): ByteString {
  let text = '';
  for (let left = random.below(maxPieces + 1); left > 0; left -= 1) text += anyOf(pieces, random);
  return text;
}

/** `12345`, `0.00012e+3`: mostly numbers, of which one in eight is damaged. */
function anyNumber(random: Random): ByteString {
  const digits = (): ByteString => anyText(['0', '0', '1', '4', '5', '9', '9', '49', '007199254740991'], 9, random);
  const fraction = random.below(2) === 0 ? '' : `.${digits()}`;
  const exponent = random.below(3) > 0 ? '' : `${anyOf(['e', 'E'], random)}${anyOf(['', '+', '-'], random)}`;
  const number = `${digits()}${fraction}${exponent}${exponent === '' ? '' : random.below(30)}`;
  const at = random.below(number.length + 1);
  return random.below(8) > 0
    ? number
    : number.slice(0, at) + anyOf(['.', 'e', '-', ' ', ',', '\xb5'], random) + number.slice(at);
}

/** A sum of parts in any units, with and without what separates them. */
function anySum(random: Random): ByteString {
  const words = [...UNIT_WORDS.keys(), 'S', 'M', 'H', 'MS', 'x', '\xc2', 'millisecondss', ''];
  let text = anyOf(['', '', '', 'PT', ' '], random);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    text +=
      anyNumber(random) +
      anyOf(['', '', ' ', '\t '], random) +
      anyOf(words, random) +
      anyOf(['', '', ' ', ','], random);
  }
  return text;
}

describe('scanner/assembly/duration-value', () => {
  it('reads any number of any unit as the reference does', () => {
    const random = new Random(1);

    for (let left = 60_000; left > 0; left -= 1) {
      expect(differences(anyNumber(random), anyOf(['', '7', '.5', 'e9', 's'], random))).to.deep.equal([]);
    }
  });

  it('reads any sum of numbers with their units as the reference does', () => {
    const random = new Random(2);

    for (let left = 60_000; left > 0; left -= 1) {
      expect(differences(anySum(random), anyOf(['', '7', 's', ' 5s', '\xb5s'], random))).to.deep.equal([]);
    }
  });

  it('reads texts of a mebibyte as the reference does', () => {
    const zeros = '0'.repeat(MEBIBYTE);
    const nines = '9'.repeat(MEBIBYTE);
    const numbers = [
      `${zeros}7.${zeros}`,
      `0.${nines}`,
      `0.${zeros}1e${MEBIBYTE + 1}`,
      nines,
      `1e-${nines}`,
      `1e${nines}`,
    ];
    const hostile = ['1', ' ', 'a', '1 ', '1h', '1.', '1e', '1e-', '\xc2\xb5', '1h 1m '].map(
      (piece) => `1${piece.repeat(MEBIBYTE / piece.length)}`,
    );

    for (const text of [...numbers, ...numbers.map((number) => `${number}h`), ...hostile]) {
      expect(differences(text).length, text.slice(0, 20)).to.equal(0);
    }
  });
});

/** Beside the sources: `tsc` copies no data into `dist`. */
const GOLDEN = new URL('../../../test/parsers/golden/text-duration.json', import.meta.url);
// the file is ours: its shape is known
const GOLDEN_MESSAGES = (JSON.parse(readFileSync(GOLDEN, 'utf8')) as { input: string }[]).map(({ input }) =>
  encodeText(input),
);

/** A message on which kernel and reference differ, with what they make of it; null where they agree. */
function difference(message: ByteString, around = ''): object | null {
  const expected = findTextDuration(message);
  const found = inKernel(message, around, exports.durationIn);
  return expected === found ? null : { message: message.slice(0, 200), around, expected, found };
}

/** Words that count and the bytes between them, in an order of chance. */
function anyMessage(random: Random): ByteString {
  const words = [...durationWords().keys()].filter((word) => random.below(8) === 0 || word.length < 3);
  const marks = [' ', ' ', ' ', '\t', ':', '=', '~', '(', '[', '_', '-', '.', ',', '/', "'", '%', ': ', '> ', '\xc3'];
  let message = '';
  for (let left = random.below(14); left > 0; left -= 1) {
    const word = anyOf([...words, 'in', 'after', 'took', 'time', 'completed', 'x', '/a', 'In', ' PT', ''], random);
    const spelt = anyOf([word, word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)], random);
    const value = random.below(3) === 0 ? anyOf(['5ms', '1.5s', '12', '7m', '1h 2m', '0.5', '3S', '4us'], random) : '';
    message += spelt + anyOf(marks, random) + value + anyOf(marks, random);
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
        expect(difference(mutate(message, GOLDEN_MESSAGES, random), anyOf(around, random))).to.equal(null);
      }
    }
  }).timeout(60_000);

  it('finds what the reference finds in any order of the words that count', () => {
    const random = new Random(4);
    let durations = 0;

    for (let left = 100_000; left > 0; left -= 1) {
      const message = anyMessage(random);
      expect(difference(message, anyOf(around, random))).to.equal(null);
      if (findTextDuration(message) !== null) durations += 1;
    }
    expect(durations).to.be.greaterThan(5000);
  }).timeout(60_000);

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
