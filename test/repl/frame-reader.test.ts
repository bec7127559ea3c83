import { expect } from 'chai';
import fc from 'fast-check';
import { FrameReader } from '../../src/repl/frame-reader.js';

describe('repl/frame-reader', () => {
  it('gives the lines of any text, however it arrives', () => {
    const anyLines = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, '')));
    fc.assert(
      fc.property(anyLines, fc.array(fc.nat()), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const reader = new FrameReader();
        const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const found = edges.slice(1).flatMap((end, index) => reader.push(bytes.subarray(edges[index], end)));

        expect(found).to.deep.equal(lines.filter((line) => line !== ''));
        expect(reader.isWithin).to.equal(false);
      }),
    );
  });

  it('takes the carriage return before a newline for a part of the end', () => {
    expect(new FrameReader().push(Buffer.from('a\r\nb\rc\n'))).to.deep.equal(['a', 'b\rc']);
  });

  it('tells once of a line that is too long, keeps none of it, and goes on behind it', () => {
    const reader = new FrameReader(4);
    const found = ['1234\n12', '345', '6789', '\nok\n12345\n', 'ab'].map((text) => reader.push(Buffer.from(text)));

    expect(found).to.deep.equal([['1234'], [null], [], ['ok', null], []]);
    expect(reader.isWithin).to.equal(true);
  });

  it('reads bytes that are no UTF-8', () => {
    expect(new FrameReader().push(Buffer.from([0x61, 0xff, 0x0a]))).to.deep.equal(['a\ufffd']);
  });
});
