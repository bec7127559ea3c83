import { ExactCounts } from './exact-counts.js';
import { TICKS_PER_MS } from './traffic-event.js';
import type { TrueCount, TrueDurations, TrueKey } from './truth-report.js';

/** Counts of one route or logger. */
export class KeyCounts {
  readonly key: string;
  readonly durations = new ExactCounts();
  private count = 0;
  private errors = 0;
  private bytes = 0;

  constructor(key: string) {
    this.key = key;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** Counts one line; `ticks` is 0 where it states no duration. */
  add(isError: boolean, bytes: number, ticks: number): void {
    this.count += 1;
    if (isError) this.errors += 1;
    this.bytes += bytes;
    if (ticks > 0) this.durations.add(ticks);
  }

  report(): TrueKey {
    const { key, count, errors, bytes } = this;
    return { key, count, errors, bytes, durationMs: durationsOf(this.durations) };
  }
}

/** Reports of those that were counted at all, most frequent first. */
export function reportKeys(keys: readonly KeyCounts[]): TrueKey[] {
  return keys
    .filter((key) => !key.isEmpty)
    .map((key) => key.report())
    .sort((left, right) => right.count - left.count || (left.key < right.key ? -1 : 1));
}

/** Figures of durations that were counted in ticks; null where there are none. */
export function durationsOf(ticks: ExactCounts): TrueDurations | null {
  const { count } = ticks;
  if (count === 0) return null;
  const inMs = ticks.quantiles([0, 0.5, 0.9, 0.95, 0.99, 1]).map((value) => value / TICKS_PER_MS);
  const [min = 0, p50 = 0, p90 = 0, p95 = 0, p99 = 0, max = 0] = inMs;
  return { count, mean: ticks.sum() / count / TICKS_PER_MS, min, max, p50, p90, p95, p99 };
}

/** How many of numbered keys occurred. */
export function distinctOf(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + Number(count > 0), 0);
}

/** The `limit` most frequent of numbered keys; equal counts in the order of their numbers. */
export function topOf(counts: Uint32Array, limit: number, keyOf: (number: number) => string): TrueCount[] {
  const top: { number: number; count: number }[] = [];
  counts.forEach((count, number) => {
    const last = top[limit - 1];
    if (count === 0 || (last !== undefined && last.count >= count)) return;
    const place = top.findIndex((other) => other.count < count);
    top.splice(place < 0 ? top.length : place, 0, { number, count });
    top.length = Math.min(top.length, limit);
  });
  return top.map(({ number, count }) => ({ key: keyOf(number), count }));
}
