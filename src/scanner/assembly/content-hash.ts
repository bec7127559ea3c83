/** Hashes the contents of lines for the account. The twin of `domain/content-hash.ts`, a block of 16 bytes at a time. */
import { finalize, maskedBlock } from './hash';

const KEY_STEP: u32 = 0x9e3779b1;

/** Sums over the lines of the chunk. */
export class ContentSum {
  static high: u32 = 0;
  static low: u32 = 0;
}

/** Adds the line with the content `[at, end)` and `lengthBytes` bytes in all. */
export function addContent(at: usize, end: usize, lengthBytes: u32): void {
  let lanes = i32x4.splat(0);
  let key = i32x4.splat(<i32>KEY_STEP);
  const step = i32x4.splat(<i32>(2 * KEY_STEP));
  let next = at;
  for (; next + 16 <= end; next += 16) {
    lanes = i32x4.add(lanes, i32x4.mul(v128.load(next), key));
    key = i32x4.add(key, step);
  }
  lanes = i32x4.add(lanes, i32x4.mul(maskedBlock(next, end - next), key));
  const first = finalize(v128.extract_lane<u32>(lanes, 0) ^ finalize(v128.extract_lane<u32>(lanes, 1) ^ lengthBytes));
  const second = finalize(v128.extract_lane<u32>(lanes, 2) ^ finalize(v128.extract_lane<u32>(lanes, 3) ^ first));
  ContentSum.high += finalize(first ^ second);
  ContentSum.low += second;
}
