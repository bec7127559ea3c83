/** Levels within a group in brackets: rule 1. The twin of `levelInGroup` in `parsers/match/level-token.ts`. */
import { LEVEL_DEBUG, LEVEL_ERROR, LEVEL_FATAL, LEVEL_INFO, LEVEL_TRACE, LEVEL_WARN, NONE } from '../layout';
import { isLetter, isSpace, isUpper } from './bytes';
import { levelOfGlogLetter, levelOfWord } from './levels';

const MAX_LEVEL_GROUP_BYTES: usize = 128;
const COLON: u32 = 58;
const DOT: u32 = 46;

/** The level of `error`, `WARN `, `core:error`, `core:trace3`, `INFO:module` or `thread INFO class`. */
export function levelInGroup(groupAt: usize, groupEnd: usize): i32 {
  let at = groupAt;
  let end = groupEnd;
  while (at < end && isSpace(load<u8>(at))) at += 1;
  while (at < end && isSpace(load<u8>(end - 1))) end -= 1;
  const whole = levelOfWord(at, end);
  if (whole != NONE || at == end || end - at > MAX_LEVEL_GROUP_BYTES) return whole;
  if (end - at == 1) return levelOfGlogLetter(load<u8>(at));
  const last = levelAtGroupEnd(at, end);
  if (last != NONE) return last;
  const first = levelAtGroupStart(at, end);
  return first != NONE ? first : levelBetweenWords(at, end);
}

/** `/[:.]([A-Za-z]{3,13})[1-8]?$/`: letters end at no letter, so that there is one way to read them. */
function levelAtGroupEnd(at: usize, end: usize): i32 {
  const stop = <u32>load<u8>(end - 1) - 49 < 8 ? end - 1 : end;
  let start = stop;
  while (start > at && isLetter(load<u8>(start - 1))) start -= 1;
  if (start == at) return NONE;
  const mark: u32 = load<u8>(start - 1);
  return mark == COLON || mark == DOT ? levelOfWord(start, stop) : NONE;
}

/** `/^([A-Z]{3,13}):/`. */
function levelAtGroupStart(at: usize, end: usize): i32 {
  let stop = at;
  while (stop < end && isUpper(load<u8>(stop))) stop += 1;
  return stop < end && <u32>load<u8>(stop) == COLON ? levelOfWord(at, stop) : NONE;
}

/** `/\s(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)(?:\s|$)/`: the first such word behind another one. */
function levelBetweenWords(at: usize, end: usize): i32 {
  let wordAt: usize = 0; // 0 within the first word
  for (let next = at; next < end; next += 1) {
    if (!isSpace(load<u8>(next))) continue;
    const level = wordAt == 0 ? NONE : levelOfUpperWord(wordAt, next);
    if (level != NONE) return level;
    wordAt = next + 1;
  }
  return wordAt == 0 ? NONE : levelOfUpperWord(wordAt, end);
}

function levelOfUpperWord(at: usize, end: usize): i32 {
  const length = end - at;
  if (length == 4) {
    const word = load<u32>(at);
    if (word == 0x4f46_4e49) return LEVEL_INFO;
    return word == 0x4e52_4157 ? LEVEL_WARN : NONE;
  }
  if (length == 5) {
    const word = load<u64>(at) & 0xff_ffff_ffff;
    if (word == 0x52_4f52_5245) return LEVEL_ERROR;
    if (word == 0x47_5542_4544) return LEVEL_DEBUG;
    if (word == 0x45_4341_5254) return LEVEL_TRACE;
    return word == 0x4c_4154_4146 ? LEVEL_FATAL : NONE;
  }
  return length == 7 && (load<u64>(at) & 0xff_ffff_ffff_ffff) == 0x47_4e49_4e52_4157 ? LEVEL_WARN : NONE;
}
