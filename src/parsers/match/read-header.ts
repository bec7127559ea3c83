/**
 * Finds the level and the logger between the stamp and the message of a line of text.
 *
 * At most eight tokens are looked at. A token is a group in brackets, parentheses or angle brackets, or bytes up to a
 * blank. The level is the first of these:
 * 1. a level word in any case in brackets, alone or behind a colon or dot: `[error]`, `[core:error]`, `[x][WARN ]`; in
 *    upper case also between other words: `[thread INFO class]`;
 * 2. `level=word`, and the like;
 * 3. a level word in upper case that ends at a blank or a mark: `ERROR`, `ERROR:`, `|INFO|`, `INFO[0001]`, `app.ERROR:`,
 *    also behind one name in lower or camel case: `worker ERROR`;
 * 4. a usual level word in other case as the first word: `Info`, `error:`; also behind `PHP` and behind a name with a
 *    colon, if it has one itself: `security: error:`;
 * 5. as the first word one letter for it: `I`, `W`, `E!`, `E0124 10:15:32`.
 * A token that is a word of prose ends the search, except for 3 with a colon: a level does not hide in the middle of a
 * sentence, so `errors=0`, `/error.html` and `INFO … ERROR page served` cannot mislead.
 */
import type { ByteString } from '../../domain/byte-string.js';
import { OTHER_ZONE_WORDS, ZONE_WORDS } from '../stamp-shapes.js';
import { isBlank, isDigit, isLetter, skipBlanks, skipLetters, skipToken } from '../bytes.js';
import type { EntryDraft } from './entry-draft.js';
import { closingMark, MAX_GROUP_BYTES, skipMarks } from './header-marks.js';
import {
  isLevelAhead,
  isUpperLevelAhead,
  levelAtEnd,
  levelInGroup,
  levelOfKlog,
  levelOfLetters,
  levelOfPair,
  type Search,
} from './level-token.js';
import { readLogger } from './read-logger.js';

const MAX_TOKENS = 8;
const DASH = 45;
const APOSTROPHE = 39;

/**
 * Reads the header at `at`; returns the start of the message. A level that is known already stays; the message then
 * begins behind the header only where it repeats that level: `W, [stamp #1]  WARN -- : text`.
 */
export function readHeader(line: ByteString, at: number, draft: EntryDraft): number {
  const start = skipMarks(line, at);
  const known = draft.level;
  draft.level = null;
  const end = skipToLevel(line, start, draft);
  const isOther = known !== null && draft.level !== known; // then it belongs to the message
  if (isOther) draft.level = known;
  return draft.level === null ? start : readLogger(line, isOther ? start : skipMarks(line, end), draft);
}

/** Writes the first level of the header into the draft; returns the position behind it, or where the search ended. */
function skipToLevel(line: ByteString, at: number, draft: EntryDraft): number {
  const search: Search = { isFirst: true, isProse: false };
  let next = at;
  for (let tokens = 0; tokens < MAX_TOKENS && next < line.length; tokens += 1) {
    const end = readToken(line, next, search, draft);
    if (end < 0 || draft.level !== null) return end;
    next = skipMarks(line, end);
  }
  return next;
}

/** Looks at one token; returns the position behind it, or -1 where the search is over. */
function readToken(line: ByteString, at: number, search: Search, draft: EntryDraft): number {
  const closing = closingMark(line, at);
  if (closing === undefined) return readWord(line, at, search, draft);
  const end = line.indexOf(closing, at + 1);
  if (end < 0 || end - at > MAX_GROUP_BYTES) return -1;
  if (!search.isProse) draft.level = levelInGroup(line.slice(at + 1, end));
  return end + 1;
}

function readWord(line: ByteString, at: number, search: Search, draft: EntryDraft): number {
  const lettersEnd = skipLetters(line, at);
  const behind = line.charCodeAt(lettersEnd);
  if (lettersEnd > at && !(behind === 95 || isDigit(behind))) {
    draft.level = levelOfLetters(line, { at, end: lettersEnd }, search);
    if (draft.level !== null) return lettersEnd;
  }
  const end = skipToken(line, at);
  if (!search.isProse) draft.level = levelOfPair(line, at);
  if (search.isFirst && lettersEnd === at + 1) draft.level ??= levelOfKlog(line, at, end);
  if (draft.level !== null) return end;
  if (isQualified(line, at, end)) {
    draft.level = levelAtEnd(line, at, end);
    return end;
  }
  return readName(line, { at, end }, search, draft);
}

/** Tells whether a token is an address, a number, a path, in quotes or a qualified name rather than a word of prose. */
function isQualified(line: ByteString, at: number, end: number): boolean {
  if (line.charCodeAt(at) === APOSTROPHE) return true;
  for (let index = at; index < end - 1; index += 1) {
    const byte = line.charCodeAt(index);
    if (!isLetter(byte) && byte !== DASH && byte !== APOSTROPHE) return true;
  }
  return isDigit(line.charCodeAt(end - 1));
}

/** A lone word: a name where a mark or a level follows (`name - LEVEL - text`, `name LEVEL text`), else prose. */
function readName(
  line: ByteString,
  { at, end }: { readonly at: number; readonly end: number },
  search: Search,
  draft: EntryDraft,
): number {
  const next = skipBlanks(line, end);
  const word = line.slice(at, end);
  if (search.isFirst && isIntroduction(word, line, next)) return end;
  const isName = isBeforeDash(line, next) || (search.isFirst && NAME.test(word) && isUpperLevelAhead(line, next));
  search.isFirst = false;
  if (isName) draft.capture('logger', word);
  else search.isProse = true;
  return end;
}

/** A name of a logger rather than the first word of a sentence: in lower or camel case, three letters at least. */
const NAME = /^(?:[a-z]|[A-Z][a-z]+[A-Z])[A-Za-z-]{2,63}$/;

/** Words that may stand between stamp and level: the zone, and `PHP` before whatever PHP says. Source: PHP, `error_log`. */
export const INTRODUCTIONS: ReadonlySet<string> = new Set(['PHP', ...Object.keys(ZONE_WORDS), ...OTHER_ZONE_WORDS]);

/** One of these words, or `security:` before `error:`. Source: BIND, `print-category`. */
function isIntroduction(word: ByteString, line: ByteString, next: number): boolean {
  return word.endsWith(':') ? isLevelAhead(line, next) : INTRODUCTIONS.has(word);
}

function isBeforeDash(line: ByteString, at: number): boolean {
  return line.charCodeAt(at) === DASH && isBlank(line.charCodeAt(at + 1));
}
