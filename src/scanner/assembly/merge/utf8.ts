/** Tells whether bytes are UTF-8 that decodes to a text which encodes to the same bytes. */
import { byteAt } from '../bytes';

const MARK_FIRST: u32 = 0xef;
const MARK_SECOND: u32 = 0xbb;
const MARK_THIRD: u32 = 0xbf;

/** A byte order mark in front is no part of a text. Source of the ranges: The Unicode Standard 16.0, table 3-7. */
export function isText(at: usize, end: usize): bool {
  if (end - at >= 3 && load<u8>(at) == MARK_FIRST && load<u8>(at, 1) == MARK_SECOND && load<u8>(at, 2) == MARK_THIRD) {
    return false;
  }
  let next = at;
  while (next < end) {
    const behind = behindCharacter(next, end);
    if (behind == 0) return false;
    next = behind;
  }
  return true;
}

/** The address behind a well-formed sequence, 0 where there is none. */
function behindCharacter(at: usize, end: usize): usize {
  const first = byteAt(at, end);
  if (first < 0x80) return at + 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return areContinuing(at + 1, 1, end);
  const second = byteAt(at + 1, end);
  if (first == 0xe0 && second < 0xa0) return 0;
  if (first == 0xed && second > 0x9f) return 0;
  if (first == 0xf0 && second < 0x90) return 0;
  if (first == 0xf4 && second > 0x8f) return 0;
  return areContinuing(at + 1, first < 0xf0 ? 2 : 3, end);
}

/** The address behind that many bytes of 0x80 to 0xbf, 0 where there are less. */
function areContinuing(at: usize, count: usize, end: usize): usize {
  for (let next = at; next < at + count; next += 1) if ((byteAt(next, end) & 0x1c0) != 0x80) return 0;
  return at + count;
}
