/**
 * The template of a line behind its stamp: its text with the numbers in it left out. Lines that differ in their numbers alone
 * have the same. A digit behind a letter is no number but part of a word and stays, as in `v1`, `p95`, `trace3`, `1e9`.
 *
 * No text is written out to look a line up: its pairs of bytes are summed, which tells nothing of where they stand, and then
 * what is known is walked along the line.
 */
import { copyBlocks } from './blocks';
import { reserve } from './memory';

/** Longest line behind a stamp that has a template; shorter than every limit that a rule has for a group in brackets. */
export const MAX_TEMPLATE_BYTES: usize = 128;
/** Longest number: process ids may have ten digits. */
const MAX_DIGITS: usize = 10;
const BLOCK_BYTES: usize = 16;
const ZERO: u32 = 48;

/** What is between the numbers of the line at hand: address and length of each. */
const PART_BYTES: usize = 8;
/** Parts of a template that can be kept. */
const MAX_PARTS: usize = 20;
const parts: usize = reserve(PART_BYTES * (MAX_TEMPLATE_BYTES + 2));

/** A template as it is kept: how many parts, the length of each, one byte each; then their bytes. */
const LENGTHS_AT: usize = 1;
const TEXT_AT: usize = LENGTHS_AT + MAX_PARTS + 3;
export const TEMPLATE_BYTES: usize = TEXT_AT + MAX_TEMPLATE_BYTES;

/** As many ones as zeros behind them: masks of up to sixteen bytes. */
const masks: usize = reserve(2 * BLOCK_BYTES);
memory.fill(masks, 0xff, BLOCK_BYTES);

class Parts {
  static count: usize = 0;
}

/** Hash of the template of `[at, end)`, which is no longer than MAX_TEMPLATE_BYTES; its high bits are the best. */
// @ts-ignore: decorator
@inline
export function templateHash(at: usize, end: usize): u32 {
  let pairs = i32x4.splat(0);
  let others = i32x4.splat(0);
  for (let next = at; next < end; next += BLOCK_BYTES) {
    const block = withoutDigits(v128.and(v128.load(next), maskOf(end - next)));
    const before = withoutDigits(v128.load(next - 1));
    const low = i16x8.extend_low_i8x16_u(block);
    const high = i16x8.extend_high_i8x16_u(block);
    const mixed = mixedOf(before);
    pairs = i32x4.add(pairs, i32x4.dot_i16x8_s(low, i16x8.extend_low_i8x16_u(before)));
    others = i32x4.add(others, i32x4.dot_i16x8_s(low, i16x8.extend_low_i8x16_u(mixed)));
    pairs = i32x4.add(pairs, i32x4.dot_i16x8_s(high, i16x8.extend_high_i8x16_u(before)));
    others = i32x4.add(others, i32x4.dot_i16x8_s(high, i16x8.extend_high_i8x16_u(mixed)));
  }
  const sums = i32x4.add(i32x4.mul(pairs, i32x4.splat(0x9e3779b1)), i32x4.mul(others, i32x4.splat(0x85ebca77)));
  const halves = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
  return v128.extract_lane<u32>(halves, 0) + v128.extract_lane<u32>(halves, 1);
}

/** Other bytes for the lower halves of bytes. */
// @ts-ignore: decorator
@inline
function mixedOf(bytes: v128): v128 {
  const table = i8x16(91, 17, -26, -118, 55, -52, 3, -77, 120, -10, 29, -94, 74, -45, 40, 105);
  return i8x16.swizzle(table, v128.and(bytes, i8x16.splat(15)));
}

// @ts-ignore: decorator
@inline
function withoutDigits(bytes: v128): v128 {
  return v128.andnot(bytes, digitsIn(bytes));
}

/** Parts the text `[at, end)`, whose first byte is no digit; false where it has no template that can be kept. */
export function partText(at: usize, end: usize): bool {
  const length = end - at;
  if (length > MAX_TEMPLATE_BYTES) return false;
  let low = numbersIn(at, min(length, 64), 0);
  let high = length > 64 ? numbersIn(at + 64, length - 64, 1) : 0;
  let next = at;
  for (let part = parts; part < parts + PART_BYTES * MAX_PARTS; part += PART_BYTES) {
    const number = low != 0 ? at + <usize>ctz(low) : high != 0 ? at + 64 + <usize>ctz(high) : end;
    store<u32>(part, <u32>next);
    store<u32>(part, <u32>(number - next), 4);
    if (number == end) {
      Parts.count = (part - parts) / PART_BYTES + 1;
      return true;
    }
    const digits = min(countDigits(number), end - number);
    if (digits > MAX_DIGITS) return false;
    next = number + digits;
    if (low != 0) low &= low - 1;
    else high &= high - 1;
  }
  return false;
}

/** A bit for each of up to 64 bytes at which a number begins. `isInside`: 1 where the byte before them is one of the line. */
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

/** Keeps the template of the text that was parted last. */
export function keepTemplate(template: usize): void {
  let to = template + TEXT_AT;
  store<u8>(template, <u8>Parts.count);
  for (let number: usize = 0; number < Parts.count; number += 1) {
    const length: usize = load<u32>(parts + PART_BYTES * number, 4);
    store<u8>(template + LENGTHS_AT + number, <u8>length);
    copyBlocks(to, load<u32>(parts + PART_BYTES * number), length);
    to += length;
  }
}

/**
 * Tells whether the text `[at, end)` has this template, and parts it. A number of the template begins behind the same byte as
 * one of the text, and ends before one that is no digit: so the text could not be parted in another way.
 */
export function hasTemplate(template: usize, at: usize, end: usize): bool {
  const lastLength = template + LENGTHS_AT + <usize>load<u8>(template) - 1;
  let known = template + TEXT_AT;
  let part = parts;
  let next = at;
  let lengthAt = template + LENGTHS_AT;
  while (true) {
    const length: usize = load<u8>(lengthAt);
    for (let done: usize = 0; done < length; done += BLOCK_BYTES) {
      const unlike = v128.and(v128.xor(v128.load(next + done), v128.load(known + done)), maskOf(length - done));
      if (v128.any_true(unlike)) return false;
    }
    store<u32>(part, <u32>next);
    next += length;
    if (lengthAt == lastLength) return next == end;
    const digits = countDigits(next);
    if (digits - 1 >= MAX_DIGITS) return false;
    next += digits;
    if (next > end) return false;
    known += length;
    part += PART_BYTES;
    lengthAt += 1;
  }
}

/**
 * Place in a template of an address of the line that was parted last: number of its part, and how far it lies behind the start of
 * that; the end of a part belongs to it. -1 where it is within a number, or before the line.
 */
export function placeIn(address: usize): i32 {
  for (let number: usize = 0; number < Parts.count; number += 1) {
    const part = parts + PART_BYTES * number;
    const distance = address - <usize>load<u32>(part);
    if (distance <= <usize>load<u32>(part, 4)) return <i32>((number << 16) | distance);
  }
  return -1;
}

/** The address that a place has in the line that was parted last. */
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
