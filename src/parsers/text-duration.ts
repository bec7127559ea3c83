/**
 * Finds the duration of finished work that a free-text message tells of. The rule, for whoever implements it again (its
 * words are in duration-words.ts, its sets of bytes below; words are compared without regard to ASCII case):
 *
 * A *gap* is a run of GAP bytes. A *part* is a run of ASCII letters and digits, cut where camel case begins a new word
 * (`elapsed|Ms`, `HTTP|Time`). Parts *belong together* over camel case, one byte of JOINTS or blanks. A *token* is a run of
 * other bytes than blanks. Blanks are blank and tab. Nothing before the message is looked at.
 *
 * 1. Candidates, from left to right, are the digits, or `PT` and digits, with a gap directly before them. The first one
 *    that passes rule 2 or 3 wins.
 * 2. A duration with its unit (`scanDuration`) needs a *cue* before the gap; FILLER and blanks may stand in between, or, as
 *    in rule 3, a unit. The letters behind it, after blanks, must be no TRAILER. A cue is
 *    a. a part that is a VERB;
 *    b. a part that is a NOUN, unless one of the two parts before that belong to it is a QUALIFIER; a part that begins with
 *       a digit or is longer than any word ends the look-back. Neither verb nor noun nor the parts before may stand behind
 *       `/` or behind a `-` that has no word byte before it: a path and a command-line flag tell nothing;
 *    c. `in`, behind neither a word byte nor PATH_MARKS, if rule 4 holds; not as `In` at the start of the message, where it
 *       tells of the future, and not before a bare `m`, which may be a size;
 *    d. `after`, like `in`, if the token directly before it is FINISHED.
 * 3. Any other number needs a gap of more than blanks, before it a part that is a UNIT, perhaps the part `in`, and a verb or
 *    noun as in 2a and 2b, belonging together; before the unit, `(` or `[` count as blanks: `took_ms=7`, `time (ms): 7`.
 *    Neither a word byte, `%`, nor one of NUMBER_MARKS with a digit may follow it.
 * 4. The tokens of the clause before the cue are read back, at most eight. A token ends the clause before it (as `,` does)
 *    if its last byte is one of CLAUSE_ENDS or a colon behind a digit, but the one directly before the cue always counts. An
 *    AUXILIARY fails the rule; so does COMING, unless FINISHED (for `in` also PAST) was met before; from that word on
 *    only three tokens count. TIMEOUT is COMING too, unless the token before it is a STATUS_TIMEOUT: a status text.
 *    The word of a token is its last run of LETTERS, behind one of OPENINGS or the start of the token; between it and the
 *    end of the token there are neither word bytes nor KEY_MARKS. So parts of paths and `key=value` pairs are no words.
 *
 * Linear time: a candidate is read with at most two sums of six numbers behind it and, before it, at most four parts or
 * eight tokens with what separates them. As every candidate is a token or a part itself, only a constant number of
 * candidates reads any one byte.
 */
import type { ByteString } from '../domain/byte-string.js';
import type { CueMemo } from './cue-memo.js';
import { isAsciiWordByte, isDigit, skipBlanks } from './bytes.js';
import { microsecondsOf, numberEnd, scanDuration, unitNamed } from './duration-value.js';
import { isWord, rolesOf } from './duration-words.js';
import * as ROLE from './program/duration-codes.js';

