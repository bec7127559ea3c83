import { execFileSync } from 'node:child_process';
import { appendFileSync, fstatSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { expect } from 'chai';
import type { ChunkSpan } from '../../src/domain/chunk.js';
import { identityOf } from '../../src/sources/file-identity.js';
import { FileSource, type PlannedFile } from '../../src/sources/file-source.js';
import { useScratch } from '../support/scratch.js';

function cutAll(source: FileSource): ChunkSpan[] {
  const spans: ChunkSpan[] = [];
  for (let step = source.next(); step.type === 'chunk'; step = source.next()) spans.push(step.span);
  return spans;
}

function isOpen(descriptor: number): boolean {
  try {
    fstatSync(descriptor);
    return true;
  } catch {
    return false;
  }
}

describe('sources/file-source', () => {
  const { path, write, fifo } = useScratch();

  function planned(name: string): PlannedFile {
    const stats = statSync(path(name), { bigint: true });
    return { file: 3, path: path(name), sizeBytes: Number(stats.size), identity: identityOf(stats) };
  }

  function open(name: string, chunkBytes: number): FileSource {
    return new FileSource(planned(name), chunkBytes, openSync(path(name), 'r'));
  }

  it('cuts a file into equal ranges and a rest', () => {
    write('app.log', 'x'.repeat(10));

    const source = open('app.log', 4);

    expect(cutAll(source)).to.deep.equal([
      { file: 3, start: 0, end: 4, slot: null },
      { file: 3, start: 4, end: 8, slot: null },
      { file: 3, start: 8, end: 10, slot: null },
    ]);
    expect(source.next()).to.deep.equal({ type: 'drained' });
    source.close();
  });

  it('ends at the size that was planned, whatever is appended meanwhile', () => {
    write('app.log', 'x'.repeat(10));
    const source = open('app.log', 100);

    appendFileSync(path('app.log'), 'more');

    expect(cutAll(source)).to.deep.equal([{ file: 3, start: 0, end: 10, slot: null }]);
    source.close();
  });

  it('closes an empty file at once, and any other with its last settled byte, in whatever order', () => {
    write('empty.log', '');
    write('app.log', 'x'.repeat(10));
    const empty = openSync(path('empty.log'), 'r');

    expect(new FileSource(planned('empty.log'), 4, empty).next()).to.deep.equal({ type: 'drained' });
    expect(isOpen(empty)).to.equal(false);

    const descriptor = openSync(path('app.log'), 'r');
    const source = new FileSource(planned('app.log'), 4, descriptor);
    const [first, second, third] = cutAll(source);
    for (const span of [third, first]) if (span !== undefined) source.settle(span);
    expect(isOpen(descriptor)).to.equal(true);
    if (second !== undefined) source.settle(second);
    expect(isOpen(descriptor)).to.equal(false);
    expect(source.openDescriptor).to.equal(null);
  });

  it('opens a file that was closed meanwhile when its first chunk is due, and not before', () => {
    write('app.log', 'x'.repeat(10));
    const source = new FileSource(planned('app.log'), 10, null);

    expect(source.openDescriptor).to.equal(null);
    const spans = cutAll(source);
    expect(source.openDescriptor).not.to.equal(null);
    for (const span of spans) source.settle(span);
    expect([source.openDescriptor, source.failure]).to.deep.equal([null, null]);
  });

  const replacements: Record<string, readonly [() => void, string]> = {
    vanished: [() => rmSync(path('app.log')), 'it does not exist any more'],
    'was replaced by another file': [
      () => renameSync(write('other.log', 'y'.repeat(10)), path('app.log')),
      'it was replaced by another file meanwhile',
    ],
    'was replaced by a FIFO': [
      () => renameSync(fifo('pipe'), path('app.log')),
      'it was replaced by another file meanwhile',
    ],
  };
  for (const [what, [replace, why]] of Object.entries(replacements)) {
    it(`gives no chunk of a file that ${what} before it was opened again, and says why`, () => {
      write('app.log', 'x'.repeat(10));
      const source = new FileSource(planned('app.log'), 4, null);

      replace();

      expect(cutAll(source)).to.deep.equal([]);
      expect(source.failure?.message).to.equal(`Cannot read ${path('app.log')}: ${why}`);
      expect(source.openDescriptor).to.equal(null);
    });
  }

  it('cuts no more once stopped, and tells whether something was left', () => {
    write('app.log', 'x'.repeat(10));
    const whole = open('app.log', 10);
    const half = open('app.log', 5);
    whole.next();
    half.next();

    expect([whole.stop(), half.stop()]).to.deep.equal([false, true]);
    expect([whole.next(), half.next()]).to.deep.equal([{ type: 'drained' }, { type: 'drained' }]);
    whole.close();
    half.close();
  });

  it('gives chunks of a file beyond 4 GiB without reading it', () => {
    execFileSync('truncate', ['-s', '5G', path('sparse.log')]);

    const spans = cutAll(open('sparse.log', 1024 ** 3));

    expect(spans.map(({ start, end }) => end - start)).to.deep.equal(Array.from({ length: 5 }, () => 1024 ** 3));
    expect(spans.at(-1)?.end).to.equal(5 * 1024 ** 3);
  });
});
