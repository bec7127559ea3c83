/**
 * The two encodings that are being merged, left and right, and the one that comes of it. Both were checked, so they are read
 * without a doubt. A part of the result never takes more bytes than it takes in both of them: sums have no more digits than
 * their terms together, gaps get smaller. Only sketches that are new take more, for which `room` is asked.
 */
import { copyBlocks } from '../blocks';
import { MAX_SAFE } from '../summary/occurrence';
import { putVarint } from '../summary/writer';

/** Bit 7 of each byte: it is set in all bytes of a varint but the last. */
const MARKS: u64 = 0x8080808080808080;

export class Left {
  static at: usize = 0;
}

export class Right {
  static at: usize = 0;
}

export class Merged {
  static end: usize = 0;
}

/** Bits of the varint that a word begins with; 65 where it does not end in it. */
// @ts-ignore: decorator
@inline
export function bitsOf(word: u64): u32 {
  return <u32>ctz(~word & MARKS) + 1;
}

/** The value of a varint of that many bits. */
// @ts-ignore: decorator
@inline
export function valueOf(word: u64, bits: u32): u64 {
  const quarters = word & (<u64>-1 >> <u64>(64 - bits)) & 0x7f7f7f7f7f7f7f7f;
  const halves = (quarters & 0x007f007f007f007f) | ((quarters & 0x7f007f007f007f00) >> 1);
  const words = (halves & 0x00003fff00003fff) | ((halves & 0x3fff00003fff0000) >> 2);
  return (words & 0x0fffffff) | ((words & 0x0fffffff00000000) >> 4);
}

/** The varint at an address. */
// @ts-ignore: decorator
@inline
export function varintAt(at: usize): u64 {
  const word = load<u64>(at);
  return (word & 128) == 0 ? word & 127 : valueOf(word, bitsOf(word));
}

/** The address behind the varint at an address. */
// @ts-ignore: decorator
@inline
export function behindVarint(at: usize): usize {
  return at + <usize>(bitsOf(load<u64>(at)) >> 3);
}

/** The address behind `count` varints. */
export function behindVarints(at: usize, count: usize): usize {
  let next = at;
  let left = <u32>count;
  while (true) {
    let ends = ~i8x16.bitmask(v128.load(next)) & 0xffff;
    const found = <u32>popcnt(ends);
    if (found < left) {
      left -= found;
      next += 16;
      continue;
    }
    if (left == 0) return next;
    for (; left > 1; left -= 1) ends &= ends - 1;
    return next + <usize>ctz(ends) + 1;
  }
}

export function takeLeft(): u64 {
  const value = varintAt(Left.at);
  Left.at = behindVarint(Left.at);
  return value;
}

export function takeRight(): u64 {
  const value = varintAt(Right.at);
  Right.at = behindVarint(Right.at);
  return value;
}

// @ts-ignore: decorator
@inline
export function put(value: u64): void {
  Merged.end = putVarint(Merged.end, value);
}

/** Merges a number that stops at 2^53 - 1. */
export function mergeSum(): u64 {
  const sum = min(takeLeft() + takeRight(), MAX_SAFE);
  put(sum);
  return sum;
}

/** Copies what lies between two addresses. */
// @ts-ignore: decorator
@inline
export function copy(from: usize, end: usize): void {
  copyBlocks(Merged.end, from, end - from);
  Merged.end += end - from;
}


/** Leaves room for a number of items, of which there are at most so many; returns where the items begin. */
export function openCount(atMost: u64): usize {
  Merged.end += bytesOf(atMost);
  return Merged.end;
}

/** Puts the number of items before those that begin at `first`; they move where less room was needed than was left. */
export function closeCount(first: usize, atMost: u64, count: u64): void {
  const place = first - bytesOf(atMost);
  const start = place + bytesOf(count);
  if (start != first) {
    memory.copy(start, first, Merged.end - first);
    Merged.end -= first - start;
  }
  let rest = count;
  for (let at = place; at < start; at += 1) {
    store<u8>(at, <u8>(rest & 127) | (at + 1 < start ? 128 : 0));
    rest >>= 7;
  }
}

/** Bytes of a varint. */
function bytesOf(value: u64): usize {
  return value < 128 ? 1 : <usize>(70 - <u32>clz(value)) / 7;
}
