import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { microsecondsOf, microsecondsOfText, UNITS, UNIT_WORDS } from '../../src/parsers/duration-value.js';
import { startKernel } from '../../src/scanner/kernel.js';
import { NONE } from '../../src/scanner/layout.js';
import { Random } from '../support/random.js';
import { KERNEL } from '../support/twins.js';

const MEBIBYTE = 1024 * 1024;
/** Bytes behind a text that the kernel may read. */
const SLACK_BYTES = 64;
const LONGEST_BYTES = 3 * MEBIBYTE;

const { exports } = startKernel(KERNEL, { formats: ['plain'], timezone: 'UTC', referenceAt: 0 });
const BUFFER_AT = exports.reserveBuffer(LONGEST_BYTES + SLACK_BYTES);

/** What the kernel makes of a text, with `behind` in the memory behind it; null for none. */
function inKernel(text: ByteString, behind: ByteString, read: (at: number, end: number) => number): number | null {
  const memory = new Uint8Array(exports.memory.buffer, BUFFER_AT);
  const all = text + behind;
  for (let index = 0; index < all.length; index += 1) memory[index] = all.charCodeAt(index);
  const durationUs = read(BUFFER_AT, BUFFER_AT + text.length);
  return durationUs === NONE ? null : durationUs;
}

/** Readings of one text on which kernel and reference differ. */
function differences(text: ByteString, behind = ''): unknown[] {
  const asText = inKernel(text, behind, (at, end) => exports.durationOf(at, end, NONE));
  const pairs = UNITS.map((unit, number) => {
    const found = inKernel(text, behind, (at, end) => exports.durationOf(at, end, number));
    return { text, behind, unit, expected: microsecondsOf(text, unit), found };
  });
  return [{ text, behind, unit: null, expected: microsecondsOfText(text), found: asText }, ...pairs].filter(
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
