/** Values that a store keeps, with nothing in them but what is given; and stores in a folder of the test. */
import type { ChunkResult } from '../../src/domain/store/chunk-result.js';
import { NO_WINDOWS, type WindowCount } from '../../src/domain/store/window-cells.js';
import { type FollowedStream, newStream } from '../../src/domain/follow/followed-stream.js';
import type { Store, StoreBatch, StreamRecord } from '../../src/domain/store/store.js';
import { DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { Histogram } from '../../src/domain/summary/histogram.js';
import { type OpenedStore, openStore, type StoreOptions } from '../../src/store/open-store.js';
import { type State, takeState } from '../../src/store/state.js';

export const NOON = Date.UTC(2024, 0, 24, 12);

/** The record of a file of which nothing is counted. */
export function streamOf(key: string, given: Partial<FollowedStream> = {}, seenAt = NOON): StreamRecord {
  return { stream: { ...newStream(key, `/var/log/${key}.log`), ...given }, source: 'app', machine: '', seenAt };
}

/** A result of `[start, end)`: a parsed line for each byte. */
export function resultOf(stream: string, start: number, end: number, given: Partial<ChunkResult> = {}): ChunkResult {
  const bytes = end - start;
  const counts: ChunkResult['counts'] = new Map([
    ['parsedLines', bytes],
    ['parsedBytes', bytes],
  ]);
  const [marker, plan] = [`before ${end}`, '{}'];
  return { stream, generation: 0, source: 'app', start, end, marker, plan, counts, windows: NO_WINDOWS, ...given };
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

/** Commits what is given under the epoch of the store; chunks of files without a row with the row that they make. */
export function commit(store: Store, given: Partial<StoreBatch>): ReturnType<Store['commit']> {
  const { streams = [], chunks = [] } = given;
  const told = new Set(streams.map(({ stream }) => stream.key));
  const untold = [...new Set(chunks.map(({ stream }) => stream))].filter((key) => !told.has(key));
  const rows = untold.map((key) => recordAfter(store, key, chunks));
  const nothing = { forgotten: [], gaps: [], facts: new Map<string, string>() };
  return store.commit({ epoch: store.epoch, ...nothing, ...given, streams: [...streams, ...rows], chunks });
}

/** The record of a file once all of `chunks` that are its own are counted. */
function recordAfter(store: Store, key: string, chunks: readonly ChunkResult[]): StreamRecord {
  const known = store.streams().find(({ stream }) => stream.key === key);
  const { stream, source, machine, seenAt } = known ?? streamOf(key);
  const last = chunks.findLast((chunk) => chunk.stream === key && chunk.end > stream.offset);
  const progress = last === undefined ? {} : { offset: last.end, marker: last.marker };
  return { stream: { ...stream, ...progress }, source, machine, seenAt };
}

/** A store with one stream, `a`, of which nothing is counted. */
export function commitFirst(store: Store): void {
  commit(store, { streams: [streamOf('a')] });
}

/** All that a store tells, but for the histograms as the numbers that they hold. */
export function contentOf(store: Store): object {
  const span = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, source: null } as const;
  const windows = (['10s', '1m', '1h'] as const).flatMap((resolution) =>
    (['all', ...DIMENSIONS] as const).map((dimension) =>
      store.windows({ ...span, resolution, dimension }).map(plainWindow),
    ),
  );
  return { streams: store.streams(), totals: store.totals(), gaps: store.gaps(), facts: store.facts(), windows };
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
