import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../../src/domain/byte-reader.js';
import { ByteWriter } from '../../src/domain/byte-writer.js';
import { MillraceError } from '../../src/domain/errors.js';

const anyByteString = fc.array(fc.nat(255), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes));

describe('domain/byte-writer and domain/byte-reader', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), anyByteString, fc.string({ unit: 'grapheme' }), (numbers, bytes, text) => {
        const writer = new ByteWriter();
        for (const number of numbers) writer.varint(number);
        writer.byteString(bytes);
        writer.text(text);
        const reader = new ByteReader(writer.finish());

        expect(numbers.map(() => reader.varint())).to.deep.equal(numbers);
        expect(reader.byteString(40)).to.equal(bytes);
        expect(reader.text(4096)).to.equal(text);
        reader.end();
      }),
    );
  });

  it('shares nothing between writers, those at work and those that have finished', () => {
    for (const length of [300, 5, 70_000]) {
      const [outer, inner] = [new ByteWriter(), new ByteWriter()];
      outer.byteString('o'.repeat(length));
      inner.byteString('i'.repeat(length));
      outer.raw(inner.finish());
      const finished = outer.finish();
      const next = new ByteWriter();
      next.byteString('n'.repeat(length));
      outer.byteString('again');

      const reader = new ByteReader(finished);
      expect(reader.byteString(length)).to.equal('o'.repeat(length));
      expect(reader.byteString(length)).to.equal('i'.repeat(length));
      expect(new ByteReader(next.finish()).byteString(length)).to.equal('n'.repeat(length));
      expect(new ByteReader(outer.finish()).byteString(5)).to.equal('again');
    }
  });

  const numbers = [
    { number: 0, bytes: [0] },
    { number: 127, bytes: [127] },
    { number: 128, bytes: [128, 1] },
    { number: 2 ** 31, bytes: [128, 128, 128, 128, 8] },
    { number: 2 ** 32 + 1, bytes: [129, 128, 128, 128, 16] },
    { number: Number.MAX_SAFE_INTEGER, bytes: [255, 255, 255, 255, 255, 255, 255, 15] },
  ];
  for (const { number, bytes } of numbers) {
    it(`writes ${number} as ${bytes.length} bytes`, () => {
      const writer = new ByteWriter();
      writer.varint(number);
      expect([...writer.finish()]).to.deep.equal(bytes);
    });
  }

  for (const number of [-1, 0.5, Number.NaN, 2 ** 53]) {
    it(`does not write ${number}`, () => {
      expect(() => new ByteWriter().varint(number)).to.throw(RangeError, `Not a count: ${number}`);
    });
  }

  const refused: { title: string; bytes: number[]; read: (reader: ByteReader) => unknown; message: string }[] = [
    { title: 'the end', bytes: [], read: (r) => r.byte(), message: 'it ends too early' },
    { title: 'a cut number', bytes: [255], read: (r) => r.varint(), message: 'it ends too early' },
    { title: 'a padded number', bytes: [129, 0], read: (r) => r.varint(), message: 'shortest form' },
    {
      title: 'a number of 2^53',
      bytes: [128, 128, 128, 128, 128, 128, 128, 16],
      read: (r) => r.varint(),
      message: 'beyond 2^53',
    },
    {
      title: 'a number without end',
      bytes: Array.from({ length: 20 }, () => 255),
      read: (r) => r.varint(),
      message: 'beyond 2^53',
    },
    { title: 'a number above its limit', bytes: [9], read: (r) => r.varint(8), message: 'at most 8' },
    { title: 'an empty cell', bytes: [0], read: (r) => r.positive(), message: 'a cell is empty' },
    { title: 'more items than fit', bytes: [3, 1, 1], read: (r) => r.length(1, 100), message: 'too short for 3 items' },
    { title: 'more items than allowed', bytes: [3, 1, 1], read: (r) => r.length(0, 2), message: 'at most 2' },
    { title: 'a text that is cut', bytes: [3, 65, 65], read: (r) => r.byteString(9), message: 'it ends too early' },
    { title: 'a text that is no UTF-8', bytes: [1, 255], read: (r) => r.text(9), message: 'not valid UTF-8' },
    { title: 'what follows the end', bytes: [1], read: (r) => r.end(), message: '1 bytes follow its end' },
  ];
  for (const { title, bytes, read, message } of refused) {
    it(`refuses ${title}`, () => {
      expect(() => read(new ByteReader(Uint8Array.from(bytes)))).to.throw(MillraceError, message);
    });
  }
});
