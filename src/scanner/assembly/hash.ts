/** Hashes of keys and priorities of lines. The twin of `domain/hash.ts`. */
import { reserve } from './memory';

const C1: u32 = 0x239b961b;
const C2: u32 = 0xab0e9789;
const C3: u32 = 0x38b34ae5;
const C4: u32 = 0xa1e38b93;
/** Bits of a hash above the lowest 32 that are kept. */
const HIGH_BITS: u64 = 0x1fffff;

/** The two words of the hash made last. */
export class Hash {
  static high: u32 = 0;
  static low: u32 = 0;
}

/**
 * Hashes the text `[at, end)`: the first eight bytes of MurmurHash3_x86_128 with seed 0.
 * Source: Austin Appleby, MurmurHash3.cpp (public domain), MurmurHash3_x86_128.
 */
export function hashText(at: usize, end: usize): void {
  const length = <u32>(end - at);
  let h1: u32 = 0;
  let h2: u32 = 0;
  let h3: u32 = 0;
  let h4: u32 = 0;
  let next = at;
  for (; next + 16 <= end; next += 16) {
    h1 ^= scramble(load<u32>(next), C1, 15, C2);
    h1 = (rotl(h1, 19) + h2) * 5 + 0x561ccd1b;
    h2 ^= scramble(load<u32>(next + 4), C2, 16, C3);
    h2 = (rotl(h2, 17) + h3) * 5 + 0x0bcaa747;
    h3 ^= scramble(load<u32>(next + 8), C3, 17, C4);
    h3 = (rotl(h3, 15) + h4) * 5 + 0x96cd1c35;
    h4 ^= scramble(load<u32>(next + 12), C4, 18, C1);
    h4 = (rotl(h4, 13) + h1) * 5 + 0x32ac3b17;
  }
  const tail = maskedBlock(next, end - next);
  h4 ^= scramble(v128.extract_lane<u32>(tail, 3), C4, 18, C1) ^ length;
  h3 ^= scramble(v128.extract_lane<u32>(tail, 2), C3, 17, C4) ^ length;
  h2 ^= scramble(v128.extract_lane<u32>(tail, 1), C2, 16, C3) ^ length;
  h1 ^= scramble(v128.extract_lane<u32>(tail, 0), C1, 15, C2) ^ length;
  const sum = h1 + h2 + h3 + h4;
  const second = finalize(h2 + sum);
  Hash.high = finalize(sum) + second + finalize(h3 + sum) + finalize(h4 + sum);
  Hash.low = Hash.high + second;
}

/** The 53 bits of the hash made last that one number of JavaScript holds. */
export function hash53(): u64 {
  return ((<u64>Hash.high & HIGH_BITS) << 32) | <u64>Hash.low;
}

/** The priority in `[0, 2^53)` of the line at `offset` of the file with `seed`. */
export function linePriority(seed: u32, offset: u64): u64 {
  const low = <u32>offset;
  const fileKey = finalize(seed + (<u32>(offset >> 32) + 1) * 0x9e3779b9);
  const high = finalize(low ^ fileKey);
  return ((<u64>high) << 21) + <u64>(finalize(low + high * 0x85ebca77 + seed) >> 11);
}

/** MurmurHash3's fmix32. */
// @ts-ignore: decorator
@inline
export function finalize(word: u32): u32 {
  let mixed = (word ^ (word >> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >> 13)) * 0xc2b2ae35;
  return mixed ^ (mixed >> 16);
}

// @ts-ignore: decorator
@inline
function scramble(word: u32, before: u32, turn: u32, after: u32): u32 {
  return rotl(word * before, turn) * after;
}

/** Sixteen bytes of ones, then as many zeros: a window into it masks the head of a block. */
const ones: usize = maskTable();

function maskTable(): usize {
  const table = reserve(32);
  memory.fill(table, 255, 16);
  return table;
}

/** The `length` bytes at `at`, less than 16, with zeros behind them. */
// @ts-ignore: decorator
@inline
export function maskedBlock(at: usize, length: usize): v128 {
  return v128.and(v128.load(at), v128.load(ones + 16 - length));
}
