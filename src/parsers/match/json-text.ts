import { type ByteString, encodeText } from '../../domain/byte-string.js';

const SIMPLE: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ESCAPES = /(?:\\u[\da-fA-F]{4})+|\\./gs;
/** Bytes of `\uXXXX`. */
const UNIT_BYTES = 6;

/**
 * Undoes the escapes of a JSON string: `\uXXXX` becomes the UTF-8 bytes of its character, a half of a surrogate pair that
 * stands alone those of U+FFFD. Of an escape that JSON does not have only the backslash goes. Source: RFC 8259, section 7.
 */
export function unescapeJson(text: ByteString): ByteString {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPES, (escape) => {
    if (escape.length < UNIT_BYTES) return SIMPLE[escape.charAt(1)] ?? escape.charAt(1);
    return encodeText(unitsOf(escape));
  });
}

/** The UTF-16 text that a run of `\uXXXX` spells. */
function unitsOf(run: ByteString): string {
  let text = '';
  for (let at = 2; at < run.length; at += UNIT_BYTES) {
    text += String.fromCharCode(Number.parseInt(run.slice(at, at + 4), 16));
  }
  return text;
}