const GAP = bytesIn(' \t:=~()[]"\'');
const CLAUSE_ENDS = bytesIn(',;.!?|->');
/** What may stand before the word of a token, and what may not stand behind it. */
const OPENINGS = bytesIn('([{<"*~-');
const KEY_MARKS = bytesIn('/=');
const JOINTS = bytesIn('_-.');
const PATH_MARKS = bytesIn('-./');
const NUMBER_MARKS = bytesIn('.,:/-');
const BLANKS = bytesIn(' \t');
const UNIT_OPENINGS = bytesIn(' \t([');
const UPPERS = bytesIn('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const LETTERS = bytesIn("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'");
const ALPHANUMERICS = bytesIn('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const PERCENT = 37;
const COLON = 58;
const UPPER_P = 80;
const UPPER_T = 84;
const MAX_CLAUSE_TOKENS = 8;
/** How far the look-back goes from a word of FINISHED on: `will have been completed in 5s`. */
const TOKENS_WITH_FINISHED = 3;
const MAX_QUALIFIERS = 2;

/**
 * Finds the first duration of finished work in the message that begins at `from`: whole microseconds, rounded half up, at
 * most 2^53 - 1. Null where it tells of none, of the future or of a limit. In doubt null: a number that is missing misleads
 * less than a wrong one.
 */
export function findTextDuration(text: ByteString, from = 0, memo: CueMemo | null = null): number | null {
  let memoOfTemplate = memo;
  for (let at = from + 1; at < text.length; at += 1) {
    const byte = text.charCodeAt(at);
    if (byte > 57 || byte < 48) continue;
    const start = candidateStart(text, at);
    const isCandidate = start > from && GAP[text.charCodeAt(start - 1)] === 1;
    const durationUs = isCandidate ? durationAt(text, from, start, memoOfTemplate) : null;
    if (durationUs !== null) return durationUs;
    memoOfTemplate = null; // behind a number, which mostly is an id, texts do not repeat
  }
  return null;
}

/** Begins an ISO 8601 duration at its `PT`. */
function candidateStart(text: ByteString, digitAt: number): number {
  return text.charCodeAt(digitAt - 1) === UPPER_T && text.charCodeAt(digitAt - 2) === UPPER_P ? digitAt - 2 : digitAt;
}

function durationAt(text: ByteString, from: number, start: number, memo: CueMemo | null): number | null {
  const value = scanDuration(text, start);
  if (value === null) return keyedDuration(text, from, runStart(text, from, start, GAP), start);
  const decide = (): boolean => hasCue(text, from, runStart(text, from, start, GAP), value.isBareM);
  const isCued = memo === null || value.isBareM ? decide() : memo.verdictOn(text, from, start, decide);
  return isCued && !isTrailed(text, value.end) ? value.durationUs : null;
}

/** Rule 3: a bare number, the unit stands in the key. */
function keyedDuration(text: ByteString, from: number, gapStart: number, start: number): number | null {
  if (runStart(text, from, start, BLANKS) === gapStart) return null;
  const unitStart = partStart(text, from, gapStart);
  const end = numberEnd(text, start);
  if (!isWord(ROLE.UNIT, text, unitStart, gapStart) || isPartOfMore(text, end)) return null;
  const unit = unitNamed(text.slice(unitStart, gapStart).toLowerCase());
  return unit !== null && isKeyOfWork(text, from, unitStart) ? microsecondsOf(text.slice(start, end), unit) : null;
}

/** Tells whether a verb or a noun stands before the unit of a key. */
function isKeyOfWork(text: ByteString, from: number, unitStart: number): boolean {
  let end = previousPartEnd(text, from, unitStart, UNIT_OPENINGS);
  let start = partStart(text, from, end);
  if (isWord(ROLE.IN, text, start, end)) {
    end = previousPartEnd(text, from, start, BLANKS);
    start = partStart(text, from, end);
  }
  return isVerbOrNoun(rolesOf(text, start, end), text, from, start);
}

/** Rule 2. */
function hasCue(text: ByteString, from: number, gapStart: number, isBareM: boolean): boolean {
  let start = partStart(text, from, gapStart);
  let roles = rolesOf(text, start, gapStart);
  if (roles === ROLE.FILLER) {
    const end = runStart(text, from, start, BLANKS);
    start = partStart(text, from, end);
    roles = rolesOf(text, start, end);
  }
  if (roles === ROLE.UNIT) return isKeyOfWork(text, from, start);
  if (roles !== ROLE.IN && roles !== ROLE.AFTER) return isVerbOrNoun(roles, text, from, start);
  return (
    isAlone(text, from, start) &&
    !(isBareM && roles === ROLE.IN) &&
    passesClause(text, from, start, roles === ROLE.AFTER)
  );
}

/** Rules 2a and 2b, of the part at `cueStart`. */
function isVerbOrNoun(roles: number, text: ByteString, from: number, cueStart: number): boolean {
  if ((roles & ROLE.VERB) !== 0) return !isInPathOrFlag(text, from, cueStart);
  if ((roles & ROLE.NOUN) === 0) return false;
  let start = cueStart;
  for (let seen = 0; !isInPathOrFlag(text, from, start); seen += 1) {
    const end = previousPartEnd(text, from, start, BLANKS);
    start = partStart(text, from, end);
    if (seen === MAX_QUALIFIERS || start === end || end - start > ROLE.MAX_WORD_BYTES) return true;
    if (isDigit(text.charCodeAt(start))) return true;
    if (isWord(ROLE.QUALIFIER, text, start, end)) return false;
  }
  return false;
}

/** Rule 4, of the clause before `cueStart`. */
function passesClause(text: ByteString, from: number, cueStart: number, isAfter: boolean): boolean {
  let isFinished = false;
  let isTimeout = false;
  let end = runStart(text, from, cueStart, BLANKS);
  if (end === from && text.startsWith('In', cueStart)) return false;
  for (let left = MAX_CLAUSE_TOKENS; left > 0 && end > from; left -= 1) {
    const start = tokenStart(text, from, end);
    const roles = rolesOfToken(text, start, end);
    if ((roles & ROLE.AUXILIARY) !== 0 || (isTimeout && (roles & ROLE.STATUS_TIMEOUT) === 0)) return false;
    if (!isFinished) {
      if ((roles & ROLE.COMING) !== 0) return false;
      isFinished = (roles & (isAfter ? ROLE.FINISHED : ROLE.FINISHED | ROLE.PAST)) !== 0;
      if (isFinished) left = Math.min(left, TOKENS_WITH_FINISHED);
      else if (isAfter) return false;
    }
    isTimeout = !isFinished && (roles & ROLE.TIMEOUT) !== 0;
    end = runStart(text, from, start, BLANKS);
    if (endsClause(text, end)) break;
  }
  return !isTimeout && (isFinished || !isAfter);
}

/** Tells whether the clause ends with the token that ends at `end`. A number with a colon is a label: `Retry 2: …`. */
function endsClause(text: ByteString, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  return CLAUSE_ENDS[last] === 1 || (last === COLON && isDigit(text.charCodeAt(end - 2)));
}

/** Roles of the word of a token; none where that is no word of prose (rule 4). */
function rolesOfToken(text: ByteString, tokenStart: number, tokenEnd: number): number {
  let end = tokenEnd;
  while (end > tokenStart && !isAsciiWordByte(text.charCodeAt(end - 1)) && KEY_MARKS[text.charCodeAt(end - 1)] !== 1)
    end -= 1;
  const start = runStart(text, tokenStart, end, LETTERS);
  return start === tokenStart || OPENINGS[text.charCodeAt(start - 1)] === 1 ? rolesOf(text, start, end) : 0;
}

function tokenStart(text: ByteString, from: number, end: number): number {
  let start = end;
  while (start > from && BLANKS[text.charCodeAt(start - 1)] !== 1) start -= 1;
  return start;
}

/** Where the part that ends at `end` begins; `end` where there is none. Of an over-long one only the end is looked at. */
function partStart(text: ByteString, from: number, end: number): number {
  let start = end;
  while (start > from && end - start <= ROLE.MAX_WORD_BYTES && ALPHANUMERICS[text.charCodeAt(start - 1)] === 1) {
    start -= 1;
    const isUpper = UPPERS[text.charCodeAt(start)] === 1;
    const isInside = start > from && UPPERS[text.charCodeAt(start - 1)] === 1;
    if (isUpper && !(isInside && (start + 1 === end || UPPERS[text.charCodeAt(start + 1)] === 1))) break;
  }
  return start;
}

/** Where the part before the one at `start` ends, across one joint or a run of `separators`. */
function previousPartEnd(text: ByteString, from: number, start: number, separators: Uint8Array): number {
  if (start > from && JOINTS[text.charCodeAt(start - 1)] === 1) return start - 1;
  return runStart(text, from, start, separators);
}

function isInPathOrFlag(text: ByteString, from: number, start: number): boolean {
  if (start === from) return false;
  const before = text[start - 1];
  return before === '/' || (before === '-' && !(start - 1 > from && isAsciiWordByte(text.charCodeAt(start - 2))));
}

function isAlone(text: ByteString, from: number, start: number): boolean {
  if (start === from) return true;
  const before = text.charCodeAt(start - 1);
  return !isAsciiWordByte(before) && PATH_MARKS[before] !== 1;
}

/** Whether a number that ends at `end` is only the beginning of something else. */
function isPartOfMore(text: ByteString, end: number): boolean {
  const byte = text.charCodeAt(end);
  return isAsciiWordByte(byte) || byte === PERCENT || (NUMBER_MARKS[byte] === 1 && isDigit(text.charCodeAt(end + 1)));
}

function isTrailed(text: ByteString, valueEnd: number): boolean {
  const start = skipBlanks(text, valueEnd);
  let end = start;
  while (end - start <= ROLE.MAX_WORD_BYTES && LETTERS[text.charCodeAt(end)] === 1) end += 1;
  return isWord(ROLE.TRAILER, text, start, end);
}

/** Where the run of bytes of `set` that ends at `end` begins. */
function runStart(text: ByteString, from: number, end: number, set: Uint8Array): number {
  let start = end;
  while (start > from && set[text.charCodeAt(start - 1)] === 1) start -= 1;
  return start;
}

function bytesIn(bytes: ByteString): Uint8Array {
  const set = new Uint8Array(256);
  for (let index = 0; index < bytes.length; index += 1) set[bytes.charCodeAt(index)] = 1;
  return set;
}
