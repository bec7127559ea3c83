const PRINTABLE_ASCII = /^[ -~]*$/;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}]$/u;
const FLAG_LETTER = /^\p{Regional_Indicator}$/u;
/** East Asian wide and full-width blocks (UAX #11, rounded to blocks), and what is an emoji by default. */
const WIDE = new RegExp(
  '^(?:[\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97f\\uac00-\\ud7a3\\uf900-\\ufaff' +
    '\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18dff}\\u{1aff0}-\\u{1b2ff}' +
    '\\u{1f200}-\\u{1f2ff}\\u{20000}-\\u{3fffd}]|\\p{Emoji_Presentation})$',
  'u',
);

/**
 * Measures how many terminal columns escaped text takes. Counts code points, not clusters: joiners are escaped before, so
 * only skin tones count more than some terminals draw. Never less than a terminal that follows UAX #11 draws.
 */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** Shortens text to at most `columns`, with an ellipsis at its end where something is missing. */
export function cutEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return columns < 1 ? '' : `${longestPrefix(text, columns - 1)}…`;
}

/** Shortens text like `cutEnd`, but keeps its end: of a file's path the end tells more. */
export function cutStart(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns < 1) return '';
  const kept = longestPrefix(Array.from(text).reverse(), columns - 1);
  return `…${Array.from(kept).reverse().join('')}`;
}

function longestPrefix(text: Iterable<string>, columns: number): string {
  let prefix = '';
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > columns) break;
    prefix += character;
  }
  return prefix;
}

function characterWidth(character: string): number {
  if (PRINTABLE_ASCII.test(character)) return 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) && !FLAG_LETTER.test(character) ? 2 : 1;
}
