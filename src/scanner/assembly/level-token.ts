/** Levels within one token of a header. The twin of `parsers/match/level-token.ts`. */
import { LEVEL_INFO, NONE } from '../layout';
import { byteAt, isBlank, isDigit, isUpper, isWordByte, skipDigits, skipLetters } from './bytes';
import { isEndOfLevel } from './header-marks';
import {
  isLevelNoun,
  isPlainLevelWord,
  levelOfGlogLetter,
  levelOfLetter,
  levelOfUsualWord,
  levelOfWord,
} from './levels';

const COLON: u32 = 58;
const SLASH: u32 = 47;

/** What was seen of the header before a token. */
export class Search {
  /** True while no token but numbers, groups and marks was seen. */
  static isFirst: bool = true;
  /** True behind a word of prose. */
  static isProse: bool = false;
}

/** Rules 3 to 5 for the letters `[at, lettersEnd)`, of which there is one at least. */
export function levelOfLetters(at: usize, lettersEnd: usize, end: usize): i32 {
  const next = byteAt(lettersEnd, end);
  if (lettersEnd - at > 1 && isAllUpper(at, lettersEnd)) {
    if (!isEndOfLevel(next) || (Search.isProse && next != COLON)) return NONE;
    const usual = levelOfUsualWord(at, lettersEnd);
    if (usual != NONE) return usual;
    const level = levelOfWord(at, lettersEnd);
    const needsMark = level == LEVEL_INFO && (isBlank(next) || next == SLASH) && isLevelNoun(at, lettersEnd);
    return needsMark ? NONE : level; // all such nouns are words for INFO
  }
  if (!Search.isFirst || Search.isProse) return NONE;
  if (lettersEnd - at == 1) return isEndOfLetter(lettersEnd, end) ? levelOfLoneLetter(load<u8>(at)) : NONE;
  if (!isBlank(next) && next != COLON && next != 44 && next != 124 && lettersEnd < end) return NONE;
  return isPlainLevelWord(at, lettersEnd) ? levelOfWord(at, lettersEnd) : NONE;
}

/** One of the letters `DIWEFV`. */
function levelOfLoneLetter(byte: u32): i32 {
  return byte == 86 ? levelOfLetter(byte) : levelOfGlogLetter(byte);
}

/** A blank, `,` or `!`; also `/` before a word, but not that of `I/O`. */
function isEndOfLetter(at: usize, end: usize): bool {
  const byte = byteAt(at, end);
  return isBlank(byte) || byte == 44 || byte == 33 || (byte == SLASH && isWordByte(byteAt(at + 2, end)));
}

/** Rule 2: the level of a pair that begins at `at`. */
export function levelOfPair(at: usize, end: usize): i32 {
  const valueAt = behindLevelKey(at, end);
  if (valueAt == 0) return NONE;
  const start = byteAt(valueAt, end) == 34 ? valueAt + 1 : valueAt;
  return levelOfWord(start, skipLetters(start, end));
}

/** Address behind `level=`, `lvl=`, `severity=` or `loglevel=`; 0 where there is none. */
function behindLevelKey(at: usize, end: usize): usize {
  const byte: u32 = load<u8>(at);
  if (byte != 108 && byte != 115) return 0;
  const head = load<u64>(at);
  let length: usize = 0;
  if ((head & 0xffff_ffff) == 0x3d6c_766c) length = 4; // lvl=
  else if ((head & 0xffff_ffff_ffff) == 0x3d6c_6576_656c) length = 6; // level=
  else if (head == 0x7974_6972_6576_6573) length = 8; // severity
  else if (head == 0x6c65_7665_6c67_6f6c) length = 8; // loglevel
  if (length == 8) length = load<u8>(at + 8) == 61 ? 9 : 0;
  return length != 0 && at + length <= end ? at + length : 0;
}

/** `local.ERROR:`, `[12777]:LOG:`: what stands before the level is set off by a dot or a colon. */
export function levelAtEnd(at: usize, end: usize): i32 {
  const stop = <u32>load<u8>(end - 1) == COLON ? end - 1 : end;
  let start = stop;
  while (start > at && isUpper(load<u8>(start - 1))) start -= 1; // the mark is the last one before `stop`
  if (start <= at + 1) return NONE;
  const mark: u32 = load<u8>(start - 1);
  return mark == 46 || mark == COLON ? levelOfWord(start, stop) : NONE;
}

/** `E0124 10:15:32`: a level letter with month and day, then a time of day. */
export function levelOfKlog(at: usize, tokenEnd: usize, end: usize): i32 {
  if (tokenEnd != at + 5 || skipDigits(at + 1, tokenEnd) != tokenEnd || byteAt(tokenEnd + 3, end) != COLON) return NONE;
  return isDigit(byteAt(tokenEnd + 1, end)) ? levelOfLetter(load<u8>(at)) : NONE;
}

/** Tells whether a usual level word follows at `at`, in any case, then a colon: `security: error: text`. */
export function isLevelAhead(at: usize, end: usize): bool {
  const stop = skipLetters(at, end);
  return stop > at && byteAt(stop, end) == COLON && isPlainLevelWord(at, stop);
}

/** Tells whether one of the usual level words follows at `at` in upper case, then a blank. */
export function isUpperLevelAhead(at: usize, end: usize): bool {
  const stop = skipLetters(at, end);
  return stop > at + 1 && isBlank(byteAt(stop, end)) && isAllUpper(at, stop) && isHeaderWord(at, stop);
}

function isHeaderWord(at: usize, end: usize): bool {
  return isPlainLevelWord(at, end) || (end - at == 8 && load<u64>(at) == 0x4c41_4349_5449_5243); // CRITICAL
}

function isAllUpper(at: usize, end: usize): bool {
  for (let next = at; next < end; next += 1) if (!isUpper(load<u8>(next))) return false;
  return true;
}
