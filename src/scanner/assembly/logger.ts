/**
 * Finds the name of a logger between the level and the message of a line of text. The twin of
 * `parsers/match/read-logger.ts`.
 */
import { ROLE_LOGGER } from '../layout';
import { behindEnd, BLOCK_BYTES, namePartsOf } from './blocks';
import { byteAt, isAsciiWordByte, isBlank, isDigit, NO_BYTE, skipDigits } from './bytes';
import { capture, NO_MATCH } from './draft';
import { closingMark, endOfGroup, skipMarks } from './header-marks';
import { reserve } from './memory';

const MAX_TOKENS: i32 = 4;
const BLANK: u32 = 32;
const COLON: u32 = 58;
const DASH: u32 = 45;
const DOLLAR: u32 = 36;
const DOT: u32 = 46;
const SLASH: u32 = 47;

/** `[\w$/-]`: a one for each such byte. */
const nameParts: usize = namePartTable();

function namePartTable(): usize {
  const table = reserve(<usize>NO_BYTE + 1);
  for (let byte: u32 = 0; byte < NO_BYTE; byte += 1) {
    const isPart = isAsciiWordByte(byte) || byte == DOLLAR || byte == SLASH || byte == DASH;
    store<u8>(table + byte, <u8>isPart);
  }
  return table;
}

/** Notes the logger at `at`, past threads in brackets and process ids. The message keeps all of it. */
export function noteLogger(from: usize, at: usize, end: usize): void {
  let next = at;
  for (let tokens = 0; tokens < MAX_TOKENS; tokens += 1) {
    const behind = endOfThread(next, end);
    if (behind == NO_MATCH) break;
    next = skipMarks(from, behind, end);
  }
  const nameEnd = endOfName(next, end);
  if (nameEnd != NO_MATCH) capture(ROLE_LOGGER, next, nameEnd);
}

/** Address behind a group in brackets or a number; NO_MATCH where there is neither. */
function endOfThread(at: usize, end: usize): usize {
  const byte = byteAt(at, end);
  if (isDigit(byte)) {
    const stop = skipDigits(at, end);
    return isBlank(byteAt(stop, end)) ? stop : NO_MATCH;
  }
  const closing = closingMark(byte);
  if (closing == 0) return NO_MATCH;
  const close = endOfGroup(closing, at, end);
  return close == 0 ? NO_MATCH : close + 1;
}

/**
 * `/[A-Za-z_$][\w$/-]*(?:\.[\w$/-]+)+(?=\]?(?: *:| - ))/y`: a dotted name, then `:`, ` :` or ` - `. There is one way
 * to read it: what must follow the name begins with `]`, a blank or a colon, and a name that ended earlier would be
 * followed by a byte of a name or by a dot.
 */
function endOfName(at: usize, end: usize): usize {
  const first = byteAt(at, end);
  if (!isNamePart(first) || isDigit(first) || first == SLASH || first == DASH) return NO_MATCH;
  let next = skipNamePart(at + 1, end);
  const firstEnd = next;
  while (byteAt(next, end) == DOT && isNamePart(byteAt(next + 1, end))) next = skipNamePart(next + 2, end);
  return next > firstEnd && isEndOfName(next, end) ? next : NO_MATCH;
}

function isEndOfName(at: usize, end: usize): bool {
  const start = byteAt(at, end) == 93 ? at + 1 : at;
  if (byteAt(start, end) != BLANK) return byteAt(start, end) == COLON;
  if (byteAt(start + 1, end) == DASH && byteAt(start + 2, end) == BLANK) return true;
  let next = start;
  while (byteAt(next, end) == BLANK) next += 1;
  return byteAt(next, end) == COLON;
}

function skipNamePart(at: usize, end: usize): usize {
  let next = at;
  while (next < end) {
    const others = (namePartsOf(v128.load(next)) ^ 0xffff) | behindEnd(next, end);
    if (others != 0) return next + <usize>ctz(others);
    next += BLOCK_BYTES;
  }
  return max(at, end);
}

// @ts-ignore: decorator
@inline
function isNamePart(byte: u32): bool {
  return load<u8>(nameParts + byte) != 0;
}
