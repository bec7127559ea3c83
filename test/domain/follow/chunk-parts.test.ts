import { expect } from 'chai';
import fc from 'fast-check';
import { ChunkParts } from '../../../src/domain/follow/chunk-parts.js';
import type { Fault } from '../../../src/domain/errors.js';

const FAULT: Fault = { code: 'MR_ERR_THREAD_EXIT', message: 'it died' };
const LINE_ENDS = [10, 17, 18, 40, 41, 75, 100] as const;

/** What is read of a part: the lines that begin in it. */
function readOf(start: number, end: number): { readFrom: number; readTo: number } {
  const starts = [0, ...LINE_ENDS.slice(0, -1)].filter((at) => at >= start && at < end);
  const last = starts.at(-1);
  if (last === undefined) return { readFrom: end, readTo: end };
  return { readFrom: starts[0] ?? 0, readTo: LINE_ENDS.find((at) => at > last) ?? 0 };
}

describe('domain/follow/chunk-parts', () => {
  it('put together what was read of any parts in any order, each once', () => {
    const anyCuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 12 });
    fc.assert(
      fc.property(anyCuts, fc.infiniteStream(fc.nat()), (cuts, order) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), 100];
        const ranges = edges.slice(1).map((end, index) => ({ start: edges[index] ?? 0, end }));
        const parts = new ChunkParts({ start: 0, end: 100 });
        const added: boolean[] = [];
        const rest = [...ranges];
        while (rest.length > 0) {
          const [range = { start: 0, end: 0 }] = rest.splice(order.next().value % rest.length, 1);
          expect(parts.isWhole).to.equal(false);
          added.push(parts.add(range, readOf(range.start, range.end)), !parts.add(range, readOf(0, 1)));
        }
        const pieces = parts.pieces() ?? [];
        const ends = pieces.flatMap((piece) => (piece.type === 'read' ? [piece.report.readTo] : []));

        expect([parts.isWhole, added.every(Boolean), ends.at(-1)]).to.deep.equal([true, true, 100]);
        expect(pieces.map((piece) => piece.type === 'read' && piece.report.readFrom)).to.deep.equal([
          0,
          ...ends.slice(0, -1),
        ]);
      }),
    );
  });

  it('know the line that was lost by what was read around it', () => {
    const parts = new ChunkParts({ start: 0, end: 100 });
    parts.add({ start: 0, end: 18 }, readOf(0, 18));
    parts.add({ start: 19, end: 100 }, readOf(19, 100));
    parts.addLost({ start: 18, end: 19 }, FAULT);

    expect(parts.pieces()).to.deep.equal([
      { type: 'read', report: { readFrom: 0, readTo: 18 } },
      { type: 'lost', range: { start: 18, end: 40 }, fault: FAULT },
      { type: 'read', report: { readFrom: 40, readTo: 100 } },
    ]);
  });

  it('know a last line that was lost', () => {
    const parts = new ChunkParts({ start: 0, end: 100 });
    parts.add({ start: 0, end: 75 }, readOf(0, 75));
    parts.addLost({ start: 75, end: 76 }, FAULT);
    parts.add({ start: 76, end: 100 }, readOf(76, 100));

    expect(parts.pieces()?.at(-1)).to.deep.equal({ type: 'lost', range: { start: 75, end: 100 }, fault: FAULT });
  });

  for (const [title, second] of [
    ['overlaps', { readFrom: 30, readTo: 100 }],
    ['leaves a gap', { readFrom: 41, readTo: 100 }],
    ['ends too early', { readFrom: 40, readTo: 75 }],
  ] as const) {
    it(`are nothing where what was read ${title}: the file changed meanwhile`, () => {
      const parts = new ChunkParts({ start: 0, end: 100 });
      parts.add({ start: 0, end: 20 }, { readFrom: 0, readTo: 40 });
      parts.add({ start: 20, end: 100 }, second);

      expect([parts.isWhole, parts.pieces()]).to.deep.equal([true, null]);
    });
  }
});
