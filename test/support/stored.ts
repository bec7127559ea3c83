/** Values that a store keeps, with nothing in them but what is given; and stores in a folder of the test. */
import type { ChunkResult } from '../../src/domain/store/chunk-result.js';
import { NO_WINDOWS, type WindowCount } from '../../src/domain/store/window-cells.js';
import type { GenerationRecord, Store, StoreBatch, StreamRecord } from '../../src/domain/store/store.js';
import { Histogram } from '../../src/domain/summary/histogram.js';
import { type OpenedStore, openStore, type StoreOptions } from '../../src/store/open-store.js';
import { type State, takeState } from '../../src/store/state.js';

export const NOON = Date.UTC(2024, 0, 24, 12);

export function streamOf(id: string, given: Partial<StreamRecord> = {}): StreamRecord {
  const identity = { dev: 2049n, ino: 2n ** 63n, birthNs: 1_706_091_000_123_456_789n };
  return {
    id,
    source: 'app',
    path: `/var/log/${id}.log`,
    kind: 'plain',
    ...identity,
    state: 'live',
    seenAt: NOON,
    ...given,
  };
}

export function generationOf(stream: string, given: Partial<GenerationRecord> = {}): GenerationRecord {
  return { stream, generation: 1, base: 0, marker: '', head: '', plan: '{}', openedAt: NOON, closedAt: null, ...given };
}

/** A result of `[start, end)`: a parsed line for each byte. */
export function resultOf(stream: string, start: number, end: number, given: Partial<ChunkResult> = {}): ChunkResult {
  const bytes = end - start;
  const counts: ChunkResult['counts'] = new Map([
    ['parsedLines', bytes],
    ['parsedBytes', bytes],
  ]);
  const marker = `before ${end}`;
  return { stream, generation: 1, source: 'app', start, end, marker, counts, windows: NO_WINDOWS, ...given };
}

export function windowOf(given: Partial<WindowCount>): WindowCount {
  const all = { startMs: NOON, dimension: 'all', key: '', lines: 1, requests: 0, errors: 0 } as const;
  return { ...all, bytes: null, overcount: 0, durations: null, ...given };
}

export function durationsOf(...values: number[]): Histogram {
  const durations = new Histogram();
  for (const value of values) durations.add(value);
  return durations;
}

/** Commits what is given under the epoch of the store. */
export function commit(store: Store, given: Partial<StoreBatch>): ReturnType<Store['commit']> {
  return store.commit({ epoch: store.epoch, streams: [], generations: [], chunks: [], gaps: [], ...given });
}

/** A store with one stream, `a`, of which nothing is counted. */
export function commitFirst(store: Store): void {
  commit(store, { streams: [streamOf('a')], generations: [generationOf('a')] });
}

/** All that a store tells, but for the histograms as the numbers that they hold. */
export function contentOf(store: Store): object {
  const span = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, source: null } as const;
  const windows = (['10s', '1m', '1h'] as const).flatMap((resolution) =>
    (['all', 'path', 'method', 'clientIp', 'logger'] as const).map((dimension) =>
      store.windows({ ...span, resolution, dimension }).map(plainWindow),
    ),
  );
  return { streams: store.streams(), totals: store.totals(), gaps: store.gaps(), windows };
}

/** A window with its durations as numbers. */
export function plainWindow<Cell extends WindowCount>({ durations, ...others }: Cell): object {
  if (durations === null) return { ...others, durations };
  const { count, min, max, sum } = durations;
  const quantiles = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map((q) => durations.quantile(q));
  return { ...others, durations: [count, min, max, sum, ...quantiles] };
}

/** Takes states and opens stores, and gives all of them up after each test. */
export function useStores(): {
  readonly take: (folder: string) => State;
  readonly open: (state: State, options?: Partial<StoreOptions>) => OpenedStore;
  readonly fresh: (folder: string, options?: Partial<StoreOptions>) => Store;
} {
  const states: State[] = [];
  afterEach(() => {
    for (const state of states.splice(0)) state.release();
  });
  const take = (folder: string): State => {
    const state = takeState(folder);
    states.push(state);
    return state;
  };
  const open = (state: State, options: Partial<StoreOptions> = {}): OpenedStore =>
    openStore(state, { zone: 'Europe/Berlin', ...options });
  return { take, open, fresh: (folder, options) => open(take(folder), options).store };
}
