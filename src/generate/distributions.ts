/** Random numbers of given shapes, read from tables of quantiles: a draw costs one look-up, and no loop. */
import { normalQuantile } from './normal-quantile.js';
import type { Random } from './random.js';

/** Tables have 2^14 quantiles, so a normal number is at most 4.01 standard deviations off. */
const TABLE_BITS = 14;
const TABLE_SIZE = 2 ** TABLE_BITS;

const NORMAL = Float64Array.from({ length: TABLE_SIZE }, (_, index) => normalQuantile((index + 0.5) / TABLE_SIZE));
const EXPONENTIAL = Float64Array.from({ length: TABLE_SIZE }, (_, index) => -Math.log((index + 0.5) / TABLE_SIZE));

/** A normal number with mean 0 and standard deviation 1. */
export function normal(random: Random): number {
  return NORMAL[random.bits(TABLE_BITS)] ?? 0;
}

/** An exponential number with mean 1. */
export function exponential(random: Random): number {
  return EXPONENTIAL[random.bits(TABLE_BITS)] ?? 1;
}

/** A lognormal number, given the median and the standard deviation of its logarithm. */
export function lognormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(random));
}

/**
 * A gamma number with mean 1 and this shape, at least 1; its coefficient of variation is `1 / sqrt(shape)`.
 * Source: Marsaglia, Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000.
 */
export function gamma(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
  }
}
