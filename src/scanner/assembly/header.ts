/**
 * Finds the level and the logger between the stamp and the message of a line of text. The twin of
 * `parsers/match/read-header.ts`, where the rules stand.
 */
import { WORDS_INTRODUCTIONS } from '../../parsers/program/sections';
import { NONE, ROLE_LOGGER } from '../layout';
import { byteAt, isBlank, isDigit, isLetter, isUpper, skipBlanks } from './bytes';
import { capture, Draft } from './draft';
import { closingMark, endOfGroup, skipMarks } from './header-marks';
import { Prose, skipProse } from './header-prose';
import { scanToken, Token } from './header-token';
import { examine, Examined, recallHeader, rememberHeader } from './header-memo';
import { levelInGroup } from './level-group';
import {
  isLevelAhead,
  isUpperLevelAhead,
  levelAtEnd,
  levelOfKlog,
  levelOfLetters,
  levelOfPair,
  Search,
} from './level-token';
import { noteLogger } from './logger';
import { Line } from './parse';
import { find, NO_WORD } from './words';

const MAX_TOKENS: i32 = 8;
/** Bytes behind a token that its tests look at: the time of day behind klog's. */
const EXAMINED_BEHIND_TOKEN: usize = 4;
const DASH: u32 = 45;
const COLON: u32 = 58;
const UNDERSCORE: u32 = 95;

/** Reads the header at `at`; returns the start of the message. A level that is known already stays. */
export function readHeader(at: usize, end: usize): usize {
  if (Draft.level != NONE || at == Line.at) return readHeaderIn(Line.at, at, end);
  const known = recallHeader(at, end);
  if (known != 0) {
    noteLogger(Line.at, known, end);
    return known;
  }
  const noted = Draft.noted;
  Examined.end = at;
  const messageAt = readLevel(Line.at, at, end);
  if (Draft.level == NONE) return messageAt;
  if (!Search.isProse) rememberHeader(at, end, messageAt, noted);
  noteLogger(Line.at, messageAt, end);
  return messageAt;
}

/** The same for the text `[from, end)`. */
export function readHeaderIn(from: usize, at: usize, end: usize): usize {
  const messageAt = readLevel(from, at, end);
  if (Draft.level != NONE) noteLogger(from, messageAt, end);
  return messageAt;
}

/** Finds the level; returns the start of the message. */
function readLevel(from: usize, at: usize, end: usize): usize {
  const start = skipMarks(from, at, end);
  const known = Draft.level;
  Draft.level = NONE;
  const behind = skipToLevel(from, start, end);
  const isOther = known != NONE && Draft.level != known; // then it belongs to the message
  if (isOther) Draft.level = known;
  if (Draft.level == NONE) return start;
  const messageAt = isOther ? start : skipMarks(from, behind, end);
  examine(messageAt + 2);
  return messageAt;
}

/** Writes the first level of the header into the draft; returns the address behind it. */
function skipToLevel(from: usize, at: usize, end: usize): usize {
  Search.isFirst = true;
  Search.isProse = false;
  let next = at;
  for (let tokens = 0; tokens < MAX_TOKENS && next < end; tokens += 1) {
    const behind = readToken(next, end);
    if (behind == 0 || Draft.level != NONE) return behind;
    next = skipMarks(from, behind, end);
    if (!Search.isProse || next >= end) continue;
    skipProse(next, end, MAX_TOKENS - 1 - tokens);
    next = Prose.at;
    tokens += Prose.tokens;
  }
  return next;
}

/** Looks at one token; returns the address behind it, or 0 where the search is over. */
function readToken(at: usize, end: usize): usize {
  const closing = closingMark(load<u8>(at));
  if (closing == 0) return readWord(at, end);
  const close = endOfGroup(closing, at, end);
  if (close == 0) return 0; // and no level was found
  examine(close + 1);
  if (!Search.isProse) Draft.level = levelInGroup(at + 1, close);
  return close + 1;
}

function readWord(at: usize, end: usize): usize {
  scanToken(at, end);
  examine(Token.end + EXAMINED_BEHIND_TOKEN);
  const lettersEnd = Token.lettersEnd;
  const tokenEnd = Token.end;
  const next = byteAt(lettersEnd, end);
  if (lettersEnd > at && next != UNDERSCORE && !isDigit(next)) {
    Draft.level = levelOfLetters(at, lettersEnd, end);
    if (Draft.level != NONE) return lettersEnd;
  }
  if (!Search.isProse) Draft.level = levelOfPair(at, end);
  if (Draft.level == NONE && Search.isFirst && lettersEnd == at + 1) Draft.level = levelOfKlog(at, tokenEnd, end);
  if (Draft.level != NONE) return tokenEnd;
  if (Token.isQualified) Draft.level = levelAtEnd(at, tokenEnd);
  else readName(at, tokenEnd, end);
  return tokenEnd;
}

/** A lone word: a name where a mark or a level follows (`name - LEVEL - text`, `name LEVEL text`), else prose. */
function readName(at: usize, wordEnd: usize, end: usize): void {
  const next = skipBlanks(wordEnd, end);
  if (Search.isFirst && isIntroduction(at, wordEnd, next, end)) return;
  const isBeforeDash = byteAt(next, end) == DASH && isBlank(byteAt(next + 1, end));
  const isName = isBeforeDash || (Search.isFirst && isNameOfLogger(at, wordEnd) && isUpperLevelAhead(next, end));
  Search.isFirst = false;
  if (isName) capture(ROLE_LOGGER, at, wordEnd);
  else Search.isProse = true;
}

/** `PHP`, a zone, or `security:` before `error:`. */
function isIntroduction(at: usize, wordEnd: usize, next: usize, end: usize): bool {
  if (<u32>load<u8>(wordEnd - 1) == COLON) return isLevelAhead(next, end);
  return find(WORDS_INTRODUCTIONS, at, wordEnd) != NO_WORD;
}

/**
 * `/^(?:[a-z]|[A-Z][a-z]+[A-Z])[A-Za-z-]{2,63}$/`. There is one way to read it: the lower-case letters of the second
 * form end at the first byte that is none, which must be the upper-case one.
 */
function isNameOfLogger(at: usize, end: usize): bool {
  const first: u32 = load<u8>(at);
  let next = at + 1;
  if (isUpper(first)) {
    while (next < end && isLower(load<u8>(next))) next += 1;
    if (next == at + 1 || !isUpper(byteAt(next, end))) return false;
    next += 1;
  } else if (!isLower(first)) return false;
  const rest = end - next;
  if (rest < 2 || rest > 63) return false;
  for (; next < end; next += 1) {
    const byte: u32 = load<u8>(next);
    if (!isLetter(byte) && byte != DASH) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function isLower(byte: u32): bool {
  return byte - 97 <= 25;
}
