/** The level that the value of a key states. The twin of `levelOf` in `parsers/match/keyed-values.ts`. */
import { NONE } from '../layout';
import { indexOf, isDigit, isSpace, isUpper } from './bytes';
import { copyWithoutColours } from './colours';
import { levelOfLetter, levelOfNumber, levelOfWord } from './levels';
import { Scratch } from './scratch';
import { integerOf } from './value-numbers';

const MAX_STEP_DIGITS: usize = 4;
const ESCAPE: u32 = 27;

/** Level of the text `[at, end)`, which is not empty; NONE where it states none. Numbers count where `hasNumbers`. */
export function levelOfValue(at: usize, end: usize, hasNumbers: bool): i32 {
  const number = integerOf(at, end);
  if (number >= 0) return hasNumbers ? levelOfNumber(number) : NONE;
  const first: u32 = load<u8>(at);
  const isStepped = at + 2 == end && <u32>load<u8>(at + 1) - 49 <= 4; // `D2`: MongoDB
  if (isUpper(first) && (at + 1 == end || isStepped)) return levelOfLetter(first);
  const level = levelOfWord(at, end);
  return level == NONE ? levelOfAdorned(at, end) : level;
}

/** The level of a word with colours, with steps (`INFO+2`, Go `log/slog`), or with white space around. */
function levelOfAdorned(at: usize, end: usize): i32 {
  let start = at;
  let stop = end;
  if (indexOf(ESCAPE, at, end) != 0) {
    start = Scratch.top;
    stop = copyWithoutColours(at, end, start);
    Scratch.top = stop;
  }
  stop = beforeSteps(start, stop);
  while (start < stop && isSpace(load<u8>(start))) start += 1;
  while (start < stop && isSpace(load<u8>(stop - 1))) stop -= 1;
  return levelOfWord(start, stop);
}

/** The address at which the steps at the end of a text begin, or `end`. */
function beforeSteps(at: usize, end: usize): usize {
  let first = end;
  while (first > at && isDigit(load<u8>(first - 1))) first -= 1;
  if (first == at || first == end || end - first > MAX_STEP_DIGITS) return end;
  const sign: u32 = load<u8>(first - 1);
  return sign == 43 || sign == 45 ? first - 1 : end;
}
