/** Folds ids in paths, by the rule at the head of its twin, `domain/summary/fold-path.ts`. */
import { copyBlocks, digitsOf, slashesOf } from '../blocks';
import { indexOf } from '../bytes';
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

/** Bytes that are looked at at once. */
const WIDE_BYTES: usize = 64;

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
  Rest.at = at;
  Rest.out = scratch;
  let start = at;
  while (start <= end) start = foldSegments(start, end);
  if (Rest.out == scratch) return;
  copyRest(end);
  Folded.at = scratch;
  Folded.end = Rest.out;
}

/** What was not copied of the path at hand, and where it is to go. */
class Rest {
  static at: usize = 0;
  static out: usize = 0;
}

function copyRest(end: usize): void {
  const length = end - Rest.at;
  copyBlocks(Rest.out, Rest.at, length);
  Rest.out += length;
}

/** Puts `:id` for `[start, stop)`. */
function putId(start: usize, stop: usize): void {
  copyRest(start);
  store<u32>(Rest.out, FOLDED_ID);
  Rest.out += FOLDED_ID_BYTES;
  Rest.at = stop;
}

/** Folds the segments from `start` on whose ends are seen at once, one at least; returns where the next one starts. */
function foldSegments(start: usize, end: usize): usize {
  const left = end - start;
  let slashes = wideSlashes(start);
  let digits = wideDigits(start);
  if (left < WIDE_BYTES) {
    const edge = <u64>1 << <u64>left; // the end of the path ends a segment as a slash does
    slashes = (slashes & (edge - 1)) | edge;
    digits &= edge - 1;
  }
  if (slashes == 0) return foldLong(start, end);
  if (digits != 0) foldWithin(start, slashes, digits);
  return start + WIDE_BYTES - <usize>clz(slashes);
}

/** Folds the segments that end at the bits of `slashes`, counted from `start`. */
// @ts-ignore: decorator
@inline
function foldWithin(start: usize, slashes: u64, digits: u64): void {
  let from: u64 = 0;
  for (let rest = slashes; rest != 0; rest &= rest - 1) {
    const next = ctz(rest);
    const segment = (<u64>1 << next) - (<u64>1 << from);
    const found = digits & segment;
    const isCandidate = found != 0 && (next - from >= <u64>MIN_HEX_BYTES || ((found >> from) & 1) != 0);
    if (isCandidate) {
      if (found == segment) putId(start + <usize>from, start + <usize>next);
      else foldOne(start + <usize>from, start + <usize>next);
    }
    from = next + 1;
  }
}

/** Folds a segment whose end is not seen at once; returns where the next one starts. */
function foldLong(start: usize, end: usize): usize {
  const slash = indexOf(SLASH, start + WIDE_BYTES, end);
  const next = slash == 0 ? end : slash;
  foldOne(start, next);
  return next + 1;
}

function foldOne(start: usize, end: usize): void {
  const stop = stemEnd(start, end);
  if (isId(start, stop) || (stop == end && isToken(start, end))) putId(start, stop);
}

/** Bit n tells whether the byte n of the 64 at `at` is a slash. */
// @ts-ignore: decorator
@inline
function wideSlashes(at: usize): u64 {
  const low = slashesOf(v128.load(at)) | (slashesOf(v128.load(at, 16)) << 16);
  const high = slashesOf(v128.load(at, 32)) | (slashesOf(v128.load(at, 48)) << 16);
  return <u64>low | (<u64>high << 32);
}

// @ts-ignore: decorator
@inline
function wideDigits(at: usize): u64 {
  const low = digitsOf(v128.load(at)) | (digitsOf(v128.load(at, 16)) << 16);
  const high = digitsOf(v128.load(at, 32)) | (digitsOf(v128.load(at, 48)) << 16);
  return <u64>low | (<u64>high << 32);
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
