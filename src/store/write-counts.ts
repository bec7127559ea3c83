/** Counts as they are kept: of a generation as JSON in its row, of a source as a row for each name. */
import type { ChunkResult } from '../domain/store/chunk-result.js';
import { type CounterName, COUNTERS, type Counts, sumOfCounts } from '../domain/store/counts.js';
import { safeSum } from '../domain/safe-sum.js';
import type { Tables } from './tables.js';

/** The counts of some chunks by source, so that each row is written once. Made for one batch. */
export class CounterSums {
  readonly #bySource = new Map<string, Counts>();

  add({ source, counts }: ChunkResult): void {
    this.#bySource.set(source, sumOfCounts(this.#bySource.get(source) ?? new Map(), counts));
  }

  write({ counters }: Tables): void {
    for (const [source, counts] of this.#bySource) {
      for (const [name, count] of counts) {
        const known = counters.get(source, name)?.value ?? 0;
        counters.put({ source, name, value: safeSum(known, count) });
      }
    }
  }
}

/** Counts as JSON, in the order of COUNTERS. */
export function jsonOf(counts: Counts): string {
  const known = COUNTERS.filter((name) => counts.has(name));
  return JSON.stringify(Object.fromEntries(known.map((name) => [name, counts.get(name)])));
}

/** The inverse of `jsonOf`. */
export function parseCounts(json: string): Map<CounterName, number> {
  const counts = JSON.parse(json) as Record<CounterName, number>; // as it was written, as the seal says
  return new Map(Object.entries(counts) as [CounterName, number][]);
}
