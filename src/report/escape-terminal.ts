/**
 * Code points that a terminal obeys, hides or cannot measure: controls C0, DEL and C1, format characters (bidi controls,
 * zero-width ones, soft hyphen), lone surrogates, private and unassigned ones, line and paragraph separators, variation
 * selectors and fillers. What is left is visible and of a known width.
 */
export const UNSAFE_TEXT = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Marks that would sit on what stands before the text, and those of a pile higher than any language needs. */
const STRAY_MARKS = /^\p{M}+|(?<=\p{M}{4})\p{M}+/gu;
const PRINTABLE_ASCII = /^[ -~]*$/;
const SHORT_NAMES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * Makes text from a log safe to print: nothing in it moves the cursor, colours, reorders, hides or breaks the line.
 * Unsafe characters are shown as `\t`, `\x1b`, `\u202e` or `\u{e0001}`. A backslash stays one, so the result is for eyes
 * and cannot be read back; escaping twice changes nothing.
 */
export function escapeTerminal(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.replace(UNSAFE_TEXT, escapeCodePoint).replace(STRAY_MARKS, escapeAll);
}

function escapeAll(text: string): string {
  return Array.from(text, escapeCodePoint).join('');
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return SHORT_NAMES[character] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}
