/** Reads eight bytes of digits at a time. Source: Mytkowicz, Langdale, "Parsing series of integers with SIMD", 2018. */

/** The last eight bytes that were taken for digits. */
export class Digits {
  /** Their values, a byte each, that of the first in the lowest. */
  static values: u64 = 0;
}

/** The number of digits among the eight bytes at `at` before the first other byte, or 8. */
// @ts-ignore: decorator
@inline
export function countDigits(at: usize): usize {
  Digits.values = load<u64>(at) ^ 0x3030303030303030;
  return <usize>ctz(othersIn(Digits.values)) >> 3;
}

/** A bit in each byte that is no digit, up to the first of these. */
// @ts-ignore: decorator
@inline
export function othersIn(values: u64): u64 {
  return (values | (values + 0x0606060606060606)) & 0xf0f0f0f0f0f0f0f0;
}

/** The number that the first `count` of these values make, 1 to 8. */
// @ts-ignore: decorator
@inline
export function numberOf(values: u64, count: usize): u64 {
  const digits = values << (64 - 8 * <u64>count);
  const pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  const fours = (pairs * 100 + (pairs >> 16)) & 0x0000ffff0000ffff;
  return (fours * 10_000 + (fours >> 32)) & 0xffffffff;
}
