/** Words before a duration that say whether it is one of finished work: rules 2 and 3 of `parsers/text-duration.ts`. */
import * as ROLE from '../../parsers/program/duration-codes';
import { isDigit } from './bytes';
import { passesClause } from './duration-clause';
import { BLANK, runStart, UNIT_OPENING } from './message-bytes';
import { isAlone, isInPathOrFlag, isWord, partStart, previousPartEnd, rolesOf } from './message-parts';

const MAX_QUALIFIERS: i32 = 2;

/** Rule 2. */
export function hasCue(from: usize, gapStart: usize, isBareM: bool): bool {
  let start = partStart(from, gapStart);
  let roles = rolesOf(start, gapStart);
  if (roles == ROLE.FILLER) {
    const end = runStart(BLANK, from, start);
    start = partStart(from, end);
    roles = rolesOf(start, end);
  }
  if (roles == ROLE.UNIT) return isKeyOfWork(from, start);
  if (roles != ROLE.IN && roles != ROLE.AFTER) return isVerbOrNoun(roles, from, start);
  if (!isAlone(from, start) || (isBareM && roles == ROLE.IN)) return false;
  return passesClause(from, start, roles == ROLE.AFTER);
}

/** Tells whether a verb or a noun stands before the unit of a key. */
export function isKeyOfWork(from: usize, unitStart: usize): bool {
  let end = previousPartEnd(from, unitStart, UNIT_OPENING);
  let start = partStart(from, end);
  if (isWord(ROLE.IN, start, end)) {
    end = previousPartEnd(from, start, BLANK);
    start = partStart(from, end);
  }
  return isVerbOrNoun(rolesOf(start, end), from, start);
}

/** Rules 2a and 2b, of the part at `cueStart`. */
function isVerbOrNoun(roles: u32, from: usize, cueStart: usize): bool {
  if ((roles & ROLE.VERB) != 0) return !isInPathOrFlag(from, cueStart);
  if ((roles & ROLE.NOUN) == 0) return false;
  let start = cueStart;
  for (let seen = 0; !isInPathOrFlag(from, start); seen += 1) {
    const end = previousPartEnd(from, start, BLANK);
    start = partStart(from, end);
    if (seen == MAX_QUALIFIERS || start == end || end - start > <usize>ROLE.MAX_WORD_BYTES) return true;
    if (isDigit(load<u8>(start))) return true;
    if (isWord(ROLE.QUALIFIER, start, end)) return false;
  }
  return false;
}
