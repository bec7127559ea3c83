/** Parses one line: colours off, blanks before it skipped, then one layout after the other. The twin of `parse-line.ts`. */
import { SECTION_FIRST_BYTES, SECTION_LAYOUTS, SECTION_MARKS, SECTION_REQUIRED } from '../../parsers/program/sections';
import { NONE, ROLE_MESSAGE, SOURCE_MESSAGE } from '../layout';
import { byteAt, indexOf, skipBlanks, startsWith } from './bytes';
import { withoutColours } from './colours';
import { capturedAt, capturedEnd, capturedRole, Draft, NO_MATCH, resetDraft, setDuration } from './draft';
import { maskedBlock } from './hash';
import { pointed, section } from './image';
import { run } from './machine';
import { rejectionOf } from './rejection';
import { findTextDuration } from './text-duration';

/** What `parseLine` found: the number of the format, or a reason less REJECTED. */
export const REJECTED: i32 = -100;

/** The line as it was parsed: texts of the draft lie in it or in the scratch of their pieces. */
export class Line {
  static at: usize = 0;
  static end: usize = 0;
}

/** Bytes of an entry of SECTION_REQUIRED. */
const REQUIRED_BYTES: usize = 12;

export class Plan {
  /** True where the user named the format. */
  static isForced: bool = false;
}

/** Parses the line `[at, end)` into the draft. Returns the number of its format, or REJECTED + reason. */
export function parseLine(at: usize, end: usize): i32 {
  Line.at = at;
  Line.end = end;
  withoutColours();
  const lineEnd = Line.end;
  const start = skipBlanks(Line.at, lineEnd);
  Draft.sawImpossible = false;
  const list = pointed(section(SECTION_FIRST_BYTES) + 4 * byteAt(start, lineEnd));
  const layouts = section(SECTION_LAYOUTS) + 4;
  const count: usize = load<u32>(list);
  const marks = marksOf(start, lineEnd);
  Required.tested = 0;
  Required.found = 0;
  for (let index: usize = 0; index < count; index += 1) {
    const layout = layouts + 12 * <usize>load<u32>(list + 4 + 4 * index);
    if (!hasRequired(load<u32>(layout + 8), marks)) continue;
    resetDraft();
    if (run(pointed(layout + 4), start, lineEnd) == lineEnd) {
      settleDuration();
      return load<i32>(layout);
    }
  }
  return REJECTED + rejectionOf(start, lineEnd, Plan.isForced);
}

/** Required texts that were looked for in the line at hand, and those that were found: bits by their number. */
class Required {
  static tested: u64 = 0;
  static found: u64 = 0;
}

/** Tells whether the line, which has these marks, includes the required text of that number. */
function hasRequired(number: usize, marks: u32): bool {
  const entry = section(SECTION_REQUIRED) + 4 + REQUIRED_BYTES * number;
  const mark = load<u32>(entry + 8);
  if (mark != 0 && (marks & mark) == 0) return false;
  const bit = <u64>1 << <u64>number;
  if ((Required.tested & bit) == 0) {
    Required.tested |= bit;
    if (includes(entry)) Required.found |= bit;
  }
  return (Required.found & bit) != 0;
}

/**
 * The marks that the bytes `[at, end)` have: see SECTION_MARKS. Two table look-ups for sixteen bytes at a time.
 * Source: Langdale, Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28(6), 2019, section 3.1.2.
 */
function marksOf(at: usize, end: usize): u32 {
  const lower = v128.load(section(SECTION_MARKS));
  const upper = v128.load(section(SECTION_MARKS) + 16);
  let all = i8x16.splat(0);
  let next = at;
  for (; next + 16 <= end; next += 16) all = v128.or(all, marksIn(v128.load(next), lower, upper));
  all = v128.or(all, marksIn(maskedBlock(next, end - next), lower, upper)); // NUL is no mark
  const folded = v128.extract_lane<u64>(all, 0) | v128.extract_lane<u64>(all, 1);
  const word = <u32>(folded | (folded >> 32));
  const pair = word | (word >> 16);
  return (pair | (pair >> 8)) & 255;
}

// @ts-ignore: decorator
@inline
function marksIn(block: v128, lower: v128, upper: v128): v128 {
  const half = i8x16.splat(15);
  return v128.and(i8x16.swizzle(lower, v128.and(block, half)), i8x16.swizzle(upper, i8x16.shr_u(block, 4)));
}

/** Tells whether the line includes the required text of that entry. */
function includes(entry: usize): bool {
  const text = pointed(entry);
  const length: usize = load<u32>(entry + 4);
  if (length == 0) return true;
  const first: u32 = load<u8>(text);
  for (let at = indexOf(first, Line.at, Line.end); at != 0; at = indexOf(first, at + 1, Line.end)) {
    if (startsWith(at, Line.end, text, length)) return true;
  }
  return false;
}

/** Looks for a duration in the message where no piece stated one. */
function settleDuration(): void {
  if (Draft.durationUs != NONE) return;
  for (let index = Draft.noted; index > 0; index -= 1) {
    if (capturedRole(index - 1) != ROLE_MESSAGE) continue;
    const durationUs = findTextDuration(capturedAt(index - 1), capturedEnd(index - 1));
    if (durationUs >= 0) setDuration(durationUs, SOURCE_MESSAGE);
    return;
  }
}
