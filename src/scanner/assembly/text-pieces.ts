/** Pieces that are words and quoted texts. The twin of parts of `parsers/match/compile-pieces.ts`. */
import { NO_ROLE } from '../../parsers/program/opcodes';
import { behindEnd, BLOCK_BYTES, blanksOf } from './blocks';
import { byteAt, closingQuote, isBlank } from './bytes';
import { capture, NO_MATCH } from './draft';

/** Address of the first blank, or of the first byte of the table `stops`, at or behind `at`. */
export function skipWord(at: usize, end: usize, stops: usize): usize {
  let next = at;
  for (; next < end; next += 1) {
    const byte: u32 = load<u8>(next);
    if (isBlank(byte) || load<u8>(stops + byte) != 0) break;
  }
  return next;
}

/** Address of the first blank, or of the first of four bytes, at or behind `at`. */
export function skipToStop(at: usize, end: usize, stops: u32): usize {
  const first = i8x16.splat(<i8>stops);
  const second = i8x16.splat(<i8>(stops >> 8));
  const third = i8x16.splat(<i8>(stops >> 16));
  const fourth = i8x16.splat(<i8>(stops >> 24));
  for (let next = at; next < end; next += BLOCK_BYTES) {
    const block = v128.load(next);
    const pair = v128.or(i8x16.eq(block, first), i8x16.eq(block, second));
    const others = v128.or(i8x16.eq(block, third), i8x16.eq(block, fourth));
    const found = <u32>i8x16.bitmask(v128.or(pair, others)) | blanksOf(block) | behindEnd(next, end);
    if (found != 0) return next + <usize>ctz(found);
  }
  return end;
}

/** Notes the word `[at, wordEnd)` if it is one that somebody keeps. */
// @ts-ignore: decorator
@inline
export function readWord(role: u32, at: usize, end: usize, wordEnd: usize): usize {
  if (wordEnd == at) return NO_MATCH;
  if (role != NO_ROLE && !isMissing(at, wordEnd)) capture(role, at, wordEnd);
  return wordEnd;
}

/** A lone dash states that there is no value. */
function isMissing(at: usize, end: usize): bool {
  return end == at || (end == at + 1 && load<u8>(at) == 45);
}

/** A quoted text. */
export function readQuoted(role: u32, at: usize, end: usize): usize {
  if (at >= end || load<u8>(at) != 34) return NO_MATCH;
  const close = closingQuote(at + 1, end);
  if (close == 0) return NO_MATCH;
  if (role != NO_ROLE && !isMissing(at + 1, close)) capture(role, at + 1, close);
  return close + 1;
}

/** A blank and a quoted text. */
export function readSpacedQuoted(role: u32, at: usize, end: usize): usize {
  return byteAt(at, end) == 32 ? readQuoted(role, at + 1, end) : NO_MATCH;
}
