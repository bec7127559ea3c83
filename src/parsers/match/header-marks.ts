/** The punctuation of headers: marks between their parts, and brackets around them. */
import type { ByteString } from '../../domain/byte-string.js';
import { isBlank, isWordByte, skipBlanks } from '../bytes.js';

/** Bytes in brackets beyond which they hold no part of a header. */
export const MAX_GROUP_BYTES = 256;

/** Bytes that may stand before or between the parts of a header. */
const MARKS = new Set(Array.from('-|:,;=>*#!/]).', (mark) => mark.charCodeAt(0)));
const CLOSING: ReadonlyMap<number, string> = new Map([
  [91, ']'],
  [40, ')'],
  [60, '>'],
]);

/** The mark that closes the group that begins at `at`; undefined where none begins. */
export function closingMark(line: ByteString, at: number): string | undefined {
  return CLOSING.get(line.charCodeAt(at));
}

/** Position behind blanks and marks; a mark that begins a word, such as `-5` or `.net`, stays. */
export function skipMarks(line: ByteString, at: number): number {
  let end = skipBlanks(line, at);
  while (
    MARKS.has(line.charCodeAt(end)) &&
    !(isWordByte(line.charCodeAt(end + 1)) && isBlank(line.charCodeAt(end - 1)))
  ) {
    end = skipBlanks(line, end + 1);
  }
  return end;
}
