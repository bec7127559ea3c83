/**
 * Looks keys up: names of the objects around, each with a dot, and its own, all without escapes. Names stand joined in one
 * path: an object leaves its own there while its keys are read, and what is inside it writes behind that.
 */
import { KEY_RECORD_BYTES } from '../../parsers/program/key-codes';
import { SECTION_KEYS, WORDS_KEY_STEMS, WORDS_KEYS } from '../../parsers/program/sections';
import { section } from './image';
import { reserve } from './memory';
import { unescape } from './unescape';
import { find, NO_WORD } from './words';

/** Length of the path of an object below which no key is known. */
export const NO_PREFIX: usize = 0xffffffff;

/** No known key and no name before a dot is longer. */
const MAX_KEY_BYTES: usize = 64;
/** The same in escapes. */
const MAX_ESCAPED_BYTES: usize = 6 * MAX_KEY_BYTES;
const DOT: u8 = 46;

const path: usize = reserve(MAX_KEY_BYTES + 1 + MAX_ESCAPED_BYTES + 64);

/** Record of the key `[at, end)` behind a prefix of that length; 0 for a key that means nothing. */
// @ts-ignore: decorator
@inline
export function recordOf(at: usize, end: usize, isEscaped: bool, prefix: usize): usize {
  return prefix == 0 && !isEscaped ? recordOfName(at, end) : recordInPath(at, end, isEscaped, prefix);
}

/** The same for a key without escapes that has no object around. */
// @ts-ignore: decorator
@inline
export function recordOfName(at: usize, end: usize): usize {
  const index = find(WORDS_KEYS, at, end);
  return index == NO_WORD ? 0 : section(SECTION_KEYS) + 4 + <usize>KEY_RECORD_BYTES * <usize>index;
}

function recordInPath(at: usize, end: usize, isEscaped: bool, prefix: usize): usize {
  const behind = join(at, end, isEscaped, prefix);
  return behind == 0 ? 0 : recordOfName(path, behind);
}

/** Length of the prefix of the keys in an object whose own key is `[at, end)`; NO_PREFIX where none of them is known. */
export function prefixBelow(at: usize, end: usize, isEscaped: bool, prefix: usize): usize {
  if (prefix == NO_PREFIX) return NO_PREFIX;
  const behind = join(at, end, isEscaped, prefix);
  if (behind == 0 || find(WORDS_KEY_STEMS, path, behind) == NO_WORD) return NO_PREFIX;
  store<u8>(behind, DOT);
  return behind + 1 - path;
}

/** Writes the name at `at`, which has no escapes, behind the prefix, with a dot behind it: the path is of length `below` then. */
export function joinKnown(at: usize, prefix: usize, below: usize): void {
  memory.copy(path + prefix, at, below - prefix - 1);
  store<u8>(path + below - 1, DOT);
}

/** Writes a key behind the prefix; the address behind it, or 0 where it is too long to be known. */
function join(at: usize, end: usize, isEscaped: bool, prefix: usize): usize {
  const length = end - at;
  const to = path + prefix;
  if (isEscaped) return length > MAX_ESCAPED_BYTES ? 0 : unescape(at, end, to);
  if (length > MAX_KEY_BYTES) return 0;
  for (let offset: usize = 0; offset < length; offset += 16) v128.store(to + offset, v128.load(at + offset));
  return to + length;
}
