import { expect } from 'chai';
import type { ByteString } from '../../../src/domain/byte-string.js';
import { microsecondsOf, microsecondsOfText, UNITS, UNIT_WORDS } from '../../../src/parsers/duration-value.js';
import { NONE } from '../../../src/scanner/layout.js';
import { kernel, MEBIBYTE, orNull, place } from '../../support/kernel-texts.js';
import { Random } from '../../support/random.js';

/** Readings of one text on which kernel and reference differ. */
function differences(text: ByteString, around = ''): unknown[] {
  const [at, end] = place(text, around);
  const ofUnits = UNITS.map((unit, number) => {
    const found = orNull(kernel.durationOf(at, end, number));
    return { text, around, unit, expected: microsecondsOf(text, unit), found };
  });
  const found = orNull(kernel.durationOf(at, end, NONE));
  const ofText = { text, around, unit: null, expected: microsecondsOfText(text), found };
  return [ofText, ...ofUnits].filter((reading) => reading.expected !== reading.found);
}

function anyText(pieces: readonly ByteString[], maxPieces: number, random: Random): ByteString {
  let text = '';
  for (let left = random.below(maxPieces + 1); left > 0; left -= 1) text += random.oneOf(pieces);
  return text;
}

/** `12345`, `0.00012e+3`: mostly numbers, of which one in eight is damaged. */
function anyNumber(random: Random): ByteString {
  const digits = (): ByteString => anyText(['0', '0', '1', '4', '5', '9', '9', '49', '007199254740991'], 9, random);
  const fraction = random.below(2) === 0 ? '' : `.${digits()}`;
  const exponent = random.below(3) > 0 ? '' : `${random.oneOf(['e', 'E'])}${random.oneOf(['', '+', '-'])}`;
  const number = `${digits()}${fraction}${exponent}${exponent === '' ? '' : random.below(30)}`;
  const at = random.below(number.length + 1);
  return random.below(8) > 0
    ? number
    : number.slice(0, at) + random.oneOf(['.', 'e', '-', ' ', ',', '\xb5']) + number.slice(at);
}

/** A sum of parts in any units, with and without what separates them. */
function anySum(random: Random): ByteString {
  const words = [...UNIT_WORDS.keys(), 'S', 'M', 'H', 'MS', 'x', '\xc2', 'millisecondss', ''];
  let text = random.oneOf(['', '', '', 'PT', ' ']);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    text +=
      anyNumber(random) + random.oneOf(['', '', ' ', '\t ']) + random.oneOf(words) + random.oneOf(['', '', ' ', ',']);
  }
  return text;
}

describe('scanner/assembly/duration-value', () => {
  it('reads any number of any unit as the reference does', () => {
    const random = new Random(1);

    for (let left = 40_000; left > 0; left -= 1) {
      expect(differences(anyNumber(random), random.oneOf(['', '7', '.5', 'e9', 's']))).to.deep.equal([]);
    }
  });

  it('reads any sum of numbers with their units as the reference does', () => {
    const random = new Random(2);

    for (let left = 40_000; left > 0; left -= 1) {
      expect(differences(anySum(random), random.oneOf(['', '7', 's', ' 5s', '\xb5s']))).to.deep.equal([]);
    }
  });

  it('reads on behind whole milliseconds where the reference does', () => {
    for (const text of [
      '5ms',
      '5ms 30us',
      '5ms  30us',
      '5ms\t30us',
      '5ms30us',
      '5ms 30',
      '5ms 1s',
      '999999999ms 1ns',
    ]) {
      expect(differences(text)).to.deep.equal([]);
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
