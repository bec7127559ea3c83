import { closeSync, openSync, truncateSync } from 'node:fs';
import { expect } from 'chai';
import type { Chunk, StreamSlot } from '../../src/domain/chunk.js';
import { fileBytes, slotBytes } from '../../src/threads/chunk-bytes.js';
import type { ChunkBytes } from '../../src/threads/first-line.js';
import { planOf } from '../support/plan-of.js';
import { useScratch } from '../support/scratch.js';

const CHUNK: Chunk = { id: 'c', file: 0, start: 4, end: 8, slot: null };

/** All bytes of `[start, end)`, read in pieces of `step`. */
function readAll(bytes: ChunkBytes, step: number): string {
  const target = Buffer.alloc(step);
  let text = '';
  for (let position = bytes.start; position < bytes.end; ) {
    const count = bytes.read(target, position, Math.min(step, bytes.end - position));
    text += target.toString('latin1', 0, count);
    position += count;
  }
  return text;
}

function slotOf(content: string, slot: Partial<StreamSlot>): ChunkBytes {
  const buffer = new SharedArrayBuffer(32);
  new Uint8Array(buffer).set(Buffer.from(content));
  return slotBytes(buffer, {
    index: 0,
    offset: 100,
    nulBytes: 0,
    lengthBytes: content.length,
    spilledBytes: 0,
    isSpillTerminated: false,
    ...slot,
  });
}

describe('threads/chunk-bytes', () => {
  describe('of a file', () => {
    const { path, write } = useScratch();
    let descriptor = -1;

    function open(content: string, flags = 'r'): ChunkBytes {
      descriptor = openSync(write('app.log', content), flags);
      return fileBytes(descriptor, planOf({ path: path('app.log'), sizeBytes: 10 }), CHUNK);
    }

    afterEach(() => closeSync(descriptor));

    it('are those up to the size that was planned, and none that were appended', () => {
      const bytes = open('0123456789, and more');

      expect([bytes.start, bytes.end]).to.deep.equal([0, 10]);
      expect(readAll(bytes, 3)).to.equal('0123456789');
    });

    it('are missed where the file became shorter', () => {
      const bytes = open('0123456789');

      truncateSync(path('app.log'), 6);

      expect(() => readAll(bytes, 3))
        .to.throw(`${path('app.log')} became shorter while it was read: no bytes left in [6, 10)`)
        .with.property('code', 'MR_ERR_CHUNK_SHORT');
    });

    it('are refused with the chunk where they cannot be read', () => {
      const bytes = open('0123456789', 'a'); // a descriptor to write only

      expect(() => readAll(bytes, 3))
        .to.throw(`Cannot read ${path('app.log')} [4, 8)`)
        .with.property('code', 'MR_ERR_CHUNK_READ');
    });
  });

  describe('of a slot', () => {
    for (const step of [1, 2, 5, 100]) {
      it(`are what the stream gave, its dropped bytes made up, in reads of ${step}`, () => {
        expect(readAll(slotOf('one\ntwo\n', {}), step)).to.equal('one\ntwo\n');
        expect(readAll(slotOf('one\n', { nulBytes: 3 }), step)).to.equal('\0\0\0one\n');
        expect(readAll(slotOf('long', { spilledBytes: 4 }), step)).to.equal('longxxxx');
        expect(readAll(slotOf('long', { spilledBytes: 4, isSpillTerminated: true }), step)).to.equal('longxxx\n');
        expect(readAll(slotOf('', { nulBytes: 2 }), step)).to.equal('\0\0');
      });
    }

    it('lie at their place in the stream', () => {
      const bytes = slotOf('one\n', { nulBytes: 3, spilledBytes: 5 });

      expect([bytes.start, bytes.end]).to.deep.equal([100, 112]);
    });
  });
});
