import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_LINE_BYTES, SAMPLE_BYTES } from '../../src/parsers/line-limits.js';
import { LineScanner, type RawLine } from '../../src/threads/scan-lines.js';
import { memoryBytes } from '../support/memory-bytes.js';

const scanner = new LineScanner();

/** Reads a growing input. */
function wholeLinesOf(content: Buffer, maxReadBytes?: number) {
  const lines: RawLine[] = [];
  const bytes = memoryBytes(content, maxReadBytes);
  const range = { start: 0, end: content.length };
  const read = scanner.scan({ bytes, range, endPolicy: 'growing' }, (line) => lines.push(line));
  return { lines, read, tail: scanner.tail };
}

function linesOf(content: Buffer, range = { start: 0, end: content.length }, maxReadBytes?: number) {
  const lines: RawLine[] = [];
  const read = scanner.scan({ bytes: memoryBytes(content, maxReadBytes), range, endPolicy: 'final' }, (line) =>
    lines.push(line),
  );
  return { lines, read };
}

function line(offset: number, content: string, lengthBytes: number, nulBytes = 0): RawLine {
  return { offset, content, lengthBytes, nulBytes, isOversize: false };
}

describe('threads/scan-lines', () => {
  it('gives LF and CRLF lines, empty ones, and the last one without newline', () => {
    const { lines, read } = linesOf(Buffer.from('one\ntwo\r\n\nlast'));

    expect(lines).to.deep.equal([line(0, 'one', 4), line(4, 'two', 5), line(9, '', 1), line(10, 'last', 4)]);
    expect(read).to.deep.equal({ start: 0, end: 14 });
  });

  it('takes leading NULs off a line and counts them', () => {
    const { lines } = linesOf(Buffer.from('\0\0\0a\0b\n\0\0\n\0\0'));

    expect(lines).to.deep.equal([line(0, 'a\0b', 4, 3), line(7, '', 1, 2), line(10, '', 0, 2)]);
  });

  it('gives a line to the range in which its first byte lies', () => {
    const content = Buffer.from('aaa\nbbbbbbbb\nc\n');

    expect(linesOf(content, { start: 0, end: 4 }).lines).to.deep.equal([line(0, 'aaa', 4)]);
    expect(linesOf(content, { start: 4, end: 5 }).read).to.deep.equal({ start: 4, end: 13 });
    expect(linesOf(content, { start: 5, end: 13 })).to.deep.equal({ lines: [], read: { start: 13, end: 13 } });
    expect(linesOf(content, { start: 6, end: 15 }).lines).to.deep.equal([line(13, 'c', 2)]);
  });

  it('keeps the head of an over-long line only, and goes on behind it', () => {
    const long = 'x'.repeat(MAX_LINE_BYTES * 3 + 7);
    const { lines } = linesOf(Buffer.from(`a\n${long}\nb\n`));

    expect(lines).to.deep.equal([
      line(0, 'a', 2),
      { offset: 2, content: 'x'.repeat(SAMPLE_BYTES), lengthBytes: long.length + 1, nulBytes: 0, isOversize: true },
      line(long.length + 3, 'b', 2),
    ]);
  });

  it('draws the line of over-long at exactly the limit, wherever the blocks end', () => {
    for (const before of [0, 1, 5000, 262_143, 262_144]) {
      const head = `${'h'.repeat(before)}\n`;
      const fits = linesOf(Buffer.from(`${head}${'y'.repeat(MAX_LINE_BYTES)}\n`)).lines[1];
      const exceeds = linesOf(Buffer.from(`${head}${'y'.repeat(MAX_LINE_BYTES + 1)}\n`)).lines[1];

      expect([fits?.isOversize, fits?.content.length]).to.deep.equal([false, MAX_LINE_BYTES]);
      expect([exceeds?.isOversize, exceeds?.lengthBytes]).to.deep.equal([true, MAX_LINE_BYTES + 2]);
    }
  });

  it('skips a run of NUL that is longer than a line may be', () => {
    const { lines } = linesOf(Buffer.concat([Buffer.alloc(MAX_LINE_BYTES * 2), Buffer.from('end\n')]));

    expect(lines).to.deep.equal([line(0, 'end', 4, MAX_LINE_BYTES * 2)]);
  });

  it('leaves a last line without newline where the input grows, NULs at its head and over-long ones with it', () => {
    for (const rest of ['', 'r', '\0', '\0\0rest\r', 'x'.repeat(MAX_LINE_BYTES + 300_000)]) {
      for (const readBytes of [undefined, 100_000]) {
        const { lines, read, tail } = wholeLinesOf(Buffer.from(`one\ntwo\n${rest}`), readBytes);

        expect(lines).to.deep.equal([line(0, 'one', 4), line(4, 'two', 4)]);
        expect(read).to.deep.equal({ start: 0, end: 8 });
        expect(tail).to.equal('one\ntwo\n');
      }
    }
  });

  it('reads nothing of a growing input without newline', () => {
    expect(wholeLinesOf(Buffer.from('no end'))).to.deep.equal({ lines: [], read: { start: 0, end: 0 }, tail: '' });
  });

  it('gives the same lines for any split into ranges and any size of reads', () => {
    const pieces = fc.constantFrom('\n', '\r\n', '\0', 'a', 'bb ', 'long text of a line', '\0\0\n');
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 60 }),
        fc.array(fc.nat(400), { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, cuts, readBytes) => {
          const content = Buffer.from(parts.join(''));
          const inside = [...new Set(cuts.filter((cut) => cut > 0 && cut < content.length))].sort((a, b) => a - b);
          const edges = [0, ...inside, content.length];

          const split = edges
            .slice(1)
            .map((end, index) => linesOf(content, { start: edges[index] ?? 0, end }, readBytes));

          const whole = linesOf(content);
          expect(split.flatMap((part) => part.lines)).to.deep.equal(whole.lines);
          const read = split.map((part) => part.read).filter((range) => range.end > range.start);
          expect(read.map((range) => range.start).slice(1)).to.deep.equal(read.map((range) => range.end).slice(0, -1));
          expect(whole.lines.reduce((sum, each) => sum + each.lengthBytes + each.nulBytes, 0)).to.equal(content.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
