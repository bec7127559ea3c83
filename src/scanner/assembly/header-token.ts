/** One token of a header, bytes up to a blank, and what its search wants to know of it: found in one walk. */
import { behindEnd, blanksOf, BLOCK_BYTES, joinedLettersOf, lettersOf } from './blocks';
import { isDigit } from './bytes';

const APOSTROPHE: u32 = 39;

/** The token at hand. */
export class Token {
  /** Address behind the letters with which it begins. */
  static lettersEnd: usize = 0;
  static end: usize = 0;
  /** True for an address, a number, a path, a token in quotes or a qualified name, false for a word of prose. */
  static isQualified: bool = false;
}

/** Looks at the token at `at`, which is before `end` and no blank. */
export function scanToken(at: usize, end: usize): void {
  let lettersEnd: usize = 0;
  let oddAt: usize = 0; // the first byte that is neither a letter nor joins letters
  let next = at;
  let stops: u32 = 0;
  while (true) {
    const block = v128.load(next);
    const others = lettersOf(block) ^ 0xffff;
    const odd = joinedLettersOf(block) ^ 0xffff;
    if (lettersEnd == 0 && others != 0) lettersEnd = next + <usize>ctz(others);
    if (oddAt == 0 && odd != 0) oddAt = next + <usize>ctz(odd);
    stops = blanksOf(block) | behindEnd(next, end);
    if (stops != 0) break;
    next += BLOCK_BYTES;
  }
  const stop = next + <usize>ctz(stops);
  Token.end = stop;
  Token.lettersEnd = lettersEnd == 0 || lettersEnd > stop ? stop : lettersEnd;
  Token.isQualified =
    (oddAt != 0 && oddAt < stop - 1) || <u32>load<u8>(at) == APOSTROPHE || isDigit(load<u8>(stop - 1));
}
