import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { expect } from 'chai';
import { PipeReader } from '../../src/sources/pipe-reader.js';
import { useScratch } from '../support/scratch.js';

describe('sources/pipe-reader', () => {
  const { path, write, fifo } = useScratch();

  function openFifo(): PipeReader {
    return new PipeReader(openSync(path('pipe'), constants.O_RDONLY | constants.O_NONBLOCK));
  }

  it('gives every byte once, in one buffer that it uses again', async () => {
    const content = Buffer.from(Array.from({ length: 400_000 }, (_, index) => `${index}\n`).join(''));
    write('content', content);
    fifo('pipe');
    const reader = openFifo();
    spawn('sh', ['-c', 'cat "$0" > "$1"', path('content'), path('pipe')]);
    const blocks: Buffer[] = [];
    const memories = new Set<ArrayBufferLike>();

    for await (const block of reader) {
      blocks.push(Buffer.from(block));
      memories.add(block.buffer);
    }

    expect(Buffer.concat(blocks).equals(content)).to.equal(true);
    expect(memories.size).to.equal(1);
  });

  it('waits for a writer, and ends when it is destroyed before one came', async () => {
    fifo('pipe');
    const reader = openFifo();
    const blocks: Buffer[] = [];
    const isRead = (async () => {
      for await (const block of reader) blocks.push(block);
    })();

    reader.destroy();
    await isRead;

    expect(blocks).to.deep.equal([]);
  });

  it('refuses a descriptor that is no pipe and no socket', () => {
    const descriptor = openSync(path(), constants.O_RDONLY);

    expect(() => new PipeReader(descriptor)).to.throw(TypeError);
    closeSync(descriptor);
  });
});
