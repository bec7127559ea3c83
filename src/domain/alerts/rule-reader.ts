import { failure, type MillraceError } from '../errors.js';
import { type Token, tokensOf } from './tokens.js';

const TIME_UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
const MAX_TIME_MS = 7 * 86_400_000;
const TIME = 'a time from 1s to 7d such as 30s, 5m or 1h';

/** Reads the tokens of one rule from left to right; every refusal says what was expected, what was found and where. */
export class RuleReader {
  readonly #tokens: readonly Token[];
  readonly #where: string;
  #at = 0;

  /** `where` names the rule in errors, `start` is the column at which `text` begins. */
  constructor(text: string, start: number, where: string) {
    this.#tokens = tokensOf(text, start);
    this.#where = where;
  }

  get isAtEnd(): boolean {
    return this.#peek().kind === 'end';
  }

  /** Takes the next token if it is `text`. */
  take(text: string): boolean {
    const isNext = this.#peek().text === text && !this.isAtEnd;
    if (isNext) this.#at += 1;
    return isNext;
  }

  /** Takes the next token, which must be one of `choices`. @throws MR_ERR_RULE_INVALID */
  choice<Choice extends string>(choices: readonly Choice[], expected: string): Choice {
    const { text } = this.#peek();
    const chosen = choices.find((choice) => choice === text);
    if (chosen === undefined) throw this.refuse(expected);
    this.#at += 1;
    return chosen;
  }

  /** Takes a number that is not negative. @throws MR_ERR_RULE_INVALID */
  number(expected: string): number {
    const { kind, text } = this.#peek();
    const value = Number(text);
    if (kind !== 'number' || !(value <= Number.MAX_SAFE_INTEGER)) throw this.refuse(expected);
    this.#at += 1;
    return value;
  }

  /** Takes a span of time in ms: a number and its unit, with or without a blank. @throws MR_ERR_RULE_INVALID */
  timeMs(): number {
    const begin = this.#at;
    const amount = this.number(TIME);
    const unitMs = TIME_UNITS_MS.get(this.#peek().text);
    if (unitMs === undefined) throw this.refuse('a unit of time: s, m, h or d');
    const ms = Math.round(amount * unitMs);
    if (!(ms >= 1000 && ms <= MAX_TIME_MS)) throw this.refuse(TIME, begin);
    this.#at += 1;
    return ms;
  }

  /** Where reading stands, for `refuse`. */
  mark(): number {
    return this.#at;
  }

  /** Makes the error for what stands at a mark, or for the next token. */
  refuse(expected: string, mark = this.#at): MillraceError {
    const token = this.#tokens[mark];
    return refuseAt(this.#where, token?.column ?? 1, expected, foundOf(token));
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', column: 1 }; // nothing is taken at the end
  }
}

function foundOf(token: Token | undefined): string {
  return token === undefined || token.kind === 'end' ? 'the end' : `'${token.text}'`;
}

/** Makes the error for a rule. */
export function refuseAt(where: string, column: number, expected: string, found: string): MillraceError {
  return failure('MR_ERR_RULE_INVALID', [where, column, expected, found]);
}
