/** The level that the value of a key states. The twin of `levelOf` in `parsers/match/keyed-values.ts`. */
import { WORDS_LEVELS } from '../../parsers/program/sections';
import { LEVEL_DEBUG, LEVEL_ERROR, LEVEL_FATAL, LEVEL_INFO, LEVEL_TRACE, LEVEL_WARN, NONE } from '../layout';
import { byteAt, indexOf, isBlank, isDigit, isUpper } from './bytes';
import { Scratch } from './scratch';
import { integerOf } from './value-numbers';
import { findAnyCase, NO_WORD } from './words';

const MAX_STEP_DIGITS: usize = 4;
const ESCAPE: u32 = 27;
const OPEN_BRACKET: u32 = 91;

/** Level of the text `[at, end)`, which is not empty; NONE where it states none. Numbers count where `hasNumbers`. */
export function levelOfValue(at: usize, end: usize, hasNumbers: bool): i32 {
  const number = integerOf(at, end);
  if (number >= 0) return hasNumbers ? levelOfNumber(number) : NONE;
  const first: u32 = load<u8>(at);
  const isStepped = at + 2 == end && <u32>load<u8>(at + 1) - 49 <= 4; // `D2`: MongoDB
  if (isUpper(first) && (at + 1 == end || isStepped)) return levelOfLetter(first);
  const level = findAnyCase(WORDS_LEVELS, at, end);
  return level == NO_WORD ? levelOfAdorned(at, end) : level;
}

/** The level of one upper-case letter. The twin of `parsers/levels.ts`. */
function levelOfLetter(letter: u32): i32 {
  switch (letter) {
    case 84: // T
    case 86: // V
      return LEVEL_TRACE;
    case 68: // D
      return LEVEL_DEBUG;
    case 73: // I
    case 78: // N
      return LEVEL_INFO;
    case 87: // W
      return LEVEL_WARN;
    case 69: // E
      return LEVEL_ERROR;
    case 70: // F
    case 67: // C
      return LEVEL_FATAL;
    default:
      return NONE;
  }
}

/** Up to 7 a syslog severity, up to 99 the scale of pino, up to 600 that of Monolog, from 5000 that of logback. */
function levelOfNumber(number: i64): i32 {
  if (number < 8) return levelOfSeverity(<i32>number);
  if (number < 100) return max(min(<i32>number / 10, 6), 1) - 1; // 20 DEBUG, 60 FATAL
  if (number <= 600) return min(<i32>number / 100, LEVEL_FATAL); // 100 DEBUG, 500 FATAL
  return number < 5000 ? NONE : <i32>min(number / 10_000, <i64>LEVEL_ERROR); // 10 000 DEBUG, 40 000 ERROR
}

/** The level of a syslog severity, 0 to 7. */
function levelOfSeverity(severity: i32): i32 {
  if (severity < 3) return LEVEL_FATAL;
  if (severity == 7) return LEVEL_DEBUG;
  return severity == 3 ? LEVEL_ERROR : severity == 4 ? LEVEL_WARN : LEVEL_INFO;
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
  return findAnyCase(WORDS_LEVELS, start, stop);
}

/** Writes a text without its colours to `to`; the address behind. The twin of `parsers/match/colours.ts`. */
function copyWithoutColours(at: usize, end: usize, to: usize): usize {
  let top = to;
  let next = at;
  while (next < end) {
    const byte: u32 = load<u8>(next);
    const behind = byte == ESCAPE ? behindColour(next, end) : next;
    if (behind == next) {
      store<u8>(top, <u8>byte);
      top += 1;
      next += 1;
    } else {
      next = behind;
    }
  }
  return top;
}

/** The address behind the colour that begins at `at`, or `at`. */
function behindColour(at: usize, end: usize): usize {
  if (byteAt(at + 1, end) != OPEN_BRACKET) return at;
  let next = at + 2;
  while (next < end && <u32>load<u8>(next) - 48 <= 11) next += 1; // digits, `:` and `;`
  const last = byteAt(next, end);
  return last == 109 || last == 75 ? next + 1 : at;
}

/** The address at which the steps at the end of a text begin, or `end`. */
function beforeSteps(at: usize, end: usize): usize {
  let first = end;
  while (first > at && isDigit(load<u8>(first - 1))) first -= 1;
  if (first == at || first == end || end - first > MAX_STEP_DIGITS) return end;
  const sign: u32 = load<u8>(first - 1);
  return sign == 43 || sign == 45 ? first - 1 : end;
}

/** White space among the first 256 characters, as `String.prototype.trim` has it. Source: ECMA-262, WhiteSpace. */
function isSpace(byte: u32): bool {
  return isBlank(byte) || byte - 10 <= 3 || byte == 160;
}
