/**
 * Hashes the contents of lines for the account. The twin of `domain/content-hash.ts`, a block of 16 bytes at a time. The four
 * lanes of a line are mixed later, together with those of three others: one after the other the steps would wait for each other.
 */
import { finalize, maskedBlock } from './hash';
import { reserve } from './memory';

const KEY_STEP: u32 = 0x9e3779b1;
/** Lines that wait to be mixed, a multiple of four. */
const MAX_WAITING: usize = 64;
const LANES_BYTES: usize = 16;

/** The lanes of the lines that wait, and their lengths, 32 bits each. */
const lanesOfLines: usize = reserve(MAX_WAITING * LANES_BYTES);
const lengths: usize = reserve(4 * MAX_WAITING);

/** Sums over the lines of the chunk that were mixed. */
export class ContentSum {
  static high: u32 = 0;
  static low: u32 = 0;
  static waiting: usize = 0;
}

export function resetContent(): void {
  ContentSum.high = 0;
  ContentSum.low = 0;
  ContentSum.waiting = 0;
}

/** Adds the line with the content `[at, end)` and `lengthBytes` bytes in all. */
// @ts-ignore: decorator
@inline
export function addContent(at: usize, end: usize, lengthBytes: u32): void {
  let lanes = i32x4.splat(0);
  let key = i32x4.splat(<i32>KEY_STEP);
  const step = i32x4.splat(<i32>(2 * KEY_STEP));
  let next = at;
  for (; next + 16 <= end; next += 16) {
    lanes = i32x4.add(lanes, i32x4.mul(v128.load(next), key));
    key = i32x4.add(key, step);
  }
  const waiting = ContentSum.waiting;
  v128.store(lanesOfLines + LANES_BYTES * waiting, i32x4.add(lanes, i32x4.mul(maskedBlock(next, end - next), key)));
  store<u32>(lengths + 4 * waiting, lengthBytes);
  ContentSum.waiting = waiting + 1;
  if (waiting + 1 == MAX_WAITING) settleContent();
}

/** Adds the lines that wait to the sums. */
export function settleContent(): void {
  const waiting = ContentSum.waiting;
  const whole = waiting & ~(<usize>3);
  let high = i32x4.splat(0);
  let low = i32x4.splat(0);
  for (let line: usize = 0; line < whole; line += 4) {
    const place = lanesOfLines + LANES_BYTES * line;
    const a = v128.load(place);
    const b = v128.load(place, 16);
    const c = v128.load(place, 32);
    const d = v128.load(place, 48);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const abRest = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cdRest = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    const lane0 = v128.shuffle<i64>(ab, cd, 0, 2);
    const lane1 = v128.shuffle<i64>(ab, cd, 1, 3);
    const lane2 = v128.shuffle<i64>(abRest, cdRest, 0, 2);
    const lane3 = v128.shuffle<i64>(abRest, cdRest, 1, 3);
    const first = finalizeAll(v128.xor(lane0, finalizeAll(v128.xor(lane1, v128.load(lengths + 4 * line)))));
    const second = finalizeAll(v128.xor(lane2, finalizeAll(v128.xor(lane3, first))));
    high = i32x4.add(high, finalizeAll(v128.xor(first, second)));
    low = i32x4.add(low, second);
  }
  ContentSum.high += sumOf(high);
  ContentSum.low += sumOf(low);
  for (let line = whole; line < waiting; line += 1) settleLine(lanesOfLines + LANES_BYTES * line, load<u32>(lengths + 4 * line));
  ContentSum.waiting = 0;
}

function settleLine(lanes: usize, lengthBytes: u32): void {
  const first = finalize(load<u32>(lanes) ^ finalize(load<u32>(lanes, 4) ^ lengthBytes));
  const second = finalize(load<u32>(lanes, 8) ^ finalize(load<u32>(lanes, 12) ^ first));
  ContentSum.high += finalize(first ^ second);
  ContentSum.low += second;
}

/** `finalize` of four words. */
// @ts-ignore: decorator
@inline
function finalizeAll(words: v128): v128 {
  let mixed = i32x4.mul(v128.xor(words, i32x4.shr_u(words, 16)), i32x4.splat(0x85ebca6b));
  mixed = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(mixed, i32x4.shr_u(mixed, 16));
}

// @ts-ignore: decorator
@inline
function sumOf(words: v128): u32 {
  return v128.extract_lane<u32>(words, 0) + v128.extract_lane<u32>(words, 1) + v128.extract_lane<u32>(words, 2) + v128.extract_lane<u32>(words, 3);
}
