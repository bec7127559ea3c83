/** One token of a header, bytes up to a blank, and what its search wants to know of it: found in one walk. */
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
  let oddAt: usize = 0; // the first byte that is neither a letter nor a dash nor an apostrophe
  let next = at;
  let stops: u32 = 0;
  while (true) {
    const block = v128.load(next);
    const lower = v128.or(block, i8x16.splat(32));
    const letters = i8x16.lt_u(i8x16.sub(lower, i8x16.splat(97)), i8x16.splat(26));
    const joints = v128.or(i8x16.eq(block, i8x16.splat(45)), i8x16.eq(block, i8x16.splat(39)));
    const blanks = v128.or(i8x16.eq(block, i8x16.splat(32)), i8x16.eq(block, i8x16.splat(9)));
    const others = <u32>i8x16.bitmask(letters) ^ 0xffff;
    const odd = <u32>i8x16.bitmask(v128.or(letters, joints)) ^ 0xffff;
    if (lettersEnd == 0 && others != 0) lettersEnd = next + <usize>ctz(others);
    if (oddAt == 0 && odd != 0) oddAt = next + <usize>ctz(odd);
    stops = <u32>i8x16.bitmask(blanks);
    if (end - next < 16) stops |= <u32>0xffff << <u32>(end - next);
    if (stops != 0) break;
    next += 16;
  }
  const stop = next + <usize>ctz(stops);
  Token.end = stop;
  Token.lettersEnd = lettersEnd == 0 || lettersEnd > stop ? stop : lettersEnd;
  Token.isQualified =
    (oddAt != 0 && oddAt < stop - 1) || <u32>load<u8>(at) == APOSTROPHE || isDigit(load<u8>(stop - 1));
}
