import { expect } from 'chai';
import fc from 'fast-check';
import { type FollowedStream, newStream, truncated } from '../../src/domain/follow/followed-stream.js';
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
  NOON,
  plainWindow,
  resultOf,
  streamOf,
  useStores,
  windowOf,
} from '../support/stored.js';

/** What may happen to a file that is followed. */
const STEPS = ['count', 'rename', 'copy', 'takeOver', 'truncate', 'end', 'forget'] as const;
type Step = (typeof STEPS)[number];

function rowOf(given: Partial<FollowedStream>): FollowedStream {
  return streamOf('a', given).stream;
}

describe('store/sqlite-store', () => {
  const { path } = useScratch();
  const { take, open, fresh } = useStores();

  describe('streams', () => {
    it('come back as they were committed, to the bit, after an orderly stop', () => {
      const state = take(path('state'));
      const first = open(state).store;
      const ended = { generation: 3, offset: 7, marker: '\x00\xff', head: '\xfe\x00', closedAt: NOON, continuedBy: '' };
      const record = {
        ...streamOf('1:2:3', {
          path: '/logs/\xff\xfe and \xc3\xa4 \x00.log',
          generation: 5,
          offset: 30,
          marker: 'before 30',
          head: 'line',
          closed: [ended, { ...ended, generation: 4, continuedBy: '1:9:3' }],
          copyOf: { key: '1:8:3', generation: 2 },
          isRotated: true,
          goneAt: NOON + 5,
        }),
        machine: '{"state":"following"}',
      };
      const chunk = resultOf('1:2:3', 20, 30, { generation: 5, plan: '{"zone":"UTC"}' });
      commit(first, { streams: [record], chunks: [chunk], facts: new Map([['alerts', '[1]']]) });
      first.close();

      const { store } = open(state);
      const stored = { openedAt: NOON, plan: '', counts: new Map() };
      const { continuedBy: _, ...old } = ended;
      expect(store.streams()).to.deep.equal([
        {
          ...record,
          generations: [
            { ...stored, ...old, base: 7 },
            { ...stored, ...old, generation: 4, base: 7 },
            {
              ...stored,
              generation: 5,
              base: 20,
              offset: 30,
              marker: 'before 30',
              head: 'line',
              closedAt: null,
              plan: '{"zone":"UTC"}',
              counts: chunk.counts,
            },
          ],
        },
      ]);
      expect(store.facts()).to.deep.equal(new Map([['alerts', '[1]']]));
      commit(store, { facts: new Map([['alerts', '']]) });
      expect(store.facts()).to.deep.equal(new Map());
    });

    it('are told in the order of their keys, and forgotten with all that is their own; their counts stay', () => {
      const store = fresh(path('state'));
      commit(store, { streams: ['b', 'a', 'c'].map((key) => streamOf(key)) });
      commit(store, { chunks: ['a', 'b', 'c'].map((key) => resultOf(key, 0, 10)) });
      commit(store, { forgotten: ['b', 'c'], streams: [streamOf('c')] });

      const told = store.streams().map(({ stream, generations }) => [stream.key, stream.offset, generations.length]);
      expect(told).to.deep.equal([
        ['a', 10, 1],
        ['c', 0, 1],
      ]);
      expect(store.totals().get('app')?.get('parsedLines')).to.equal(30);
    });

    it('are as their follower has them, through any history', () => {
      const store = fresh(path('state'));
      const rows = new Map<string, FollowedStream>();
      let chunks: ChunkResult[] = [];
      const step = (key: string, kind: Step, bytes: number): void => {
        const row = rows.get(key) ?? newStream(key, key);
        if (kind === 'forget') return void rows.delete(key);
        const isCounted = kind === 'count' && row.copyOf === null && row.goneAt === null;
        const chunk = resultOf(key, row.offset, row.offset + bytes, { generation: row.generation });
        if (isCounted) chunks.push(chunk);
        const next: Readonly<Record<Step, Partial<FollowedStream>>> = {
          count: isCounted ? { offset: chunk.end, marker: chunk.marker } : {},
          rename: { path: `${row.path}.1`, isRotated: true },
          copy: row.offset === 0 ? { offset: bytes, marker: 'c', head: 'h', copyOf: { key: 'x', generation: 1 } } : {},
          takeOver: row.copyOf === null ? {} : { offset: row.offset + bytes, marker: 't', copyOf: null },
          truncate: row.copyOf === null ? truncated(row, NOON) : {},
          end: { goneAt: NOON },
          forget: {},
        };
        rows.set(key, { ...row, ...next[kind] });
      };
      const steps = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(...STEPS), fc.integer({ min: 1, max: 9 }));
      fc.assert(
        fc.property(fc.array(fc.array(steps, { maxLength: 8 }), { maxLength: 12 }), (batches) => {
          rows.clear();
          commit(store, { forgotten: ['a', 'b'] });
          for (const batch of batches) {
            const forgotten = new Set<string>();
            for (const [key, kind, bytes] of batch) {
              if (!forgotten.has(key)) step(key, kind, bytes);
              if (kind === 'forget') forgotten.add(key);
            }
            chunks = chunks.filter(({ stream }) => rows.has(stream));
            const streams = [...rows.values()].map((row) => ({ ...streamOf(row.key), stream: row }));
            commit(store, { forgotten: [...forgotten], streams, chunks });
            chunks = [];
            expect(store.streams().map(({ stream }) => stream)).to.deep.equal(
              [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
            );
          }
        }),
        { numRuns: inMode(60, 2000) },
      );
    }).timeout(inMode(20_000, 600_000));
  });

  describe('results of chunks', () => {
    it('move the offset and the marker of their generation, also of one that is closed in the same batch', () => {
      const store = fresh(path('state'));
      commitFirst(store);
      commit(store, { chunks: [resultOf('a', 0, 10)] });
      const closed = [{ generation: 0, offset: 30, marker: 'before 30', head: '', closedAt: 5, continuedBy: null }];
      const row = streamOf('a', { generation: 1, offset: 7, marker: 'before 7', closed });
      const chunks = [resultOf('a', 10, 20), resultOf('a', 20, 30), resultOf('a', 0, 7, { generation: 1 })];

      expect(commit(store, { streams: [row], chunks })).to.deep.equal(['counted', 'counted', 'counted']);
      expect(
        store.streams()[0]?.generations.map(({ base, offset, counts }) => [base, offset, counts.get('parsedBytes')]),
      ).to.deep.equal([
        [0, 30, 30],
        [0, 7, 7],
      ]);
    });

    it('begin where a copy took over, whose beginning was counted elsewhere', () => {
      const store = fresh(path('state'));
      commit(store, { streams: [streamOf('a', { offset: 50, marker: 'm', copyOf: { key: 'b', generation: 0 } })] });
      commit(store, { streams: [streamOf('a', { offset: 40, marker: 'o' })] });
      commit(store, { chunks: [resultOf('a', 40, 60)] });

      const [generation] = store.streams()[0]?.generations ?? [];
      expect([generation?.base, generation?.offset]).to.deep.equal([40, 60]);
    });

    for (const [start, end] of [
      [0, 10],
      [10, 20],
      [12, 18],
      [20, 20],
    ] as const) {
      it(`are known where [${start}, ${end}) lies before the offset, and change nothing`, () => {
        const store = fresh(path('state'));
        commit(store, { chunks: [resultOf('a', 0, 10), resultOf('a', 10, 20)] });
        const before = contentOf(store);

        expect(commit(store, { chunks: [resultOf('a', start, end)] })).to.deep.equal(['known']);
        expect(contentOf(store)).to.deep.equal(before);
      });
    }

    const at20 = { offset: 20, marker: 'before 20' };
    const bugs: readonly [string, FollowedStream, readonly ChunkResult[], string][] = [
      ['pass bytes over', rowOf({ offset: 30, marker: 'before 30' }), [resultOf('a', 25, 30)], 'at 20'],
      ['overlap what is counted', rowOf({ offset: 25, marker: 'before 25' }), [resultOf('a', 15, 25)], 'at 20'],
      ['are less than the row says', rowOf({ offset: 40, marker: 'before 30' }), [resultOf('a', 20, 30)], 'up to 40'],
      ['are missing', rowOf({ offset: 30, marker: 'before 30' }), [], 'up to 30'],
      ['have another marker', rowOf({ offset: 30, marker: 'other' }), [resultOf('a', 20, 30)], 'marker'],
      ['are of an unknown generation', rowOf(at20), [resultOf('a', 0, 9, { generation: 1 })], 'generation'],
    ];
    for (const [title, stream, chunks, sentence] of bugs) {
      it(`are a bug where they ${title}, and then nothing of the batch is kept`, () => {
        const store = fresh(path('state'));
        commit(store, { chunks: [resultOf('a', 0, 20)] });
        const before = contentOf(store);

        expect(() => commit(store, { streams: [{ ...streamOf('a'), stream }], chunks })).to.throw(RangeError, sentence);
        expect(contentOf(store)).to.deep.equal(before);
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
        generation: 0,
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
      const range = { stream: 'a', generation: 0, start: 0, end: 10 };
      const chunks = [abandonedResult(range, { source: 'app', plan: '', marker: 'before 10' })];
      commit(store, { chunks, gaps: [gap, unknown] });
      commit(store, { chunks, gaps: [{ ...gap, reason: 'again' }] });

      expect(store.gaps()).to.deep.equal([unknown, gap]);
      expect(store.totals()).to.deep.equal(new Map([['app', new Map([['abandonedBytes', 10]])]]));
      expect(store.streams()[0]?.generations[0]?.offset).to.equal(10);
    });
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
      commit(store, { chunks: [chunk, { ...chunk, start: 10, end: 20, marker: 'before 20', source: 'web' }] });

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
