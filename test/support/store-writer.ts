/**
 * A process that takes the state of its first argument, and commits without end: each batch counts the next bytes of two
 * streams. Behind each commit it writes `committed N` to standard error, N the number of batches
 * since the state began.
 */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { ChunkResult } from '../../src/domain/store/chunk-result.js';
import { bytesIn } from '../../src/domain/store/counts.js';
import type { Store } from '../../src/domain/store/store.js';
import { openStore } from '../../src/store/open-store.js';
import { takeState } from '../../src/store/state.js';
import { commit, durationsOf, NOON, resultOf, streamOf, windowOf } from './stored.js';

export const STORE_WRITER = fileURLToPath(import.meta.url);

/** Bytes of a stream that a batch counts. */
export const BATCH_BYTES = 30;

/** Commits the batch of that number, counted from 0. */
export function commitBatch(store: Store, number: number): void {
  const start = number * BATCH_BYTES;
  const end = start + BATCH_BYTES;
  const streams = ['a', 'b'].map((id) => streamOf(id, { offset: end, marker: `before ${end}` }, NOON + number));
  const chunks = ['a', 'b'].flatMap((id) => [part(id, start, start + 10), part(id, start + 10, end)]);
  commit(store, { streams, chunks, facts: new Map([['batches', String(number + 1)]]) });
}

function part(stream: string, start: number, end: number): ChunkResult {
  const lines = end - start;
  const all = windowOf({ startMs: NOON + 10_000 * Math.floor(start / 300), lines, durations: durationsOf(start, end) });
  const keys = ['/x', '/y'].map((key) => ({ ...all, dimension: 'path' as const, key, requests: null, bytes: lines }));
  return resultOf(stream, start, end, { windows: { widthMs: 10_000, cells: [all, ...keys] } });
}

/** The number of batches that are committed: the offset tells. */
export function batchesIn(store: Store): number {
  return (store.streams()[0]?.generations[0]?.offset ?? 0) / BATCH_BYTES;
}

/** Checks that the store holds so many batches, in each place where their bytes or lines are counted. */
export function expectBatches(store: Store, batches: number): void {
  const span = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, source: null, dimension: 'all' } as const;
  const windows = (['10s', '1m', '1h'] as const).map((resolution) =>
    store.windows({ ...span, resolution }).reduce((sum, { lines }) => sum + lines, 0),
  );
  const generations = store.streams().flatMap((stream) => stream.generations);
  const found = [
    generations.reduce((sum, { offset }) => sum + offset, 0),
    generations.reduce((sum, { counts }) => sum + bytesIn(counts), 0),
    store.totals().get('app')?.get('parsedLines') ?? 0,
    Number(store.facts().get('batches') ?? 0) * 2 * BATCH_BYTES,
    ...windows,
  ];
  expect(found).to.deep.equal(found.map(() => 2 * BATCH_BYTES * batches));
}

function main(folder: string): never {
  const { store } = openStore(takeState(folder), { zone: 'UTC' });
  for (let number = batchesIn(store); ; number += 1) {
    commitBatch(store, number);
    writeSync(2, `committed ${number + 1}\n`); // at once, so that it is known however the process ends
  }
}

const [, script, folder] = process.argv;
if (script === STORE_WRITER && folder !== undefined) main(folder);
