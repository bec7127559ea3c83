/** Figures over the rounds of a measurement. */

/** The middle of several values, with the smallest and the largest. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Middle value, of an even number the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The middle and the ends of one or more values. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * How often `unit` goes into `values`: the ratio of the medians, with the smallest and the largest ratio within a round.
 * Both have one value for each round, taken shortly one after the other, so that what slows a whole round cancels out.
 */
export function ratioOf(values: readonly number[], unit: readonly number[]): Spread {
  const perRound = spreadOf(values.map((value, round) => value / (unit[round] ?? Number.NaN)));
  return { ...perRound, median: median(values) / median(unit) };
}
