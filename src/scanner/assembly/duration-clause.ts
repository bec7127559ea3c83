/** What the clause before `in` and `after` tells of: rule 4 of `parsers/text-duration.ts`, whose twin this is. */
import * as ROLE from '../../parsers/program/duration-codes';
import { isAsciiWordByte, isDigit } from './bytes';
import { BLANK, CLAUSE_END, isOf, KEY_MARK, LETTER, OPENING, runStart } from './message-bytes';
import { rolesOf } from './message-parts';

const COLON: u32 = 58;
/** `In` as two bytes at once. */
const IN_AT_START: u16 = 0x6e49;
const MAX_CLAUSE_TOKENS: i32 = 8;
/** How far the look-back goes from a word of FINISHED on: `will have been completed in 5s`. */
const TOKENS_WITH_FINISHED: i32 = 3;

/** Rule 4, of the clause before `cueStart`. */
export function passesClause(from: usize, cueStart: usize, isAfter: bool): bool {
  const finishing: u32 = isAfter ? ROLE.FINISHED : ROLE.FINISHED | ROLE.PAST;
  let isFinished = false;
  let isTimeout = false;
  let end = runStart(BLANK, from, cueStart);
  if (end == from && load<u16>(cueStart) == IN_AT_START) return false;
  for (let left = MAX_CLAUSE_TOKENS; left > 0 && end > from; left -= 1) {
    const start = tokenStart(from, end);
    const roles = rolesOfToken(start, end);
    if ((roles & ROLE.AUXILIARY) != 0 || (isTimeout && (roles & ROLE.STATUS_TIMEOUT) == 0)) return false;
    if (!isFinished) {
      if ((roles & ROLE.COMING) != 0) return false;
      isFinished = (roles & finishing) != 0;
      if (isFinished) left = min(left, TOKENS_WITH_FINISHED);
      else if (isAfter) return false;
    }
    isTimeout = !isFinished && (roles & ROLE.TIMEOUT) != 0;
    end = runStart(BLANK, from, start);
    if (endsClause(from, end)) break;
  }
  return !isTimeout && (isFinished || !isAfter);
}

/** Tells whether the clause ends with the token that ends at `end`. A number with a colon is a label: `Retry 2: …`. */
function endsClause(from: usize, end: usize): bool {
  if (end == from) return true;
  const last: u32 = load<u8>(end - 1);
  return isOf(CLAUSE_END, last) || (last == COLON && end - 1 > from && isDigit(load<u8>(end - 2)));
}

/** Roles of the word of a token; none where that is no word of prose. */
function rolesOfToken(from: usize, tokenEnd: usize): u32 {
  let end = tokenEnd;
  while (end > from && !isAsciiWordByte(load<u8>(end - 1)) && !isOf(KEY_MARK, load<u8>(end - 1))) end -= 1;
  const start = runStart(LETTER, from, end);
  return start == from || isOf(OPENING, load<u8>(start - 1)) ? rolesOf(start, end) : 0;
}

function tokenStart(from: usize, end: usize): usize {
  let start = end;
  while (start > from && !isOf(BLANK, load<u8>(start - 1))) start -= 1;
  return start;
}
