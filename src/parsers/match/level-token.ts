/** Levels within one token of a header. The rules are those of `read-header.ts`. */
import type { ByteString } from '../../domain/byte-string.js';
import type { Level } from '../../domain/log-entry.js';
import { isLevelNoun, isPlainLevelWord, levelOfLetter, levelOfWord } from '../levels.js';
import { isBlank, isDigit, isUpper, isWordByte, skipDigits, skipLetters } from '../bytes.js';

const COLON = 58;
const SLASH = 47;
const MAX_LEVEL_GROUP_BYTES = 128;

/** What was seen of the header before a token. */
export interface Search {
  /** True while no token but numbers, groups and marks was seen. */
  isFirst: boolean;
  /** True behind a word of prose. */
  isProse: boolean;
}

/** Rule 1: `error`, `WARN `, `core:error`, `core:trace3`, `INFO:module`, `thread INFO class`. */
export function levelInGroup(group: ByteString): Level | null {
  const text = group.trim();
  const whole = levelOfWord(text);
  if (whole !== null || text.length > MAX_LEVEL_GROUP_BYTES) return whole;
  if (/^[DIWEF]$/.test(text)) return levelOfLetter(text);
  const last = /[:.]([A-Za-z]{3,13})[1-8]?$/.exec(text)?.[1];
  const first = /^([A-Z]{3,13}):/.exec(text)?.[1];
  const inner = /\s(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)(?:\s|$)/.exec(text)?.[1];
  return levelOfFound(last) ?? levelOfFound(first) ?? levelOfFound(inner);
}

function levelOfFound(word: string | undefined): Level | null {
  return word === undefined ? null : levelOfWord(word);
}

const LEVEL_KEYS = ['level=', 'lvl=', 'severity=', 'loglevel='] as const;

/** Rule 2: the level of a pair that begins at `at`. */
export function levelOfPair(line: ByteString, at: number): Level | null {
  const key = LEVEL_KEYS.find((name) => line.startsWith(name, at));
  if (key === undefined) return null;
  const valueAt = line.charCodeAt(at + key.length) === 34 ? at + key.length + 1 : at + key.length;
  return levelOfWord(line.slice(valueAt, skipLetters(line, valueAt)));
}

/** Rules 3 to 5 for the letters `[at, end)`. */
export function levelOfLetters(
  line: ByteString,
  { at, end }: { readonly at: number; readonly end: number },
  search: Readonly<Search>,
): Level | null {
  const next = line.charCodeAt(end);
  const text = line.slice(at, end);
  if (isAllUpper(line, at, end) && end - at > 1) {
    if (!isEndOfLevel(next) || (search.isProse && next !== COLON)) return null;
    return (isBlank(next) || next === SLASH) && isLevelNoun(text) ? null : levelOfWord(text);
  }
  if (!search.isFirst || search.isProse) return null;
  if (end - at === 1) return isEndOfLetter(line, end) && /[DIWEFV]/.test(text) ? levelOfLetter(text) : null;
  if (!isBlank(next) && next !== COLON && next !== 44 && next !== 124 && !Number.isNaN(next)) return null;
  return isPlainLevelWord(text) ? levelOfWord(text) : null;
}

/** A blank, `,` or `!`; also `/` before a word, but not that of `I/O`. Sources: logcat, MongoDB, Ruby; Telegraf. */
function isEndOfLetter(line: ByteString, at: number): boolean {
  const byte = line.charCodeAt(at);
  return isBlank(byte) || byte === 44 || byte === 33 || (byte === SLASH && isWordByte(line.charCodeAt(at + 2)));
}

const LEVEL_ENDS = new Set(Array.from(':;,|/[])>', (mark) => mark.charCodeAt(0)));

/** The end of the line, a blank or a mark: `ERROR_CODE`, `ERROR-42` and `ERROR's` are no levels. */
function isEndOfLevel(byte: number): boolean {
  return isBlank(byte) || Number.isNaN(byte) || LEVEL_ENDS.has(byte);
}

/** `local.ERROR:`, `[12777]:LOG:`: what stands before the level is set off by a dot or a colon. Sources: Monolog; PostgreSQL. */
export function levelAtEnd(line: ByteString, at: number, end: number): Level | null {
  const stop = line.charCodeAt(end - 1) === COLON ? end - 1 : end;
  const dot = Math.max(line.lastIndexOf('.', stop - 1), line.lastIndexOf(':', stop - 1));
  if (dot <= at || !isAllUpper(line, dot + 1, stop)) return null;
  return levelOfWord(line.slice(dot + 1, stop));
}

/** `E0124 10:15:32`: a level letter with month and day, then a time of day. Source: klog behind another stamp. */
export function levelOfKlog(line: ByteString, at: number, end: number): Level | null {
  if (end !== at + 5 || skipDigits(line, at + 1) !== end || line.charCodeAt(end + 3) !== COLON) return null;
  return isDigit(line.charCodeAt(end + 1)) ? levelOfLetter(line.charAt(at)) : null;
}

/** Tells whether a usual level word follows at `at`, in any case, then a colon: `security: error: text`. Source: BIND. */
export function isLevelAhead(line: ByteString, at: number): boolean {
  const end = skipLetters(line, at);
  return end > at && line.charCodeAt(end) === COLON && isPlainLevelWord(line.slice(at, end));
}

/** Tells whether one of the usual level words follows at `at` in upper case, then a blank. */
export function isUpperLevelAhead(line: ByteString, at: number): boolean {
  const end = skipLetters(line, at);
  return (
    end > at + 1 && isBlank(line.charCodeAt(end)) && isAllUpper(line, at, end) && isHeaderWord(line.slice(at, end))
  );
}

function isHeaderWord(word: ByteString): boolean {
  return word === 'CRITICAL' || isPlainLevelWord(word);
}

function isAllUpper(line: ByteString, at: number, end: number): boolean {
  for (let index = at; index < end; index += 1) if (!isUpper(line.charCodeAt(index))) return false;
  return true;
}
