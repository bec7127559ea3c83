/**
 * Finds a stamp that does not begin the line: behind a level, a host, a container's name, a process id. The twin of
 * `parsers/match/read-lead.ts`.
 */
import { byteAt, isLetter, isWordByte, skipBlanks, skipToken } from './bytes';
import { NO_MATCH } from './draft';
import { readHeaderIn } from './header';
import { readStamp } from './stamp';

const MAX_LEAD_BYTES: usize = 256;
const OPEN_BRACE: u32 = 123;
const QUOTE: u32 = 34;
const APOSTROPHE: u32 = 39;

/**
 * Skips up to `tokens` tokens until a stamp matches: one of the set `first` while no letter was seen, of `inText`
 * behind one.
 */
export function readLead(tokens: u32, first: usize, inText: usize, at: usize, end: usize): usize {
  let next = at;
  let set = first;
  for (let count: u32 = 0; count <= tokens && next < end && next - at <= MAX_LEAD_BYTES; count += 1) {
    const behind = readStamp(set, isWordByte(load<u8>(next)) ? next : next + 1, end);
    if (behind != NO_MATCH) {
      if (next > at) readHeaderIn(at, at, next);
      return behind;
    }
    if (isOpenObject(next, end)) return NO_MATCH;
    const tokenEnd = skipToken(next, end);
    if (set == first && hasLetter(next, tokenEnd)) set = inText;
    next = skipBlanks(tokenEnd, end);
  }
  return NO_MATCH;
}

/** `{"`, and `{'` as Python prints it, also with a blank between. */
function isOpenObject(at: usize, end: usize): bool {
  if (<u32>load<u8>(at) != OPEN_BRACE) return false;
  const byte = byteAt(skipBlanks(at + 1, end), end);
  return byte == QUOTE || byte == APOSTROPHE;
}

function hasLetter(at: usize, end: usize): bool {
  for (let next = at; next < end; next += 1) if (isLetter(load<u8>(next))) return true;
  return false;
}
