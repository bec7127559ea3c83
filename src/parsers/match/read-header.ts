/**
 * Finds the level and the logger between the stamp and the message of a line of text.
 *
 * At most eight tokens are looked at. A token is a group in brackets, parentheses or angle brackets, or bytes up to a
 * blank. The level is the first of these:
 * 1. a level word in any case in brackets, alone or behind a colon or dot: `[error]`, `[core:error]`, `[x][WARN ]`;
 * 2. `level=word`, and the like;
 * 3. a level word in upper case that ends at a blank or a mark: `ERROR`, `ERROR:`, `|INFO|`, `INFO[0001]`, `app.ERROR:`;
 * 4. a usual level word in other case as the first word: `Info`, `error:`;
 * 5. as the first word one letter for it: `I`, `W`.
 * A token that is a word of prose ends the search, except for 3 with a colon: a level does not hide in the middle of a
 * sentence, so `errors=0`, `/error.html` and `INFO … ERROR page served` cannot mislead.
 */
import type { ByteString } from '../../domain/byte-string.js';
import type { Level } from '../../domain/log-entry.js';
import { isPlainLevelWord, levelOfLetter, levelOfWord } from '../levels.js';
import { isBlank, isDigit, isLetter, isUpper, isWordByte, skipBlanks, skipLetters, skipToken } from './bytes.js';
import type { EntryDraft } from './entry-draft.js';

const MAX_TOKENS = 8;
const MAX_GROUP_BYTES = 256;
/** Bytes that may stand before or between the parts of a header. */
const MARKS = new Set(Array.from('-|:,;=>*#]).', (mark) => mark.charCodeAt(0)));
const CLOSING: ReadonlyMap<number, string> = new Map([
  [91, ']'],
  [40, ')'],
  [60, '>'],
]);
const COLON = 58;
const DASH = 45;

/** How far the search has come. */
interface Search {
  /** True while no token but numbers, groups and marks was seen. */
  isFirst: boolean;
  /** True behind a word of prose. */
  isProse: boolean;
}

/** Reads the header at `at`; returns the start of the message. */
export function readHeader(line: ByteString, at: number, draft: EntryDraft): number {
  const start = skipMarks(line, at);
  if (draft.level !== null) return readLogger(line, start, draft);
  const search: Search = { isFirst: true, isProse: false };
  let next = start;
  for (let tokens = 0; tokens < MAX_TOKENS && next < line.length; tokens += 1) {
    const end = readToken(line, next, search, draft);
    if (draft.level !== null) return readLogger(line, skipMarks(line, end), draft);
    if (end < 0) return start;
    next = skipMarks(line, end);
  }
  return start;
}

/** Position behind blanks and marks; a mark that begins a word, such as `-5` or `.net`, stays. */
export function skipMarks(line: ByteString, at: number): number {
  let end = skipBlanks(line, at);
  while (
    MARKS.has(line.charCodeAt(end)) &&
    !(isWordByte(line.charCodeAt(end + 1)) && isBlank(line.charCodeAt(end - 1)))
  ) {
    end = skipBlanks(line, end + 1);
  }
  return end;
}

/** Looks at one token; returns the position behind it, or -1 where the search is over. */
function readToken(line: ByteString, at: number, search: Search, draft: EntryDraft): number {
  const closing = CLOSING.get(line.charCodeAt(at));
  if (closing !== undefined) return readGroup(line, { at, closing }, search, draft);
  return readWord(line, at, search, draft);
}

function readGroup(
  line: ByteString,
  { at, closing }: { readonly at: number; readonly closing: string },
  search: Search,
  draft: EntryDraft,
): number {
  const end = line.indexOf(closing, at + 1);
  if (end < 0 || end - at > MAX_GROUP_BYTES) return -1;
  if (!search.isProse) draft.level = levelInGroup(line.slice(at + 1, end));
  return end + 1;
}

/** `error`, `WARN `, `core:error`, `INFO:module`. */
function levelInGroup(group: ByteString): Level | null {
  const text = group.trim();
  const whole = levelOfWord(text);
  if (whole !== null || text.length > 64) return whole;
  if (/^[DIWEF]$/.test(text)) return levelOfLetter(text);
  const last = /[:.]([A-Za-z]{3,13})$/.exec(text)?.[1];
  const first = /^([A-Z]{3,13}):/.exec(text)?.[1];
  return (last === undefined ? null : levelOfWord(last)) ?? (first === undefined ? null : levelOfWord(first));
}

const LEVEL_KEYS = ['level=', 'lvl=', 'severity=', 'loglevel='] as const;

