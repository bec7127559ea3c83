/** Parses one line: colours off, blanks before it skipped, then one layout after the other. The twin of `parse-line.ts`. */
import { SECTION_FIRST_BYTES, SECTION_LAYOUTS, SECTION_REQUIRED } from '../../parsers/program/sections';
import { NONE, ROLE_MESSAGE, SOURCE_MESSAGE } from '../layout';
import { byteAt, indexOf, skipBlanks, startsWith } from './bytes';
import { withoutColours } from './colours';
import { capturedAt, capturedEnd, capturedRole, Draft, NO_MATCH, resetDraft, setDuration } from './draft';
import { Image, pointed, section } from './image';
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
  let tested: u64 = 0;
  let found: u64 = 0;
  for (let index: usize = 0; index < count; index += 1) {
    const layout = layouts + 12 * <usize>load<u32>(list + 4 + 4 * index);
    const text: u64 = load<u32>(layout + 8);
    const bit = <u64>1 << text;
    if ((tested & bit) == 0) {
      tested |= bit;
      if (includes(<usize>text)) found |= bit;
    }
    if ((found & bit) == 0) continue;
    resetDraft();
    if (run(pointed(layout + 4), start, lineEnd) == lineEnd) {
      settleDuration();
      return load<i32>(layout);
    }
  }
  return REJECTED + rejectionOf(start, lineEnd, Plan.isForced);
}

/** Tells whether the line includes the required text of that number. */
function includes(number: usize): bool {
  const entry = section(SECTION_REQUIRED) + 4 + 8 * number;
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
