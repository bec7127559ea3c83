/** Takes the colours off the line at hand. The twin of `parsers/match/colours.ts`. */
import { byteAt, indexOf, isDigit } from './bytes';
import { NO_MATCH } from './draft';
import { reserve } from './memory';
import { Line } from './parse';

const ESCAPE: u32 = 27;
/** The longest line, and what may be read behind it. */
const SCRATCH_BYTES: usize = 1024 * 1024 + 64;

const scratch: usize = reserve(SCRATCH_BYTES);

/** Lets the line lie in the scratch, without its colours, if it has an escape. */
export function withoutColours(): void {
  const escape = indexOf(ESCAPE, Line.at, Line.end);
  if (escape == 0) return;
  const end = copyWithoutColours(Line.at, Line.end, scratch);
  Line.at = scratch;
  Line.end = end;
}

/** Copies `[at, end)` to `to` without colours; returns the address behind the copy. */
export function copyWithoutColours(at: usize, end: usize, to: usize): usize {
  let copied = to;
  let from = at;
  let escape = indexOf(ESCAPE, at, end);
  while (escape != 0) {
    const behind = behindColour(escape, end);
    if (behind == NO_MATCH) {
      escape = indexOf(ESCAPE, escape + 1, end);
      continue;
    }
    memory.copy(copied, from, escape - from);
    copied += escape - from;
    from = behind;
    escape = indexOf(ESCAPE, behind, end);
  }
  memory.copy(copied, from, end - from);
  return copied + (end - from);
}

/** Address behind the sequence at the escape: a bracket, then numbers, `;` and `:`, then `m` or `K`. */
function behindColour(escape: usize, end: usize): usize {
  if (byteAt(escape + 1, end) != 91) return NO_MATCH;
  let next = escape + 2;
  while (next < end && isParameter(load<u8>(next))) next += 1;
  const final = byteAt(next, end);
  return final == 109 || final == 75 ? next + 1 : NO_MATCH;
}

// @ts-ignore: decorator
@inline
function isParameter(byte: u32): bool {
  return isDigit(byte) || byte == 58 || byte == 59;
}
