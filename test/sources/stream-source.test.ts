import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import type { ChunkSpan } from '../../src/domain/chunk.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { SlotRing } from '../../src/sources/slot-ring.js';
import { slotBytesFor, StreamSource } from '../../src/sources/stream-source.js';
import { slotBytes } from '../../src/threads/chunk-bytes.js';
import { LineScanner, type RawLine } from '../../src/threads/scan-lines.js';
import { memoryBytes } from '../support/memory-bytes.js';

const scanner = new LineScanner();

/** Reads a stream in `blocks` to its end and scans each chunk as a thread would, freeing its slot at once. */
async function scanStream(blocks: readonly Buffer[], chunkBytes: number, slots = 2) {
  const ring = new SlotRing(slots, slotBytesFor(chunkBytes));
  const source = new StreamSource(ring, { file: 0, path: '-', chunkBytes, onHead: () => undefined });
  const lines: RawLine[] = [];
  const spans: ChunkSpan[] = [];
  const drain = (): void => {
    for (let step = source.next(); step.type === 'chunk'; step = source.next()) {
      const { span } = step;
      const buffer = span.slot === null ? undefined : ring.buffers[span.slot.index];
      if (span.slot === null || buffer === undefined) throw new Error('a chunk of a stream lies in a slot');
      scanner.scan({ bytes: slotBytes(buffer, span.slot), range: span, endPolicy: 'final' }, (line) =>
        lines.push(line),
      );
      spans.push(span);
      source.settle(span);
    }
  };
  source.onReady(() => setImmediate(drain));
  await source.run(() => Readable.from(blocks));
  drain();
  return { lines, spans, source };
}

function linesOfFile(content: Buffer): RawLine[] {
  const lines: RawLine[] = [];
  scanner.scan({ bytes: memoryBytes(content), range: { start: 0, end: content.length }, endPolicy: 'final' }, (line) =>
    lines.push(line),
  );
  return lines;
}

function inBlocks(content: Buffer, blockBytes: number): Buffer[] {
  const count = Math.ceil(content.length / blockBytes);
  return Array.from({ length: count }, (_, index) => content.subarray(index * blockBytes, (index + 1) * blockBytes));
}

describe('sources/stream-source', () => {
  it('gives the lines that a file with the same bytes gives, however they arrive', async () => {
    const pieces = fc.constantFrom('\n', '\r\n', '\0', 'a', 'some words', '\0\0\n', 'end\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces, { maxLength: 80 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        async (parts, blockBytes, chunkBytes) => {
          const content = Buffer.from(parts.join(''));

          const { lines, spans, source } = await scanStream(inBlocks(content, blockBytes), chunkBytes);

          expect(lines).to.deep.equal(linesOfFile(content));
          expect(source.sizeBytes).to.equal(content.length);
          expect(spans.map(({ start }) => start)).to.deep.equal(
            [0, ...spans.map(({ end }) => end)].slice(0, spans.length),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts over-long lines and long runs of NUL without holding them', async () => {
    const content = Buffer.concat([
      Buffer.from('first\n'),
      Buffer.alloc(MAX_LINE_BYTES * 3, 'y'),
      Buffer.from('\nsecond\n'),
      Buffer.alloc(MAX_LINE_BYTES * 2),
      Buffer.from('third\n'),
      Buffer.alloc(MAX_LINE_BYTES + 5, 'z'),
    ]);

    for (const chunkBytes of [10, 64 * 1024, 4 * 1024 * 1024]) {
      const { lines, source } = await scanStream(inBlocks(content, 65_536), chunkBytes);

      expect(source.sizeBytes).to.equal(content.length);
      expect(
        lines.map(({ offset, lengthBytes, nulBytes, isOversize }) => ({ offset, lengthBytes, nulBytes, isOversize })),
      ).to.deep.equal(
        linesOfFile(content).map(({ offset, lengthBytes, nulBytes, isOversize }) => ({
          offset,
          lengthBytes,
          nulBytes,
          isOversize,
        })),
      );
    }
  });

  it('stops reading while every slot is in use', async () => {
    const ring = new SlotRing(2, slotBytesFor(100));
    const source = new StreamSource(ring, { file: 0, path: '-', chunkBytes: 100, onHead: () => undefined });
    let blocksRead = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (; blocksRead < 1000; blocksRead += 1) yield Buffer.from(`${'line '.repeat(30)}\n`.repeat(700));
    }

    const finished = source.run(() => Readable.from(endless(), { highWaterMark: 1 }));
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));

    expect(blocksRead).to.be.lessThan(20);
    const settle = (): void => {
      for (let step = source.next(); step.type === 'chunk'; step = source.next()) source.settle(step.span);
    };
    source.onReady(settle);
    settle();
    await finished;
    settle();
    expect(blocksRead).to.equal(1000);
    expect(source.sizeBytes).to.equal(1000 * 700 * 151);
  });

  it('reports a stream that is no text, and one that fails, with what was read until then', async () => {
    const binary = await scanStream([Buffer.from([0x1f, 0x8b, 8, 0])], 100);
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${'x'.repeat(70_000)}\n`);
      throw Object.assign(new Error('i/o'), { code: 'EIO' });
    }
    const ring = new SlotRing(2, slotBytesFor(100));
    const broken = new StreamSource(ring, { file: 0, path: 'pipe', chunkBytes: 100, onHead: () => undefined });
    await broken.run(() => Readable.from(failing()));

    expect(binary.source.failure?.code).to.equal('MR_ERR_INPUT_BINARY');
    expect(broken.failure?.message).to.equal('Cannot read pipe: input/output error');
    expect(broken.sizeBytes).to.equal(70_001);
  });

  for (const [what, sent, kept] of [
    ['half a line', 'whole\nhal', 6],
    ['a run of NUL', 'whole\n\0\0\0', 6],
    ['an over-long line', `whole\n${'z'.repeat(MAX_LINE_BYTES * 2)}`, 6],
    ['nothing but half a line', 'hal', 0],
    ['nothing at all', '', 0],
  ] as const) {
    it(`once stopped in the middle of ${what}, gives the whole lines before it`, async () => {
      const ring = new SlotRing(2, slotBytesFor(100));
      const source = new StreamSource(ring, { file: 0, path: 'pipe', chunkBytes: 100, onHead: () => undefined });
      const input = new PassThrough();
      input.write(sent);

      const finished = source.run(() => input);
      await new Promise((resolve) => setImmediate(resolve));
      const wasStopped = source.stop();
      await finished;

      expect([wasStopped, source.sizeBytes, source.failure]).to.deep.equal([true, kept, null]);
      expect(source.next().type).to.equal(kept > 0 ? 'chunk' : 'drained');
      expect(source.next().type).to.equal('drained');
    });
  }
});
