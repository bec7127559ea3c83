import type { ByteString } from '../byte-string.js';
import { hash64 } from '../hash.js';

/** Bytes of the longest key that is kept as it is. */
export const MAX_FORM_BYTES = 1024;
/** Bytes of the window before a key that is counted per window, see `windowed-keys.ts`. */
export const WINDOW_BYTES = 4;
/** Bytes of the longest key of a table. */
export const MAX_KEY_BYTES = WINDOW_BYTES + MAX_FORM_BYTES;
const CUT_BYTES = 1000;

/**
 * The form in which a key is counted: itself, or where it is longer than 1,024 bytes its first 1,000, `~` and the 16
 * hexadecimal digits of its hash, so that long keys stay distinct and memory stays bounded.
 */
export function keyFormOf(key: ByteString): ByteString {
  if (key.length <= MAX_FORM_BYTES) return key;
  const { high, low } = hash64(key);
  return `${key.slice(0, CUT_BYTES)}~${hexOf(high)}${hexOf(low)}`;
}

/** Copies a key out of the block of text that it was cut from and would keep alive. A plain array is the fastest way. */
export function detachedKey(key: ByteString): ByteString {
  const codes: number[] = [];
  for (let index = 0; index < key.length; index += 1) codes.push(key.charCodeAt(index));
  return String.fromCharCode(...codes);
}

function hexOf(word: number): string {
  return word.toString(16).padStart(8, '0');
}
