import { type ByteString, encodeText } from '../../domain/byte-string.js';

const SIMPLE: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ESCAPES = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\./gs;

/**
 * Undoes the escapes of a JSON string: `\uXXXX` becomes the UTF-8 bytes of its character, a half of a surrogate pair that
 * stands alone those of U+FFFD. Source: RFC 8259, section 7.
 */
export function unescapeJson(text: ByteString): ByteString {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPES, (escape) => {
    if (!escape.startsWith('\\u')) return SIMPLE[escape.charAt(1)] ?? escape.charAt(1);
    const units = escape
      .slice(2)
      .split('\\u')
      .map((digits) => Number.parseInt(digits, 16));
    return encodeText(String.fromCharCode(...units));
  });
}
