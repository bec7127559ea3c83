/** Says why no format accepted a line. The twin of `parsers/rejection.ts`. */
import {
  REASON_DATE_WITHOUT_TIME,
  REASON_IMPOSSIBLE_TIMESTAMP,
  REASON_INVALID_JSON,
  REASON_NO_TIMESTAMP,
  REASON_NOT_CHOSEN_FORMAT,
  REASON_TIME_WITHOUT_DATE,
  REASON_UNKNOWN_KEYS,
} from '../layout';
import { asciiWordBytesOf, behindEnd, BLOCK_BYTES } from './blocks';
import { byteAt } from './bytes';
import { Draft } from './draft';
import { isJsonObject } from './json';
import { isDateAt, isTimeAt } from './rejection-stamps';

/** Bytes at the head of a line in which a date or a time of day is looked for. */
const SEARCHED_BYTES: usize = 256;
const OPEN_BRACE: u32 = 123;

/** The reason for the line `[at, end)`; `isForced` where the user named the format. */
export function rejectionOf(at: usize, end: usize, isForced: bool): i32 {
  if (isForced) return REASON_NOT_CHOSEN_FORMAT;
  if (byteAt(at, end) == OPEN_BRACE) return isJsonObject(at, end) ? REASON_UNKNOWN_KEYS : REASON_INVALID_JSON;
  if (Draft.sawImpossible) return REASON_IMPOSSIBLE_TIMESTAMP;
  return reasonOfHead(at, min(end, at + SEARCHED_BYTES));
}

/** Dates and times of day begin where a word does: their `\b`. What is cut off behind the head is no part of them. */
function reasonOfHead(at: usize, end: usize): i32 {
  let hasDate = false;
  let hasTime = false;
  let wasWord: u32 = 0;
  for (let block = at; block < end; block += BLOCK_BYTES) {
    const words = asciiWordBytesOf(v128.load(block)) & ~behindEnd(block, end);
    for (let starts = words & ~((words << 1) | wasWord); starts != 0; starts &= starts - 1) {
      const start = block + <usize>ctz(starts);
      if (!hasDate) hasDate = isDateAt(start, end);
      if (!hasTime) hasTime = isTimeAt(start, end);
    }
    if (hasDate && hasTime) break;
    wasWord = words >> 15;
  }
  if (hasDate == hasTime) return REASON_NO_TIMESTAMP;
  return hasDate ? REASON_DATE_WITHOUT_TIME : REASON_TIME_WITHOUT_DATE;
}
