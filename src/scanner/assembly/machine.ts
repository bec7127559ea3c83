/**
 * Runs the code of a layout over a line: a parsing machine (see `parsers/program/opcodes.ts`). The twin of
 * `parsers/match/compile-pieces.ts`.
 */
import {
  NO_ROLE,
  OP_AHEAD,
  OP_BLANKS,
  OP_BYTES,
  OP_CHOICE,
  OP_COMMIT,
  OP_END,
  OP_EXTRAS,
  OP_HEADER,
  OP_JSON,
  OP_LEAD,
  OP_LEVEL_LETTER,
  OP_LEVEL_MARK,
  OP_LITERAL,
  OP_MESSAGE,
  OP_PAIRS,
  OP_PRIORITY,
  OP_QUOTED,
  OP_QUOTED_REQUEST,
  OP_REQUEST,
  OP_STAMP,
  OP_STATUS,
  OP_STRUCTURED_DATA,
  OP_TAG,
  OP_WORD,
  OP_WORD_STOP,
  OP_WORD_UNTIL,
} from '../../parsers/program/opcodes';
import { ROLE_MESSAGE } from '../layout';
import { readBytes, readQuotedRequest, readRequest, readStatus } from './access';
import { behindEnd, BLOCK_BYTES, blanksOf } from './blocks';
import { closingQuote, isBlank, skipBlanks, skipByteOrderMark, skipToken, startsWith } from './bytes';
import { capture, Draft, NO_MATCH } from './draft';
import { readExtras } from './extras';
import { readHeader } from './header';
import { Image, pointed } from './image';
import { readJson } from './json';
import { readLead } from './lead';
import { readLevelLetter, readLevelMark } from './levels';
import { reserve } from './memory';
import { readPairs } from './pairs';
import { readStamp } from './stamp';
import { readPriority, readStructuredData, readTag } from './syslog';

/** A noted choice: code to go on with, address in the line, number of noted texts. */
const CHOICE_BYTES: usize = 12;
/** Alternatives within alternatives; a format has two or three. */
const MAX_CHOICES: usize = 64;

const choices: usize = reserve(CHOICE_BYTES * MAX_CHOICES);

/** Runs the code at `code` on `[start, end)`; the address behind what it matched, or NO_MATCH. */
export function run(code: usize, start: usize, end: usize): usize {
  let pc = code;
  let at = start;
  let depth: usize = 0;
  while (true) {
    let next = NO_MATCH;
    switch (load<u32>(pc)) {
      case OP_END:
        return at;
      case OP_LITERAL:
        next = startsWith(at, end, pointed(pc + 4), load<u32>(pc + 8)) ? at + load<u32>(pc + 8) : NO_MATCH;
        pc += 12;
        break;
      case OP_AHEAD:
        next = startsWith(at, end, pointed(pc + 4), load<u32>(pc + 8)) ? at : NO_MATCH;
        pc += 12;
        break;
      case OP_BLANKS:
        next = skipBlanks(at, end);
        if (next - at < <usize>load<u32>(pc + 4)) next = NO_MATCH;
        pc += 8;
        break;
      case OP_WORD:
        next = readWord(load<u32>(pc + 4), at, end, skipToken(at, end));
        pc += 8;
        break;
      case OP_WORD_UNTIL:
        next = readWord(load<u32>(pc + 4), at, end, skipWord(at, end, pointed(pc + 8)));
        pc += 12;
        break;
      case OP_WORD_STOP:
        next = readWord(load<u32>(pc + 4), at, end, skipToStop(at, end, load<u32>(pc + 8)));
        pc += 12;
        break;
      case OP_QUOTED:
        next = readQuoted(load<u32>(pc + 4), at, end);
        pc += 8;
        break;
      case OP_QUOTED_REQUEST:
        next = readQuotedRequest(at, end);
        pc += 4;
        break;
      case OP_REQUEST:
        next = readRequest(at, end);
        pc += 4;
        break;
      case OP_STATUS:
        next = readStatus(at, end);
        pc += 4;
        break;
      case OP_BYTES:
        next = readBytes(at, end);
        pc += 4;
        break;
      case OP_STAMP:
        next = readStamp(pointed(pc + 4), at, end);
        pc += 8;
        break;
      case OP_LEAD:
        next = readLead(load<u32>(pc + 4), pointed(pc + 8), pointed(pc + 12), at, end);
        pc += 16;
        break;
      case OP_PRIORITY:
        next = readPriority(at, end);
        pc += 4;
        break;
      case OP_LEVEL_LETTER:
        next = readLevelLetter(at, end);
        pc += 4;
        break;
      case OP_LEVEL_MARK:
        next = readLevelMark(at, end);
        pc += 4;
        break;
      case OP_HEADER:
        next = readHeader(at, end);
        pc += 4;
        break;
      case OP_TAG:
        next = readTag(at, end);
        pc += 4;
        break;
      case OP_STRUCTURED_DATA:
        next = readStructuredData(at, end);
        pc += 4;
        break;
      case OP_EXTRAS:
        next = readExtras(at, end);
        pc += 4;
        break;
      case OP_JSON:
        next = readJson(at, end);
        pc += 4;
        break;
      case OP_PAIRS:
        next = readPairs(at, end);
        pc += 4;
        break;
      case OP_MESSAGE:
        capture(ROLE_MESSAGE, skipByteOrderMark(at, end), end);
        next = end;
        pc += 4;
        break;
      case OP_CHOICE:
        push(depth, pointed(pc + 4), at);
        depth += 1;
        next = at;
        pc += 8;
        break;
      case OP_COMMIT:
        depth -= 1;
        next = at;
        pc = pointed(pc + 4);
        break;
      default:
        unreachable();
    }
    if (next != NO_MATCH) {
      at = next;
      continue;
    }
    if (depth == 0) return NO_MATCH;
    depth -= 1;
    const choice = choices + CHOICE_BYTES * depth;
    pc = load<u32>(choice);
    at = load<u32>(choice + 4);
    Draft.noted = load<u32>(choice + 8);
  }
}

