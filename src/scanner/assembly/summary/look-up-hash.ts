/**
 * The hash by which keys are looked up. It is keyed, so that a log cannot be written to make its keys meet in a table: any
 * two keys have the same sum for one of 2^32 secrets, and sums that differ have the same hash for two of 2^32.
 * Source: Black et al., "UMAC: Fast and Secure Message Authentication", CRYPTO 1999 (NH); Dietzfelbinger et al., "A
 * Reliable Randomized Algorithm for the Closest-Pair Problem", J. Algorithms 25(1), 1997 (multiply-shift).
 */
import { maskedBlock } from '../hash';
import { reserve } from '../memory';

/** Bytes of the longest key that is kept as it is, and of a window that may stand before it; see `domain/summary/key-form.ts`. */
export const MAX_FORM_BYTES: usize = 1024;
export const WINDOW_BYTES: usize = 4;
/** Bytes of the longest key of a table. */
export const MAX_KEY_BYTES: usize = WINDOW_BYTES + MAX_FORM_BYTES;
const BLOCK_BYTES: usize = 16;

/** One secret word of 32 bits for each of a key, in whole blocks. */
const WORDS_BYTES: usize = (MAX_KEY_BYTES + BLOCK_BYTES - 1) & ~(BLOCK_BYTES - 1);
const words: usize = reserve(WORDS_BYTES);

class Secret {
  /** Odd. */
  static multiplier: u64 = 0x9e3779b97f4a7c15;
}

/** An odd number that a log cannot know. */
// @ts-ignore: decorator
@inline
export function secretMultiplier(): u64 {
  return Secret.multiplier;
}

/** Draws all that is secret from two words. Source of the steps: Vigna, splitmix64.c (public domain). */
export function setSecret(low: u32, high: u32): void {
  let state = (<u64>high << 32) | <u64>low;
  for (let at = words; at <= words + WORDS_BYTES; at += 8) {
    state += 0x9e3779b97f4a7c15;
    let drawn = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
    drawn = (drawn ^ (drawn >> 27)) * 0x94d049bb133111eb;
    drawn ^= drawn >> 31;
    if (at < words + WORDS_BYTES) store<u64>(at, drawn);
    else Secret.multiplier = drawn | 1;
  }
}

/** The hash of the key `[at, end)`, at most MAX_KEY_BYTES long; its high bits are the best. */
// @ts-ignore: decorator
@inline
export function lookUpHash(at: usize, end: usize): u32 {
  let next = at;
  let secret = words;
  let sums = i64x2.splat(0);
  for (; next + BLOCK_BYTES < end; next += BLOCK_BYTES) {
    sums = i64x2.add(sums, products(v128.load(next), v128.load(secret)));
    secret += BLOCK_BYTES;
  }
  sums = i64x2.add(sums, products(maskedBlock(next, end - next), v128.load(secret)));
  const sum = i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1) + <u64>(end - at);
  return <u32>((sum * Secret.multiplier) >> 32);
}

/** Two products of 64 bits, of sums of a word of the block and a secret one. */
// @ts-ignore: decorator
@inline
function products(block: v128, secret: v128): v128 {
  const left = i32x4.add(block, secret);
  const right = i32x4.shuffle(left, left, 2, 3, 0, 1);
  return i64x2.extmul_low_i32x4_u(left, right);
}
