import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { ChunkSpan } from '../../src/domain/chunk.js';
import { discover } from '../../src/sources/discover.js';
import { JobSource } from '../../src/sources/job-source.js';
import { planJob, seedOf } from '../../src/sources/plan-job.js';
import { useScratch } from '../support/scratch.js';

const PLAN = { formats: ['plain'], timezone: 'UTC', startedAt: 0 };

/** Takes and settles chunks until the source is drained, waiting where it waits. */
async function drain(source: JobSource): Promise<ChunkSpan[]> {
  const spans: ChunkSpan[] = [];
  for (;;) {
    const ready = new Promise<void>((resolve) => source.onReady(resolve));
    for (let step = source.next(); ; step = source.next()) {
      if (step.type === 'drained') return spans;
      if (step.type === 'waiting') break;
      spans.push(step.span);
      source.settle(step.span);
    }
    await ready;
  }
}

describe('sources/job-source', () => {
  const { path, write, fifo } = useScratch();

  function openJob(names: readonly string[], chunkBytes = 10): JobSource {
    return new JobSource(planJob(discover(names.map((name) => path(name))), PLAN), { chunkBytes, slots: 2 });
  }

  it('gives the chunks of the files one after another, and closes them', async () => {
    write('a.log', 'x'.repeat(15));
    write('b.log', '');
    write('c.log', 'x'.repeat(5));
    const source = openJob(['']);

    const spans = await drain(source);

    expect(spans.map(({ file, start, end }) => [file, start, end])).to.deep.equal([
      [0, 0, 10],
      [0, 10, 15],
      [2, 0, 5],
    ]);
    expect(source.sizes()).to.deep.equal([15, 0, 5]);
    expect(source.totalBytes()).to.equal(20);
    expect([0, 1, 2].map((file) => source.descriptorOf(file))).to.deep.equal([null, null, null]);
    expect(source.slots).to.deep.equal([]);
  });

  it('gives every byte of more files than may be open', async () => {
    for (let index = 0; index < 600; index += 1) write(`${index}.log`, 'x'.repeat(index % 7));
    const source = openJob(['']);

    const spans = await drain(source);

    expect(spans.reduce((sum, { start, end }) => sum + end - start, 0)).to.equal(
      source.sizes().reduce((sum, size) => sum + size, 0),
    );
    expect(source.failures()).to.deep.equal([]);
  });

  it('says what vanished behind the 256 files that stay open', async () => {
    for (let index = 0; index < 300; index += 1) write(`${String(index).padStart(3, '0')}.log`, 'x');
    const source = openJob(['']);

    rmSync(path('299.log'));
    rmSync(path('000.log'));
    const spans = await drain(source);

    expect(spans).to.have.length(299);
    expect(source.failures().map((failed) => failed.error.message)).to.deep.equal([
      `Cannot read ${path('299.log')}: it does not exist any more`,
    ]);
  });

  it('does not let a silent stream hold up the files, and ends when both end', async () => {
    fifo('a.pipe');
    write('b.log', 'x'.repeat(10));
    const source = openJob(['a.pipe', 'b.log']);
    source.start();
    const writer = openSync(path('a.pipe'), 'r+');

    const step = source.next();
    expect(step.type === 'chunk' && step.span.file).to.equal(1);
    expect(source.next()).to.deep.equal({ type: 'waiting' });
    expect(source.totalBytes()).to.equal(null);

    writeSync(writer, 'one\ntwo\n');
    closeSync(writer);
    const spans = await drain(source);
    expect(spans.map(({ file, start, end }) => [file, start, end])).to.deep.equal([[0, 0, 8]]);
    expect(source.sizes()).to.deep.equal([8, 10]);
    expect(source.planOf(0).seed).to.equal(seedOf(Buffer.from('one\ntwo\n')));
    source.close();
  });

  it('once stopped, gives the whole lines that came until then', async () => {
    fifo('a.pipe');
    write('b.log', 'x'.repeat(100));
    const source = openJob(['a.pipe', 'b.log'], 60);
    source.start();
    const writer = openSync(path('a.pipe'), 'r+');
    const arrived = new Promise<void>((resolve) => source.onReady(resolve));
    source.next();
    await Promise.all([writeFile(path('a.pipe'), `${'line of a stream\n'.repeat(4000)}ha`), arrived]);

    source.stop();
    const spans = await drain(source);
    closeSync(writer);

    const read = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(spans.every(({ file }) => file === 0)).to.equal(true);
    expect([source.sizes()[0], (source.sizes()[0] ?? 1) % 17]).to.deep.equal([read, 0]);
    expect([source.isPartial, source.failures()]).to.deep.equal([true, []]);
    source.close();
  });

  it('is not partial where all was read before it was stopped', async () => {
    write('a.log', 'x');
    const source = openJob(['a.log']);

    await drain(source);
    source.stop();

    expect(source.isPartial).to.equal(false);
  });

  it('says of a stream that is gone before it is opened that it cannot be read', async () => {
    fifo('pipe');
    const source = openJob(['pipe']);
    rmSync(path('pipe'));

    source.start();
    await drain(source);

    expect(source.failures().map(({ error }) => error.message)).to.deep.equal([
      `Cannot read ${path('pipe')}: it does not exist any more`,
    ]);
  });

  it('knows no file beyond its own', () => {
    write('a.log', 'x');
    const source = openJob(['a.log']);

    expect(() => source.planOf(1)).to.throw(RangeError, 'No file 1 in this job');
    source.close();
  });
});
