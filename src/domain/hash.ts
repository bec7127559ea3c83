import { type ByteString, byteStringOf } from './byte-string.js';

/** 64 bits of a hash as two unsigned 32-bit words. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

/**
 * Hashes a byte string: the first eight bytes of MurmurHash3_x86_128 with seed 0. It is not keyed: whoever writes the
 * log can make keys collide, which costs accuracy beyond the exact limits and never correctness of the account.
 * Source: Austin Appleby, MurmurHash3.cpp (public domain), MurmurHash3_x86_128.
 */
export function hash64(bytes: ByteString): Hash64 {
  const { length } = bytes;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let at = 0;
  for (; at + 16 <= length; at += 16) {
    h1 ^= scramble(wordAt(bytes, at), C1, 15, C2);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= scramble(wordAt(bytes, at + 4), C2, 16, C3);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= scramble(wordAt(bytes, at + 8), C3, 17, C4);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= scramble(wordAt(bytes, at + 12), C4, 18, C1);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  h4 ^= scramble(tailWordAt(bytes, at + 12), C4, 18, C1) ^ length;
  h3 ^= scramble(tailWordAt(bytes, at + 8), C3, 17, C4) ^ length;
  h2 ^= scramble(tailWordAt(bytes, at + 4), C2, 16, C3) ^ length;
  h1 ^= scramble(tailWordAt(bytes, at), C1, 15, C2) ^ length;
  const sum = h1 + h2 + h3 + h4;
  const second = finalize(h2 + sum);
  const high = (finalize(sum) + second + finalize(h3 + sum) + finalize(h4 + sum)) >>> 0;
  return { high, low: (high + second) >>> 0 };
}

/** Folds a hash into the 53 bits that one number holds exactly. */
export function hash53({ high, low }: Hash64): number {
  return (high & 0x1f_ffff) * 2 ** 32 + low;
}

/** Hashes the first bytes of a file to its seed, an unsigned 32-bit integer. */
export function hash32(bytes: Uint8Array | ByteString): number {
  const { high, low } = hash64(typeof bytes === 'string' ? bytes : byteStringOf(bytes));
  return (high ^ low) >>> 0;
}

/**
 * Gives the line at `offset` of the file with `seed` its priority in `[0, 2^53)`: the same for every chunking, well
 * mixed, and different for any two offsets below 2^32 of one file.
 */
export function linePriority(seed: number, offset: number): number {
  const low = offset >>> 0;
  const fileKey = finalize(seed + Math.imul(Math.floor(offset / 2 ** 32) + 1, 0x9e3779b9));
  const high = finalize(low ^ fileKey);
  return high * 2 ** 21 + (finalize(low + Math.imul(high, 0x85ebca77) + seed) >>> 11);
}

/** MurmurHash3's fmix32: a bijection on 32 bits in which every input bit flips about half of the output. */
function finalize(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function scramble(word: number, before: number, turn: number, after: number): number {
  return Math.imul(rotate(Math.imul(word, before), turn), after);
}

function rotate(word: number, turn: number): number {
  return (word << turn) | (word >>> (32 - turn));
}

function wordAt(bytes: ByteString, at: number): number {
  return (
    bytes.charCodeAt(at) |
    (bytes.charCodeAt(at + 1) << 8) |
    (bytes.charCodeAt(at + 2) << 16) |
    (bytes.charCodeAt(at + 3) << 24)
  );
}

/** Like `wordAt`, with zeros for bytes behind the end. */
function tailWordAt(bytes: ByteString, at: number): number {
  let word = 0;
  for (let index = Math.min(at + 4, bytes.length) - 1; index >= at; index -= 1) {
    word = (word << 8) | bytes.charCodeAt(index);
  }
  return word;
}
