/** A piece of the text of a rule. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins, counted from 1 in UTF-16 units, as editors do. */
  readonly column: number;
}

/** Each looks at a character once: the whole is linear. */
const TOKEN = /\s+|([A-Za-z][A-Za-z0-9]*)|(\d+(?:\.\d+)?)|([\s\S])/uy;

/** Cuts a text into words, numbers and single characters, and an end; blanks separate. `start` is where it begins in its line. */
export function tokensOf(text: string, start: number): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const column = start + TOKEN.lastIndex;
    const [, word, number, sign] = TOKEN.exec(text) ?? [];
    if (word !== undefined) tokens.push({ kind: 'word', text: word, column });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, column });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, column });
  }
  tokens.push({ kind: 'end', text: '', column: start + text.length });
  return tokens;
}
