/** Which lines may be remembered by their templates: those of which no rule for levels and durations looks at the value of a number. */
import { WORDS_UNITS } from '../../parsers/program/sections';
import { byteAt, isDigit, skipBlanks, skipLetters } from './bytes';
import { find, NO_WORD } from './words';

/** Digits of a number with a unit from which on it may be too large to be a duration. */
const MAX_SAFE_DIGITS: usize = 6;

/**
 * Tells whether no rule looks at the value of a number of the line behind its stamp. These do: an exponent (`1e-9`), a number
 * with a unit that is too large to be a duration, and a stamp behind the stamp.
 */
export function isSafe(behind: usize, end: usize): bool {
  if (isDigit(byteAt(skipBlanks(behind, end), end))) return false;
  for (let at = behind; at < end; at += 1) {
    if (!isDigit(load<u8>(at))) continue;
    if (isInExponent(at)) return false;
    const number = skipNumber(at, end);
    if (number - at > MAX_SAFE_DIGITS && isUnit(number, end)) return false;
    at = number - 1;
  }
  return true;
}

/** Tells whether `e+` or `e-` stands before the digit at `at`. */
function isInExponent(at: usize): bool {
  const before: u32 = load<u8>(at - 1);
  return (before == 43 || before == 45) && (<u32>load<u8>(at - 2) | 32) == 101 && isDigit(load<u8>(at - 3));
}

/** Digits and dots. */
function skipNumber(at: usize, end: usize): usize {
  let next = at;
  while (next < end && (isDigit(load<u8>(next)) || load<u8>(next) == 46)) next += 1;
  return next;
}

/** Tells whether the word of a unit stands at `at`, blanks before it or not. A micro sign begins one, too. */
function isUnit(at: usize, end: usize): bool {
  const start = skipBlanks(at, end);
  if (start < end && load<u8>(start) >= 128) return true;
  return find(WORDS_UNITS, start, skipLetters(start, end)) != NO_WORD;
}
