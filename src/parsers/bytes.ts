/** Classes of bytes, and small walks over a byte string. A position behind the end gives NaN, which is in no class. */
import type { ByteString } from '../domain/byte-string.js';

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** Blank or tab. */
export function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}

export function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}

export function isUpper(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

/** ASCII letter, digit or underscore. */
export function isAsciiWordByte(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === 95;
}

/** The same, or a byte of a character beyond ASCII. */
export function isWordByte(byte: number): boolean {
  return isAsciiWordByte(byte) || byte >= 128;
}

/** Position of the first byte at or after `at` that is neither blank nor tab. */
export function skipBlanks(line: ByteString, at: number): number {
  let end = at;
  while (isBlank(line.charCodeAt(end))) end += 1;
  return end;
}

/** Position of the first blank or tab at or after `at`, or the end. */
export function skipToken(line: ByteString, at: number): number {
  let end = at;
  while (end < line.length && !isBlank(line.charCodeAt(end))) end += 1;
  return end;
}

/** Position of the first byte at or after `at` that is no digit. */
export function skipDigits(line: ByteString, at: number): number {
  let end = at;
  while (isDigit(line.charCodeAt(end))) end += 1;
  return end;
}

/** Position of the first byte at or after `at` that is no letter. */
export function skipLetters(line: ByteString, at: number): number {
  let end = at;
  while (isLetter(line.charCodeAt(end))) end += 1;
  return end;
}

const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** Position behind a UTF-8 byte order mark at `at`, if there is one. */
export function skipByteOrderMark(line: ByteString, at: number): number {
  return line.startsWith(BYTE_ORDER_MARK, at) ? at + BYTE_ORDER_MARK.length : at;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** `at` is behind an opening quote. Position of the closing one, past backslash escapes; -1 where there is none. */
export function closingQuote(line: ByteString, at: number): number {
  for (let end = at; end < line.length; end += 1) {
    const byte = line.charCodeAt(end);
    if (byte === QUOTE) return end;
    if (byte === BACKSLASH) end += 1;
  }
  return -1;
}
