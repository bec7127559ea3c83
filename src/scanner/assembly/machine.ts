/**
 * Runs the code of a layout over a line: a parsing machine (see `parsers/program/opcodes.ts`). The twin of
 * `parsers/match/compile-pieces.ts`.
 */
import {
  OP_AHEAD,
  OP_BLANKS,
  OP_BYTES,
  OP_CHOICE,
  OP_COMMIT,
  OP_DASHES,
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
  OP_RESULT,
  OP_SHORT_LITERAL,
  OP_SPACED_QUOTED,
  OP_STAMP,
  OP_START,
  OP_STARTED,
  OP_STATUS,
  OP_STRUCTURED_DATA,
  OP_TAG,
  OP_UNLESS,
  OP_WORD,
  OP_WORD_STOP,
  OP_WORD_UNTIL,
} from '../../parsers/program/opcodes';
import { ROLE_MESSAGE } from '../layout';
import { readBytes, readQuotedRequest, readRequest, readResult, readStatus } from './access';
import { byteAt, skipBlanks, skipByteOrderMark, skipToken, startsWith } from './bytes';
import { capture, Draft, NO_MATCH } from './draft';
import { readExtras } from './extras';
import { readHeader } from './header';
import { Image, pointed } from './image';
import { readJson } from './json';
import { readLead } from './lead';
import { readLevelLetter, readLevelMark } from './levels';
import { reserve } from './memory';
import { readPairs } from './pairs';
import { beginStart, noteStart, recallStart } from './shared-start';
import { readStamp } from './stamp';
import { readPriority, readStructuredData, readTag } from './syslog';
import { readQuoted, readSpacedQuoted, readWord, skipToStop, skipWord } from './text-pieces';

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
      case OP_SHORT_LITERAL:
        next = hasText(pc + 4, at, end) ? at + <usize>load<u32>(pc + 12) : NO_MATCH;
        pc += 16;
        break;
      case OP_DASHES:
        next = at;
        if (hasText(pc + 4, at, end)) {
          next += <usize>load<u32>(pc + 12);
          pc = pointed(pc + 16);
        } else pc += 20;
        break;
      case OP_UNLESS:
        next = at;
        pc = byteAt(at, end) == load<u32>(pc + 4) ? pc + 12 : pointed(pc + 8);
        break;
      case OP_START: {
        const isKnown = beginStart(load<u32>(pc + 4));
        next = isKnown ? recallStart() : at;
        pc = isKnown ? pointed(pc + 8) : pc + 12;
        break;
      }
      case OP_STARTED:
        noteStart(at);
        next = at;
        pc += 4;
        break;
      case OP_RESULT:
        next = readResult(at, end);
        pc += 4;
        break;
      case OP_SPACED_QUOTED:
        next = readSpacedQuoted(load<u32>(pc + 4), at, end);
        pc += 8;
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

/** Tells whether the line goes on with a text in an instruction: eight bytes and a length, which is at least 1. */
// @ts-ignore: decorator
@inline
function hasText(text: usize, at: usize, end: usize): bool {
  const length: usize = load<u32>(text + 8);
  const unlike = (load<u64>(at) ^ load<u64>(text)) << (64 - 8 * <u64>length);
  return unlike == 0 && at + length <= end;
}