function readWord(line: ByteString, at: number, search: Search, draft: EntryDraft): number {
  const lettersEnd = skipLetters(line, at);
  const behind = line.charCodeAt(lettersEnd);
  if (lettersEnd > at && !(behind === 95 || isDigit(behind))) {
    draft.level = levelAt(line, { at, end: lettersEnd }, search);
    if (draft.level !== null) return lettersEnd;
  }
  const end = skipToken(line, at);
  const key = LEVEL_KEYS.find((name) => line.startsWith(name, at));
  if (key !== undefined && !search.isProse) {
    const valueAt = line.charCodeAt(at + key.length) === 34 ? at + key.length + 1 : at + key.length;
    draft.level = levelOfWord(line.slice(valueAt, skipLetters(line, valueAt)));
    if (draft.level !== null) return end;
  }
  if (isQualified(line, at, end)) {
    draft.level = levelAtEnd(line, at, end);
    return end;
  }
  return readName(line, { at, end }, search, draft);
}

/** Rules 3 to 5 for the letters `[at, end)`. */
function levelAt(
  line: ByteString,
  { at, end }: { readonly at: number; readonly end: number },
  search: Search,
): Level | null {
  const next = line.charCodeAt(end);
  const text = line.slice(at, end);
  if (isAllUpper(line, at, end) && end - at > 1) {
    if (!isEndOfLevel(next) || (search.isProse && next !== COLON)) return null;
    return levelOfWord(text);
  }
  if (!search.isFirst || search.isProse) return null;
  if (end - at === 1)
    return isBlank(next) || next === 44 || next === 47 ? (/[DIWEFV]/.test(text) ? levelOfLetter(text) : null) : null;
  if (!isBlank(next) && next !== COLON && next !== 44 && next !== 124 && !Number.isNaN(next)) return null;
  return isPlainLevelWord(text) ? levelOfWord(text) : null;
}

function isAllUpper(line: ByteString, at: number, end: number): boolean {
  for (let index = at; index < end; index += 1) if (!isUpper(line.charCodeAt(index))) return false;
  return true;
}

/** The end of the line, a blank or a mark: `ERROR_CODE`, `ERROR-42` and `ERROR's` are no levels. */
function isEndOfLevel(byte: number): boolean {
  return (
    Number.isNaN(byte) ||
    isBlank(byte) ||
    byte === COLON ||
    byte === 44 ||
    byte === 124 ||
    byte === 93 ||
    byte === 91 ||
    byte === 41
  );
}

/** Tells whether a token is an address, a number, a path or a qualified name rather than a word of prose. */
function isQualified(line: ByteString, at: number, end: number): boolean {
  for (let index = at; index < end - 1; index += 1) {
    const byte = line.charCodeAt(index);
    if (!isLetter(byte) && byte !== DASH && byte !== 39) return true;
  }
  return isDigit(line.charCodeAt(end - 1));
}

/** `local.ERROR:`, `[12777]:LOG:`: what stands before the level is set off by a dot or a colon. Sources: Monolog; PostgreSQL. */
function levelAtEnd(line: ByteString, at: number, end: number): Level | null {
  const stop = line.charCodeAt(end - 1) === COLON ? end - 1 : end;
  const dot = Math.max(line.lastIndexOf('.', stop - 1), line.lastIndexOf(':', stop - 1));
  if (dot <= at || !isAllUpper(line, dot + 1, stop)) return null;
  return levelOfWord(line.slice(dot + 1, stop));
}

/** A lone word: the name of a logger where a mark follows (`name - LEVEL - text`), else prose. */
function readName(
  line: ByteString,
  { at, end }: { readonly at: number; readonly end: number },
  search: Search,
  draft: EntryDraft,
): number {
  search.isFirst = false;
  const mark = skipBlanks(line, end);
  const isName = line.charCodeAt(mark) === DASH && isBlank(line.charCodeAt(mark + 1));
  if (isName) draft.capture('logger', line.slice(at, end));
  else search.isProse = true;
  return end;
}

const MAX_GROUPS = 3;
/** A dotted name, then `:`, ` :` or ` - `. */
const LOGGER = /[A-Za-z_$][\w$/-]*(?:\.[\w$/-]+)+(?=\]?(?::| :| - ))/y;

/** Notes the logger behind the level, past threads in brackets. The message keeps both; returns its start. */
function readLogger(line: ByteString, at: number, draft: EntryDraft): number {
  let next = at;
  for (let groups = 0; groups < MAX_GROUPS; groups += 1) {
    const closing = CLOSING.get(line.charCodeAt(next));
    const end = closing === undefined ? -1 : line.indexOf(closing, next);
    if (end < 0 || end - next > MAX_GROUP_BYTES) break;
    next = skipMarks(line, end + 1);
  }
  LOGGER.lastIndex = next;
  const name = LOGGER.exec(line)?.[0];
  if (name !== undefined) draft.capture('logger', name);
  return at;
}
