/** Folds ids in paths, by the rule at the head of its twin, `domain/summary/fold-path.ts`. */
import { reserve } from '../memory';

/** `:id` as it lies in memory, with a byte to spare. */
const FOLDED_ID: u32 = 0x0064693a;
const FOLDED_ID_BYTES: usize = 3;
const MIN_HEX_BYTES: usize = 16;
const UUID_BYTES: usize = 36;
const UUID_HEX_BYTES: usize = 32;
const MIN_TOKEN_BYTES: usize = 20;
const MIN_TOKEN_DIGITS: usize = 2;
const BYTES_PER_SEPARATOR: usize = 8;
const BYTES_PER_TURN: usize = 4;
const MIN_EXTENSION_BYTES: usize = 2;
const MAX_EXTENSION_BYTES: usize = 5;

const HYPHEN: u32 = 45;
const DOT: u32 = 46;
const SLASH: u32 = 47;

const DIGIT: u32 = 1;
const LOWER: u32 = 2;
const UPPER: u32 = 4;
const HEX: u32 = 8;
const SEPARATOR: u32 = 16;
const LETTER: u32 = LOWER | UPPER;

const classes: usize = classTable();
/** Room for a folded path, which is at most twice as long as it was, and a byte; a line has at most 1 MiB. */
const scratch: usize = reserve(2 * 1024 * 1024 + 64);

/** The path folded last. */
export class Folded {
  static at: usize = 0;
  static end: usize = 0;
}

function classTable(): usize {
  const table = reserve(256);
  for (let byte: u32 = 0; byte < 128; byte += 1) {
    let bits: u32 = 0;
    if (byte >= 48 && byte <= 57) bits = DIGIT | HEX;
    if (byte >= 97 && byte <= 122) bits = byte <= 102 ? LOWER | HEX : LOWER;
    if (byte >= 65 && byte <= 90) bits = byte <= 70 ? UPPER | HEX : UPPER;
    if (byte == 45 || byte == 95) bits = SEPARATOR;
    store<u8>(table + byte, <u8>bits);
  }
  return table;
}

// @ts-ignore: decorator
@inline
function classOf(at: usize): u32 {
  return <u32>load<u8>(classes + <usize>load<u8>(at));
}

/** Folds the path `[at, end)` into `Folded`; that is the path itself where there is no id in it. */
export function foldPath(at: usize, end: usize): void {
  Folded.at = at;
  Folded.end = end;
  if (!hasDigit(at, end)) return;
  let out = scratch;
  let done = at; // everything before it was copied
  let start = at;
  for (let next = at; next <= end; next += 1) {
    if (next < end && load<u8>(next) != SLASH) continue;
    const stop = stemEnd(start, next);
    if (isId(start, stop) || (stop == next && isToken(start, next))) {
      memory.copy(out, done, start - done);
      out += start - done;
      store<u32>(out, FOLDED_ID);
      out += FOLDED_ID_BYTES;
      done = stop;
    }
    start = next + 1;
  }
  if (out == scratch) return;
  memory.copy(out, done, end - done);
  Folded.at = scratch;
  Folded.end = out + end - done;
}

function hasDigit(at: usize, end: usize): bool {
  const zero = i8x16.splat(48);
  const ten = i8x16.splat(10);
  for (let next = at; next < end; next += 16) {
    const mask = i8x16.bitmask(i8x16.lt_u(i8x16.sub(v128.load(next), zero), ten));
    if (mask != 0 && next + <usize>ctz(mask) < end) return true;
  }
  return false;
}

/** End of the stem of the segment `[start, end)`; `start` where it has none. */
function stemEnd(start: usize, end: usize): usize {
  let dot = start;
  while (dot < end && load<u8>(dot) != DOT) dot += 1;
  return dot == end || isExtension(dot + 1, end) ? dot : start;
}

function isExtension(start: usize, end: usize): bool {
  const length = end - start;
  if (length < MIN_EXTENSION_BYTES || length > MAX_EXTENSION_BYTES || (classOf(start) & LETTER) == 0) return false;
  for (let next = start; next < end; next += 1) if ((classOf(next) & (DIGIT | LETTER)) == 0) return false;
  return true;
}

/** Tells whether the stem is a number, a hash or a UUID. */
function isId(start: usize, end: usize): bool {
  const length = end - start;
  let digits: usize = 0;
  let hexBytes: usize = 0;
  for (let next = start; next < end; next += 1) {
    const byteClass = classOf(next);
    if (byteClass == 0) return false;
    if ((byteClass & DIGIT) != 0) digits += 1;
    if ((byteClass & HEX) != 0) hexBytes += 1;
  }
  if (digits == 0) return false;
  if (digits == length) return true;
  if (hexBytes == length) return length >= MIN_HEX_BYTES;
  return length == UUID_BYTES && hexBytes == UUID_HEX_BYTES && hasUuidHyphens(start);
}

function hasUuidHyphens(start: usize): bool {
  return (
    load<u8>(start, 8) == HYPHEN &&
    load<u8>(start, 13) == HYPHEN &&
    load<u8>(start, 18) == HYPHEN &&
    load<u8>(start, 23) == HYPHEN
  );
}

/** Tells whether the segment is a token. */
function isToken(start: usize, end: usize): bool {
  const length = end - start;
  if (length < MIN_TOKEN_BYTES) return false;
  let digits: usize = 0;
  let separators: usize = 0;
  let turns: usize = 0;
  let before: u32 = 0;
  for (let next = start; next < end; next += 1) {
    const byteClass = classOf(next);
    if (byteClass == 0) return false;
    if ((byteClass & DIGIT) != 0) digits += 1;
    if ((byteClass & SEPARATOR) != 0) separators += 1;
    if (isTurn(before, byteClass)) turns += 1;
    before = byteClass;
  }
  return (
    digits >= MIN_TOKEN_DIGITS && separators * BYTES_PER_SEPARATOR <= length && turns * BYTES_PER_TURN >= length
  );
}

function isTurn(before: u32, byteClass: u32): bool {
  if ((before & DIGIT) != 0) return (byteClass & LETTER) != 0;
  if ((byteClass & DIGIT) != 0) return (before & LETTER) != 0;
  return (before & LOWER) != 0 && (byteClass & UPPER) != 0;
}
