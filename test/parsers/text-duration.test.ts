import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { encodeText } from '../../src/domain/byte-string.js';
import { CueMemo } from '../../src/parsers/cue-memo.js';
import { findTextDuration } from '../../src/parsers/text-duration.js';

interface GoldenCase {
  readonly name: string;
  readonly input: string;
  /** Microseconds. */
  readonly expected: number | null;
}

/** Beside the sources: `tsc` copies no data into `dist`. */
const GOLDEN = new URL('../../../test/parsers/golden/text-duration.json', import.meta.url);
const MEBIBYTE = 1024 * 1024;

const anyPiece = fc.oneof(
  fc.constantFrom(
    'in',
    'took',
    'after',
    'time',
    'duration_ms',
    'retry',
    'completed',
    'will',
    'PT',
    'm',
    'ms',
    's',
    'h',
  ),
  fc.constantFrom(
    ' ',
    '\t',
    ':',
    '=',
    '~',
    '(',
    '_',
    '-',
    '.',
    ',',
    '/',
    "'",
    '1',
    '2.5',
    '0',
    '999999999999999',
    'e9',
  ),
  fc.nat(255).map((byte) => String.fromCharCode(byte)),
);
const anyMessage = fc.array(anyPiece, { maxLength: 24 }).map((pieces) => pieces.join(''));

describe('parsers/text-duration', () => {
  // the file is ours: its shape is known
  for (const { name, input, expected } of JSON.parse(readFileSync(GOLDEN, 'utf8')) as GoldenCase[]) {
    it(`${name}: "${input}"`, () => {
      expect(findTextDuration(encodeText(input))).to.equal(expected);
    });
  }

  it('reads a message that begins within a line, and nothing before it', () => {
    const line = '2024-01-24 10:15:32 took 9s will end in 5ms, took 7ms';

    expect(
      ['took', 'will', 'in ', '5ms', 'ms,'].map((word) => findTextDuration(line, line.indexOf(word))),
    ).to.deep.equal([9_000_000, 7000, 5000, 7000, 7000]);
    expect(findTextDuration(line, line.length)).to.equal(null);
  });

  it('never throws, and gives a whole number of microseconds or null', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(10), (message, from) => {
        const us = findTextDuration(message, from);

        expect(us === null || (Number.isSafeInteger(us) && us >= 0)).to.equal(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('finds the same in a part of a line as in the part alone', () => {
    fc.assert(
      fc.property(anyMessage, anyMessage, (before, message) => {
        expect(findTextDuration(before + message, before.length)).to.equal(findTextDuration(message));
      }),
      { numRuns: 5000 },
    );
  });

  it('finds the same with a memory of the templates that it saw before', () => {
    const memo = new CueMemo();
    const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as readonly GoldenCase[];
    const inputs = golden.map(({ input }) => encodeText(input));

    for (const input of [...inputs, ...inputs]) {
      expect(findTextDuration(input, 0, memo), input).to.equal(findTextDuration(input));
    }
    fc.assert(
      fc.property(anyMessage, (text) => {
        expect(findTextDuration(text, 0, memo)).to.equal(findTextDuration(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not care for the case of words, except of units and of a first word', () => {
    for (const message of [
      'request TOOK 5ms',
      'Duration_MS=5',
      'ELAPSED: 5ms',
      'PROCESSED IN 5ms',
      'Completed AFTER 5ms',
    ]) {
      expect(findTextDuration(message), message).to.equal(5000);
    }
  });

  // each makes every byte a part of something that might be read again and again
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
  for (const piece of [runs, nouns, clauses].flat()) {
    it(`comes to an end for a mebibyte of ${JSON.stringify(piece)}`, () => {
      const message = piece.repeat(MEBIBYTE / piece.length);

      expect(findTextDuration(message)).to.equal(null);
      expect(findTextDuration(`${message} took 5ms`)).to.equal(5000);
    });
  }
});
