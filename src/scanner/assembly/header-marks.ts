/**
 * The punctuation of headers: marks between their parts, and brackets around them. The twin of
 * `parsers/match/header-marks.ts`.
 */
import { byteAt, indexOf, isBlank, isWordByte, NO_BYTE, skipBlanks } from './bytes';
import { reserve } from './memory';

/** Bytes in brackets beyond which they hold no part of a header. */
const MAX_GROUP_BYTES: usize = 256;

const MARK: u32 = 1;
const LEVEL_END: u32 = 2;

/** One byte of classes for each byte and for NO_BYTE. */
const classes: usize = classTable();

function classTable(): usize {
  const table = reserve(257);
  put(table, '-|:,;=>*#!/]).', MARK);
  put(table, ':;,|/[])> \t', LEVEL_END);
  store<u8>(table + NO_BYTE, <u8>LEVEL_END);
  return table;
}

function put(table: usize, bytes: string, bits: u32): void {
  for (let index = 0; index < bytes.length; index += 1) {
    const place = table + <usize>bytes.charCodeAt(index);
    store<u8>(place, <u8>(<u32>load<u8>(place) | bits));
  }
}

/** Tells whether a level may end before that byte: at a blank, a mark or the end of the line. */
// @ts-ignore: decorator
@inline
export function isEndOfLevel(byte: u32): bool {
  return (<u32>load<u8>(classes + byte) & LEVEL_END) != 0;
}

/** The mark that closes the group that `byte` opens; 0 where it opens none. */
// @ts-ignore: decorator
@inline
export function closingMark(byte: u32): u32 {
  if (byte == 91) return 93;
  if (byte == 40) return 41;
  return byte == 60 ? 62 : 0;
}

/** Address of the mark that closes the group at `at`; 0 where it is not closed, or too long. */
export function endOfGroup(closing: u32, at: usize, end: usize): usize {
  return indexOf(closing, at + 1, min(end, at + MAX_GROUP_BYTES + 1));
}

/**
 * Address behind blanks and marks; a mark that begins a word, such as `-5` or `.net`, stays. `from` is the start of the
 * text: what is before it is no blank.
 */
export function skipMarks(from: usize, at: usize, end: usize): usize {
  let next = skipBlanks(at, end);
  while (next < end && (<u32>load<u8>(classes + load<u8>(next)) & MARK) != 0) {
    if (isWordByte(byteAt(next + 1, end)) && next > from && isBlank(load<u8>(next - 1))) break;
    next = skipBlanks(next + 1, end);
  }
  return next;
}
