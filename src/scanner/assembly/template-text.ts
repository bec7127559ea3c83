/**
 * The template of a line behind its stamp: its text with each number in it as one zero. Lines that differ in their numbers
 * alone have the same. A digit behind a letter is no number but part of a word and stays, as in `v1`, `p95`, `trace3`, `1e9`.
 *
 * The text is not written out to be looked up: it is hashed and compared where it lies, part by part between the numbers.
 */
import { reserve } from './memory';

/** Longest line behind a stamp that has a template; shorter than every limit that a rule has for a group in brackets. */
const MAX_BYTES: usize = 128;
/** Longest number: process ids may have ten digits. */
const MAX_DIGITS: usize = 10;
const BLOCK_BYTES: usize = 16;
const ZERO: u32 = 48;

/** Of each part: its address, its length, its offset in the text. One part more than there are numbers. */
const PART_BYTES: usize = 12;
const parts: usize = reserve(PART_BYTES * (MAX_BYTES + 2));
/** As many ones as zeros behind them: masks of up to sixteen bytes. */
const masks: usize = reserve(2 * BLOCK_BYTES);
memory.fill(masks, 0xff, BLOCK_BYTES);

/** The template made last. */
export class Template {
  /** Bytes of its text. */
  static length: usize = 0;
  static hash: u32 = 0;
  static parts: usize = 0;
}

/** Makes the template of `[at, end)`, whose first byte is no digit; false where it is too long, or a number in it is. */
export function makeTemplate(at: usize, end: usize): bool {
  const length = end - at;
  if (length > MAX_BYTES) return false;
  let low = numbersIn(at, min(length, 64), 0);
  let high = length > 64 ? numbersIn(at + 64, length - 64, 1) : 0;
  let part = parts;
  let next = at;
  let offset: usize = 0;
  let hash: u64 = 0;
  while (true) {
    const number = low != 0 ? at + <usize>ctz(low) : high != 0 ? at + 64 + <usize>ctz(high) : end;
    store<u32>(part, <u32>next);
    store<u32>(part, <u32>(number - next), 4);
    store<u32>(part, <u32>offset, 8);
    part += PART_BYTES;
    offset += number - next;
    hash = rotl(hash, 7) + hashOf(next, number);
    if (number == end) break;
    const digits = min(countDigits(number), end - number);
    if (digits > MAX_DIGITS) return false;
    next = number + digits;
    offset += 1;
    if (low != 0) low &= low - 1;
    else high &= high - 1;
  }
  Template.length = offset;
  Template.parts = (part - parts) / PART_BYTES;
  Template.hash = <u32>(((hash ^ <u64>offset) * 0x9e3779b97f4a7c15) >> 32);
  return true;
}

/** A bit for each of up to 64 bytes at which a number begins. `isInside`: 1 where the byte before them is one of the line. */
// @ts-ignore: decorator
@inline
function numbersIn(at: usize, length: usize, isInside: u64): u64 {
  let digits: u64 = 0;
  let letters: u64 = 0;
  for (let done: usize = 0; done < length; done += BLOCK_BYTES) {
    const bytes = v128.load(at + done);
    digits |= <u64>(<u32>i8x16.bitmask(digitsIn(bytes))) << <u64>done;
    letters |= <u64>(<u32>i8x16.bitmask(lettersIn(bytes))) << <u64>done;
  }
  const before = isInside & <u64>isAlphanumeric(load<u8>(at - 1));
  const starts = digits & ~(((digits | letters) << 1) | before);
  return length == 64 ? starts : starts & ((<u64>1 << <u64>length) - 1);
}

// @ts-ignore: decorator
@inline
function isAlphanumeric(byte: u32): bool {
  return byte - ZERO < 10 || (byte | 32) - 97 < 26;
}

/** Tells whether the text is the one at `text`, which has as many bytes. */
export function isTemplateAt(text: usize): bool {
  for (let part = parts; part < parts + PART_BYTES * Template.parts; part += PART_BYTES) {
    const at: usize = load<u32>(part);
    const length: usize = load<u32>(part, 4);
    const known = text + <usize>load<u32>(part, 8);
    for (let done: usize = 0; done < length; done += BLOCK_BYTES) {
      const unlike = v128.and(v128.xor(v128.load(at + done), v128.load(known + done)), maskOf(length - done));
      if (v128.any_true(unlike)) return false;
    }
    if (known + length < text + Template.length && load<u8>(known + length) != ZERO) return false;
  }
  return true;
}

/** Writes the text. */
export function writeTemplate(to: usize): void {
  memory.fill(to, <u8>ZERO, Template.length);
  for (let part = parts; part < parts + PART_BYTES * Template.parts; part += PART_BYTES) {
    memory.copy(to + <usize>load<u32>(part, 8), load<u32>(part), load<u32>(part, 4));
  }
}

/**
 * Place in the text of an address of its line: number of its part, and how far it lies behind the start of that; the end of a
 * part belongs to it. -1 where it is within a number, or before the line.
 */
export function placeIn(address: usize): i32 {
  for (let number: usize = 0; number < Template.parts; number += 1) {
    const part = parts + PART_BYTES * number;
    const distance = address - <usize>load<u32>(part);
    if (distance <= <usize>load<u32>(part, 4)) return <i32>((number << 16) | distance);
  }
  return -1;
}

/** The address that a place has in the line at hand. */
// @ts-ignore: decorator
@inline
export function addressOf(place: u32): usize {
  return <usize>load<u32>(parts + PART_BYTES * <usize>(place >> 16)) + <usize>(place & 0xffff);
}

/** Digits at `at`, sixteen at most. */
// @ts-ignore: decorator
@inline
function countDigits(at: usize): usize {
  return <usize>ctz(~(<u32>i8x16.bitmask(digitsIn(v128.load(at)))));
}

// @ts-ignore: decorator
@inline
function digitsIn(bytes: v128): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(<i8>ZERO)), i8x16.splat(10));
}

// @ts-ignore: decorator
@inline
function lettersIn(bytes: v128): v128 {
  return i8x16.lt_u(i8x16.sub(v128.or(bytes, i8x16.splat(32)), i8x16.splat(97)), i8x16.splat(26));
}

/** Ones for as many bytes, sixteen at most. */
// @ts-ignore: decorator
@inline
function maskOf(length: usize): v128 {
  return v128.load(masks + BLOCK_BYTES - min(length, BLOCK_BYTES));
}

/** Sums over the blocks do not wait for each other. */
// @ts-ignore: decorator
@inline
function hashOf(at: usize, end: usize): u64 {
  let hash: u64 = 0;
  for (let block = at; block < end; block += BLOCK_BYTES) {
    const bytes = v128.and(v128.load(block), maskOf(end - block));
    const low = v128.extract_lane<u64>(bytes, 0) * 0x9e3779b97f4a7c15;
    const high = v128.extract_lane<u64>(bytes, 1) * 0xd6e8feb86659fd93;
    hash = rotl(hash, 11) + (low ^ rotl(high, 32));
  }
  return hash;
}
