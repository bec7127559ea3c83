/** Takes request lines and their targets apart. The twin of these in `parsers/match/read-access.ts`. */
import { ROLE_HTTP_VERSION, ROLE_METHOD, ROLE_PATH, ROLE_URL } from '../layout';
import { byteAt, indexOf, isUpper, lastIndexOf } from './bytes';
import { capture } from './draft';
import { reserve } from './memory';

const DASH: u32 = 45;
const UNDERSCORE: u32 = 95;
const SPACE: u32 = 32;
const SLASH: u32 = 47;
const QUESTION: i8 = 63;
const HASH: i8 = 35;
const MAX_METHOD_BYTES: usize = 20;
/** `HTTP/` as it lies in memory. */
const HTTP: u32 = 0x50545448;
export const VERSION_BYTES: usize = 5;
/** ` HTTP/1.` as it lies in memory. */
const USUAL_VERSION: u64 = 0x2e312f5054544820;
const USUAL_END_BYTES: usize = 9;
/** Where the `://` behind a scheme begins at the latest. */
const MAX_SCHEME_BYTES: usize = 10;

/** The path of a target that has none. */
const root: usize = rootText();

function rootText(): usize {
  const text = reserve(1);
  store<u8>(text, <u8>SLASH);
  return text;
}

/** Methods are upper-case letters, also with `-` and `_` in them. */
export function skipMethod(at: usize, end: usize): usize {
  const last = min(end, at + MAX_METHOD_BYTES);
  let next = at;
  while (next < last) {
    const byte: u32 = load<u8>(next);
    if (!isUpper(byte) && (next == at || (byte != DASH && byte != UNDERSCORE))) break;
    next += 1;
  }
  return next;
}

/** Tells whether the text goes on with `HTTP/`. */
// @ts-ignore: decorator
@inline
export function isVersion(at: usize, end: usize): bool {
  return at + VERSION_BYTES <= end && load<u32>(at) == HTTP && load<u8>(at + 4) == <u8>SLASH;
}

/** Notes method, target and version of the request line `[at, end)`; nothing where it is none. */
export function captureRequest(at: usize, end: usize): void {
  const methodEnd = skipMethod(at, end);
  if (methodEnd == at || byteAt(methodEnd, end) != SPACE) return;
  const lastBlank = isUsualEnd(methodEnd, end) ? end - USUAL_END_BYTES : lastIndexOf(SPACE, methodEnd + 1, end);
  const hasVersion = lastBlank != 0 && isVersion(lastBlank + 1, end);
  const targetEnd = hasVersion ? lastBlank : end;
  if (targetEnd <= methodEnd + 1) return;
  capture(ROLE_METHOD, at, methodEnd);
  captureTarget(methodEnd + 1, targetEnd);
  if (hasVersion) capture(ROLE_HTTP_VERSION, lastBlank + 1 + VERSION_BYTES, end);
}

/** Tells whether the line ends with `HTTP/1.` and one byte, and a blank before it that is not the one at `methodEnd`. */
// @ts-ignore: decorator
@inline
function isUsualEnd(methodEnd: usize, end: usize): bool {
  if (end - methodEnd <= USUAL_END_BYTES || <u32>load<u8>(end - 1) == SPACE) return false;
  return load<u64>(end - USUAL_END_BYTES) == USUAL_VERSION;
}

/** Notes a target as it is written, and its path: without scheme and authority, query and fragment. */
export function captureTarget(at: usize, end: usize): void {
  const start = byteAt(at, end) == SLASH ? at : pathStart(at, end);
  const stop = pathEnd(start, end);
  capture(ROLE_URL, at, end);
  if (stop == start) capture(ROLE_PATH, root, root + 1);
  else capture(ROLE_PATH, start, stop);
}

/** Where the path of a target without leading slash begins. */
function pathStart(at: usize, end: usize): usize {
  const last = min(end, at + MAX_SCHEME_BYTES + 1);
  for (let next = at; next < last && next + 3 <= end; next += 1) {
    if (load<u8>(next) != 58 || load<u16>(next + 1) != 0x2f2f) continue;
    if (next == at) return at;
    const start = indexOf(SLASH, next + 3, end);
    return start == 0 ? end : start;
  }
  return at;
}

/** The address of the first `?` or `#`, or the end. */
function pathEnd(at: usize, end: usize): usize {
  const questions = i8x16.splat(QUESTION);
  const hashes = i8x16.splat(HASH);
  for (let next = at; next < end; next += 16) {
    const block = v128.load(next);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(block, questions), i8x16.eq(block, hashes)));
    if (mask != 0) return min(next + <usize>ctz(mask), end);
  }
  return end;
}