// @ts-ignore: decorator
@inline
function push(depth: usize, pc: usize, at: usize): void {
  if (depth >= MAX_CHOICES) unreachable();
  const choice = choices + CHOICE_BYTES * depth;
  store<u32>(choice, <u32>pc);
  store<u32>(choice + 4, <u32>at);
  store<u32>(choice + 8, <u32>Draft.noted);
}

function skipWord(at: usize, end: usize, stops: usize): usize {
  let next = at;
  for (; next < end; next += 1) {
    const byte: u32 = load<u8>(next);
    if (isBlank(byte) || load<u8>(stops + byte) != 0) break;
  }
  return next;
}

/** Address of the first blank, or of the first of four bytes, at or behind `at`. */
function skipToStop(at: usize, end: usize, stops: u32): usize {
  const first = i8x16.splat(<i8>stops);
  const second = i8x16.splat(<i8>(stops >> 8));
  const third = i8x16.splat(<i8>(stops >> 16));
  const fourth = i8x16.splat(<i8>(stops >> 24));
  for (let next = at; next < end; next += BLOCK_BYTES) {
    const block = v128.load(next);
    const pair = v128.or(i8x16.eq(block, first), i8x16.eq(block, second));
    const others = v128.or(i8x16.eq(block, third), i8x16.eq(block, fourth));
    const found = <u32>i8x16.bitmask(v128.or(pair, others)) | blanksOf(block) | behindEnd(next, end);
    if (found != 0) return next + <usize>ctz(found);
  }
  return end;
}

/** Notes the word `[at, wordEnd)` if it is one that somebody keeps. */
// @ts-ignore: decorator
@inline
function readWord(role: u32, at: usize, end: usize, wordEnd: usize): usize {
  if (wordEnd == at) return NO_MATCH;
  if (role != NO_ROLE && !isMissing(at, wordEnd)) capture(role, at, wordEnd);
  return wordEnd;
}

/** A lone dash states that there is no value. */
function isMissing(at: usize, end: usize): bool {
  return end == at || (end == at + 1 && load<u8>(at) == 45);
}

function readQuoted(role: u32, at: usize, end: usize): usize {
  if (at >= end || load<u8>(at) != 34) return NO_MATCH;
  const close = closingQuote(at + 1, end);
  if (close == 0) return NO_MATCH;
  if (role != NO_ROLE && !isMissing(at + 1, close)) capture(role, at + 1, close);
  return close + 1;
}
