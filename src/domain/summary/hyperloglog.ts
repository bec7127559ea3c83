const PRECISION = 14;
/** Number of registers, m. */
export const REGISTERS = 2 ** PRECISION;
/** Bits of a 53-bit hash that are left for the rank, q. */
const RANK_BITS = 53 - PRECISION;
/** Largest value of a register. */
export const MAX_RANK = RANK_BITS + 1;
const ALPHA = 1 / (2 * Math.LN2);

/** Register of a 53-bit hash: its lowest 14 bits. */
export function registerOf(hash: number): number {
  return (hash >>> 0) % REGISTERS;
}

/** Position of the highest one among the 39 bits above those, counted from 1 at the top; 40 where there is none. */
export function rankOf(hash: number): number {
  const high = Math.floor(hash / 2 ** 32);
  if (high !== 0) return Math.clz32(high) - 10;
  const rest = (hash >>> 0) >>> PRECISION;
  return rest === 0 ? MAX_RANK : Math.clz32(rest) + 8;
}

/**
 * Estimates the number of distinct hashes from their registers. This estimator is unbiased over the whole range; it
 * takes the place of the raw estimate with linear counting and correction tables, which is biased where they meet.
 * Source: Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6; the sketch
 * itself: Flajolet et al., "HyperLogLog", AofA 2007.
 */
export function estimateCardinality(registers: Uint8Array): number {
  const counts = new Float64Array(MAX_RANK + 1);
  for (const rank of registers) counts[rank] = (counts[rank] ?? 0) + 1;
  let z = REGISTERS * tau(1 - (counts[MAX_RANK] ?? 0) / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank -= 1) z = 0.5 * (z + (counts[rank] ?? 0));
  z += REGISTERS * sigma((counts[0] ?? 0) / REGISTERS);
  return (ALPHA * REGISTERS * REGISTERS) / z;
}

function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [x, y, z] = [share, 1, share];
  for (let before = -1; z !== before; ) {
    before = z;
    x *= x;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z] = [share, 1, 1 - share];
  for (let before = -1; z !== before; ) {
    before = z;
    x = Math.sqrt(x);
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
