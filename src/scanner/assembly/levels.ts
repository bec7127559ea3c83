/** Words, letters, marks and numbers that name a severity. The twin of `parsers/levels.ts`. */
import { WORDS_LEVEL_NOUNS, WORDS_LEVELS, WORDS_PLAIN_LEVELS } from '../../parsers/program/sections';
import { LEVEL_DEBUG, LEVEL_ERROR, LEVEL_FATAL, LEVEL_INFO, LEVEL_TRACE, LEVEL_WARN, NONE } from '../layout';
import { byteAt } from './bytes';
import { Draft, NO_MATCH } from './draft';
import { findAnyCase, NO_WORD } from './words';

const MIN_WORD_BYTES: usize = 3;
/** Longest word of the table. */
const MAX_WORD_BYTES: usize = 13;

/** The level that the word `[at, end)` names, in any case; NONE where it names none. */
export function levelOfWord(at: usize, end: usize): i32 {
  const length = end - at;
  if (length > MAX_WORD_BYTES || length < MIN_WORD_BYTES) return NONE;
  const usual = levelOfUsualWord(at, end);
  if (usual != NONE) return usual;
  return findAnyCase(WORDS_LEVELS, at, end); // NO_WORD is NONE
}

/** The level of the usual words, four and five letters in any case, before all others are looked up. */
export function levelOfUsualWord(at: usize, end: usize): i32 {
  const length = end - at;
  if (length == 4) {
    const word = load<u32>(at) | 0x2020_2020;
    if (word == 0x6f66_6e69) return LEVEL_INFO;
    return word == 0x6e72_6177 ? LEVEL_WARN : NONE;
  }
  if (length != 5) return NONE;
  const word = (load<u64>(at) | 0x20_2020_2020) & 0xff_ffff_ffff;
  if (word == 0x72_6f72_7265) return LEVEL_ERROR;
  if (word == 0x67_7562_6564) return LEVEL_DEBUG;
  if (word == 0x65_6361_7274) return LEVEL_TRACE;
  return word == 0x6c_6174_6166 ? LEVEL_FATAL : NONE;
}

/** Tells whether a word names a level even as `Info` or `info`, outside of brackets. */
export function isPlainLevelWord(at: usize, end: usize): bool {
  return findAnyCase(WORDS_PLAIN_LEVELS, at, end) != NO_WORD;
}

/** Tells whether a word needs a mark behind it to be taken for a level. */
export function isLevelNoun(at: usize, end: usize): bool {
  return findAnyCase(WORDS_LEVEL_NOUNS, at, end) != NO_WORD;
}

/** The level of one upper-case letter; NONE where it names none. */
export function levelOfLetter(byte: u32): i32 {
  switch (byte) {
    case 73: // I
    case 78: // N
      return LEVEL_INFO;
    case 87: // W
      return LEVEL_WARN;
    case 69: // E
      return LEVEL_ERROR;
    case 68: // D
      return LEVEL_DEBUG;
    case 84: // T
    case 86: // V
      return LEVEL_TRACE;
    case 70: // F
    case 67: // C
      return LEVEL_FATAL;
    default:
      return NONE;
  }
}

/** The level of one of the letters `DIWEF` of glog; NONE for any other. */
export function levelOfGlogLetter(byte: u32): i32 {
  return byte == 84 || byte == 86 || byte == 67 || byte == 78 ? NONE : levelOfLetter(byte);
}

export function readLevelLetter(at: usize, end: usize): usize {
  return noteLevel(levelOfGlogLetter(byteAt(at, end)), at + 1);
}

/** Reads a mark of Redis. */
export function readLevelMark(at: usize, end: usize): usize {
  return noteLevel(levelOfMark(byteAt(at, end)), at + 1);
}

function noteLevel(level: i32, behind: usize): usize {
  if (level == NONE) return NO_MATCH;
  Draft.level = level;
  return behind;
}

function levelOfMark(byte: u32): i32 {
  if (byte == 46 || byte == 45) return LEVEL_DEBUG;
  if (byte == 42) return LEVEL_INFO;
  return byte == 35 ? LEVEL_WARN : NONE;
}

/** Levels of the severities from 0 to 7, four bits each, the first one lowest. */
const SEVERITIES: u32 = 0x1223_4555;

/** The level of a syslog severity, 0 to 7. */
export function levelOfSeverity(severity: u32): i32 {
  return <i32>((SEVERITIES >> (4 * severity)) & 15);
}

/** The level of a number on the scales of syslog, pino, Monolog and logback; NONE where it has none. */
export function levelOfNumber(number: i64): i32 {
  if (number < 0) return NONE;
  if (number < 8) return levelOfSeverity(<u32>number);
  if (number < 100) return levelOfPino(<i32>number);
  if (number <= 600) return levelOfMonolog(<i32>number);
  return levelOfLogback(number);
}

function levelOfPino(number: i32): i32 {
  if (number >= 60) return LEVEL_FATAL;
  if (number >= 50) return LEVEL_ERROR;
  if (number >= 40) return LEVEL_WARN;
  if (number >= 30) return LEVEL_INFO;
  return number >= 20 ? LEVEL_DEBUG : LEVEL_TRACE;
}

function levelOfMonolog(number: i32): i32 {
  if (number >= 500) return LEVEL_FATAL;
  if (number >= 400) return LEVEL_ERROR;
  if (number >= 300) return LEVEL_WARN;
  return number >= 200 ? LEVEL_INFO : LEVEL_DEBUG;
}

function levelOfLogback(number: i64): i32 {
  if (number >= 40_000) return LEVEL_ERROR;
  if (number >= 30_000) return LEVEL_WARN;
  if (number >= 20_000) return LEVEL_INFO;
  if (number >= 10_000) return LEVEL_DEBUG;
  return number >= 5000 ? LEVEL_TRACE : NONE;
}
