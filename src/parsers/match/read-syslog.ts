/** Pieces of syslog lines. */
import type { ByteString } from '../../domain/byte-string.js';
import { levelOfSeverity, levelOfWord } from '../levels.js';
import { closingQuote, isBlank, skipDigits } from '../bytes.js';
import type { EntryDraft } from './entry-draft.js';
import { NO_MATCH } from './matcher.js';

const MAX_PRIORITY = 191;

/** `<13>`: the lowest three bits are the severity. */
export function readPriority(line: ByteString, at: number, draft: EntryDraft): number {
  if (line.charCodeAt(at) !== 60) return NO_MATCH;
  const end = skipDigits(line, at + 1);
  if (end === at + 1 || end > at + 4 || line.charCodeAt(end) !== 62) return NO_MATCH;
  const priority = Number(line.slice(at + 1, end));
  if (priority > MAX_PRIORITY) return NO_MATCH;
  draft.level = levelOfSeverity(priority & 7);
  return end + 1;
}

/** A program's name, its process id in brackets, sometimes a module in parentheses, a colon. */
const TAG = /([^\s:[\]()<>"'=,]{1,64})(?:\[([\w.-]{1,16})\])?(?: ?\([^()\n]{1,128}\)(?:\[\d{1,10}\])?)?:(?= |$)/y;

export function readTag(line: ByteString, at: number, draft: EntryDraft): number {
  TAG.lastIndex = at;
  const match = TAG.exec(line);
  if (match === null || levelOfWord(match[1] ?? '') !== null) return NO_MATCH; // `ERROR: text` has no program
  draft.capture('process', match[1] ?? '');
  if (match[2] !== undefined) draft.capture('pid', match[2]);
  return at + match[0].length;
}

/** `-` or elements in brackets, each an id and parameters with quoted values. */
export function readStructuredData(line: ByteString, at: number): number {
  if (line.charCodeAt(at) === 45) return at + 1;
  let end = at;
  while (line.charCodeAt(end) === 91) {
    end = endOfElement(line, end + 1);
    if (end < 0) return NO_MATCH;
  }
  return end > at ? end : NO_MATCH;
}

function endOfElement(line: ByteString, at: number): number {
  let end = at;
  while (end < line.length) {
    const byte = line.charCodeAt(end);
    if (byte === 93) return end > at && !isBlank(line.charCodeAt(at)) ? end + 1 : NO_MATCH;
    if (byte === 34) {
      end = closingQuote(line, end + 1);
      if (end < 0) return NO_MATCH;
    }
    end += 1;
  }
  return NO_MATCH;
}
