import { expect } from 'chai';
import fc from 'fast-check';
import { abandonedResult, type ChunkResult } from '../../src/domain/store/chunk-result.js';
import { MillraceError } from '../../src/domain/errors.js';
import { failureOf } from '../support/failure-of.js';
import { inMode } from '../support/long-mode.js';
import { useScratch } from '../support/scratch.js';
import {
  commit,
  commitFirst,
  contentOf,
  durationsOf,
  generationOf,
  NOON,
  plainWindow,
  resultOf,
  streamOf,
  useStores,
  windowOf,
} from '../support/stored.js';

describe('store/sqlite-store', () => {
  const { path } = useScratch();
  const { take, open, fresh } = useStores();

  describe('streams', () => {
    it('come back as they were committed, to the bit, after an orderly stop', () => {
      const state = take(path('state'));
      const first = open(state).store;
      const stream = streamOf('a', { path: '/logs/\xff\xfe and \xc3\xa4 \x00.log', state: 'final', kind: 'gzip' });
      const generation = generationOf('a', { base: 7, marker: '\x00\xff', head: '\xfe\x00', plan: '{"zone":"UTC"}' });
      commit(first, { streams: [stream], generations: [generation], chunks: [resultOf('a', 20, 30)] });
      first.close();

      const stored = {
        ...generation,
        offset: 7,
        frontier: [{ start: 20, end: 30 }],
        counts: resultOf('a', 20, 30).counts,
      };
      expect(open(state).store.streams()).to.deep.equal([{ ...stream, generations: [stored] }]);
    });

    it('are told in the order of their ids, each with its own generations', () => {
      const store = fresh(path('state'));
      const streams = ['b', 'a'].map((id) => streamOf(id));
      const generations = [
        generationOf('a', { generation: 2 }),
        generationOf('b'),
        generationOf('a', { closedAt: NOON }),
      ];
      commit(store, { streams, generations });

      const told = store.streams().map(({ id, generations: own }) => [id, own.map(({ generation }) => generation)]);
      expect(told).to.deep.equal([
        ['a', [1, 2]],
        ['b', [1]],
      ]);
    });

    it('keep offset, marker and base of a generation that is told again, and take its head and plan over', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      commit(store, { chunks: [resultOf('a', 0, 10)] });
      commit(store, {
        generations: [generationOf('a', { base: 99, marker: 'other', head: 'line', plan: '[]', closedAt: 5 })],
      });

      const [stored] = store.streams()[0]?.generations ?? [];
      const expected = {
        ...generationOf('a', { head: 'line', plan: '[]', closedAt: 5, marker: 'before 10' }),
        offset: 10,
      };
      expect(stored).to.deep.equal({ ...expected, frontier: [], counts: resultOf('a', 0, 10).counts });
    });
  });

  describe('results of chunks', () => {
    it('move the offset and the marker over all that follow without a gap', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      const seen = [resultOf('a', 20, 30), resultOf('a', 30, 40), resultOf('a', 50, 60), resultOf('a', 0, 20)].map(
        (chunk) => {
          commit(store, { chunks: [chunk] });
          const generation = store.streams()[0]?.generations[0];
          return [generation?.offset, generation?.marker, generation?.frontier.map(({ start, end }) => [start, end])];
        },
      );

      expect(seen).to.deep.equal([
        [0, '', [[20, 30]]],
        [
          0,
          '',
          [
            [20, 30],
            [30, 40],
          ],
        ],
        [
          0,
          '',
          [
            [20, 30],
            [30, 40],
            [50, 60],
          ],
        ],
        [40, 'before 40', [[50, 60]]],
      ]);
    });

    const known = [resultOf('a', 0, 10), resultOf('a', 10, 20), resultOf('a', 30, 40)];
    const cases = [
      { title: 'the same again behind the offset', chunk: resultOf('a', 30, 40), outcome: 'known' },
      { title: 'a part of what is counted', chunk: resultOf('a', 12, 18), outcome: 'known' },
      { title: 'parts of two chunks', chunk: resultOf('a', 5, 15), outcome: 'known' },
      { title: 'a part within the frontier', chunk: resultOf('a', 32, 40), outcome: 'known' },
      { title: 'no bytes', chunk: resultOf('a', 25, 25), outcome: 'known' },
      { title: 'bytes across the offset', chunk: resultOf('a', 15, 25), outcome: 'overlaps' },
      { title: 'bytes from the offset into the frontier', chunk: resultOf('a', 20, 31), outcome: 'overlaps' },
      { title: 'bytes around the frontier', chunk: resultOf('a', 25, 50), outcome: 'overlaps' },
      { title: 'bytes of all kinds', chunk: resultOf('a', 10, 40), outcome: 'overlaps' },
      { title: 'what is owed', chunk: resultOf('a', 20, 30), outcome: 'counted' },
      { title: 'a generation that is not known', chunk: resultOf('a', 0, 10, { generation: 2 }), outcome: 'unknown' },
      { title: 'a stream that is not known', chunk: resultOf('b', 0, 10), outcome: 'unknown' },
    ] as const;
    for (const { title, chunk, outcome } of cases) {
      it(`are ${outcome} with ${title}, and change what they must`, () => {
        const store = fresh(path('state'));
        commitFirst(store);
        commit(store, { chunks: known });
        const before = contentOf(store);

        expect(commit(store, { chunks: [chunk] })).to.deep.equal([outcome]);
        if (outcome === 'counted') expect(contentOf(store)).to.not.deep.equal(before);
        else expect(contentOf(store)).to.deep.equal(before);
      });
    }

    it('are a bug where their bytes do not add up, and then nothing of the batch is kept', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      const before = contentOf(store);
      const wrong = resultOf('a', 10, 20, { counts: new Map([['emptyBytes', 9]]) });

      expect(() => commit(store, { chunks: [resultOf('a', 0, 10), wrong] })).to.throw(RangeError, '9 bytes');
      expect(contentOf(store)).to.deep.equal(before);
      expect(commit(store, { chunks: [resultOf('a', 0, 10)] })).to.deep.equal(['counted']);
    });

    it('that were given up are consumed, and the gap stays in the ledger, once', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      const gap = {
        stream: 'a',
        generation: 1,
        path: '/var/log/a.log',
        start: 0,
        end: 10,
        reason: 'EIO',
        notedAt: NOON,
      };
      const unknown = {
        ...gap,
        stream: '',
        start: 3,
        end: null,
        path: '\xff',
        reason: 'state lost',
        notedAt: NOON - 1,
      };
      const range = { stream: 'a', generation: 1, start: 0, end: 10 };
      const chunks = [abandonedResult(range, 'app', 'marker')];
      commit(store, { chunks, gaps: [gap, unknown] });
      commit(store, { chunks, gaps: [{ ...gap, reason: 'again' }] });

      expect(store.gaps()).to.deep.equal([unknown, gap]);
      expect(store.totals()).to.deep.equal(new Map([['app', new Map([['abandonedBytes', 10]])]]));
      expect(store.streams()[0]?.generations[0]?.offset).to.equal(10);
    });

    it('give the same state in any order and with any repetition, however they are batched', () => {
      const chunks = [0, 1, 2, 3, 4].map((index) =>
        resultOf('a', 10 * index, 10 * index + 10, {
          source: index % 2 === 0 ? 'app' : 'web',
          windows: {
            widthMs: 10_000,
            cells: [
              windowOf({ startMs: NOON + 10_000 * (index % 3), durations: durationsOf(index, 1000 * index) }),
              windowOf({ startMs: NOON, dimension: 'path', key: '/\xe4', requests: null, bytes: index, errors: 1 }),
            ],
          },
        }),
      );
      const expected = fresh(path('once'));
      commitFirst(expected);
      commit(expected, { chunks });
      const wanted = contentOf(expected);
      const state = take(path('state'));
      let run = 0;
      const anyOrder = fc
        .tuple(
          fc.shuffledSubarray(chunks, { minLength: chunks.length }),
          fc.array(fc.constantFrom(...chunks), { maxLength: 5 }),
        )
        .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));

      fc.assert(
        fc.property(anyOrder, fc.nat(3), (order, size) => {
          run += 1;
          const store = fresh(`${state.folder}/${run}`);
          commitFirst(store);
          for (let at = 0; at < order.length; at += size + 1) commit(store, { chunks: order.slice(at, at + size + 1) });

          expect(contentOf(store)).to.deep.equal(wanted);
          store.close();
        }),
        { numRuns: inMode(30, 1000) },
      );
    }).timeout(inMode(20_000, 600_000));
  });

  describe('windows', () => {
    const cells = [
      windowOf({ startMs: NOON, lines: 3, errors: 1, requests: 2, durations: durationsOf(5, 7) }),
      windowOf({ startMs: NOON + 50_000, lines: 4, durations: durationsOf(9) }),
      windowOf({ startMs: NOON + 60_000, lines: 5 }),
      windowOf({ startMs: NOON, dimension: 'path', key: '/\xff', requests: null, bytes: 12, overcount: 1 }),
    ];
    const chunk: ChunkResult = resultOf('a', 0, 10, { windows: { widthMs: 10_000, cells } });
    const span = { fromAt: NOON, toAt: NOON + 3_600_000, dimension: 'all', source: null } as const;

    it('are told at each resolution, summed of the same chunks', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      commit(store, { chunks: [chunk] });
      commit(store, {
        chunks: [resultOf('a', 10, 20, { windows: { widthMs: 10_000, cells: [windowOf({ lines: 9 })] } })],
      });

      const told = (['10s', '1m', '1h'] as const).map((resolution) =>
        store.windows({ ...span, resolution }).map(({ startMs, lines, errors, requests, durations }) => {
          return [startMs - NOON, lines, errors, requests, durations?.count ?? 0, durations?.sum ?? 0];
        }),
      );
      expect(told).to.deep.equal([
        [
          [0, 12, 1, 2, 2, 12],
          [50_000, 4, 0, 0, 1, 9],
          [60_000, 5, 0, 0, 0, 0],
        ],
        [
          [0, 16, 1, 2, 3, 21],
          [60_000, 5, 0, 0, 0, 0],
        ],
        [[0, 21, 1, 2, 3, 21]],
      ]);
    });

    it('are told of the span, the dimension and the source that is asked for', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      commit(store, { chunks: [chunk, { ...chunk, start: 10, end: 20, source: 'web' }] });

      const ask = (given: object): unknown[] =>
        store.windows({ ...span, resolution: '10s', ...given }).map(({ startMs, source }) => [startMs - NOON, source]);
      expect(ask({ source: 'web', fromAt: NOON + 50_000, toAt: NOON + 60_000 })).to.deep.equal([[50_000, 'web']]);
      expect(ask({ fromAt: NOON + 60_000 })).to.deep.equal([
        [60_000, 'app'],
        [60_000, 'web'],
      ]);
      expect(
        store.windows({ ...span, resolution: '1m', dimension: 'path', source: 'app' }).map(plainWindow),
      ).to.deep.equal([
        {
          source: 'app',
          startMs: NOON,
          dimension: 'path',
          key: '/\xff',
          lines: 1,
          requests: null,
          errors: 0,
          bytes: 12,
          overcount: 1,
          durations: null,
        },
      ]);
      expect(ask({ dimension: 'method' })).to.deep.equal([]);
    });

    it('of ten minutes go into hours only', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      commit(store, { chunks: [{ ...chunk, windows: { widthMs: 600_000, cells: [windowOf({ lines: 8 })] } }] });

      const lines = (['10s', '1m', '1h'] as const).map((resolution) =>
        store.windows({ ...span, resolution }).map((cell) => cell.lines),
      );
      expect(lines).to.deep.equal([[], [], [8]]);
    });
  });

  describe('the fence', () => {
    it('refuses a batch of an older epoch, and goes on', () => {
      const state = take(path('state'));
      open(state).store.close();
      const { store } = open(state);

      expect(failureOf(() => commit(store, { epoch: 1 }))).to.equal(
        `The state in ${state.database} is at epoch 2, this is epoch 1`,
      );
      expect(commit(store, {})).to.deep.equal([]);
    });

    it('ends a store whose state was opened anew, with nothing written', () => {
      const state = take(path('state'));
      const older = open(state).store;
      commitFirst(older);
      const newer = open(state).store;
      const before = contentOf(newer);
      const sentence = `The state in ${state.database} is at epoch 2, this is epoch 1`;

      expect(failureOf(() => commit(older, { chunks: [resultOf('a', 0, 10)] }))).to.equal(sentence);
      expect(failureOf(() => older.streams())).to.equal(sentence);
      expect(contentOf(newer)).to.deep.equal(before);
    });
  });

  it('is not to be used once it is closed', () => {
    const store = fresh(path('state'));
    store.close();

    expect(() => store.streams()).to.throw(MillraceError, 'it is closed');
    expect(() => store.close()).to.not.throw();
  });
});
