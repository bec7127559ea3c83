/** Parses one line: colours off, blanks before it skipped, then one layout after the other. The twin of `parse-line.ts`. */
import { MARK_ESCAPE, SECTION_LAYOUTS } from '../../parsers/program/sections';
import { NONE, ROLE_MESSAGE, SOURCE_MESSAGE } from '../layout';
import { byteAt, skipBlanks } from './bytes';
import { beginRequired, candidatesFor, hasRequired, LAYOUT_BYTES, LAYOUT_CODE, LAYOUT_IS_BLIND, LAYOUT_REQUIRED, marksOf } from './candidates';
import { withoutColours } from './colours';
import { capturedAt, capturedEnd, capturedRole, Draft, NO_MATCH, resetDraft, setDuration } from './draft';
import { pointed, section } from './image';
import { run } from './machine';
import { rejectionOf } from './rejection';
import { Stamped } from './stamp';
import { recallLine, rememberLine } from './template';
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
  const known = recallLine(at, end);
  if (known != NONE) return known;
  Line.at = at;
  Line.end = end;
  let marks = marksOf(at, end);
  if ((marks & MARK_ESCAPE) != 0) {
    withoutColours();
    marks = marksOf(Line.at, Line.end);
  }
  const lineEnd = Line.end;
  const start = skipBlanks(Line.at, lineEnd);
  Draft.sawImpossible = false;
  Stamped.at = 0;
  beginRequired();
  let isBlind = true;
  for (let left = candidatesFor(byteAt(start, lineEnd), marks); left != 0; left &= left - 1) {
    const layout = section(SECTION_LAYOUTS) + 4 + LAYOUT_BYTES * <usize>ctz(left);
    if (!hasRequired(load<u32>(layout + LAYOUT_REQUIRED), Line.at, lineEnd)) continue;
    resetDraft();
    isBlind = isBlind && load<u32>(layout + LAYOUT_IS_BLIND) != 0;
    if (run(pointed(layout + LAYOUT_CODE), start, lineEnd) == lineEnd) {
      settleDuration();
      if (isBlind && start == at) rememberLine(at, end, load<i32>(layout));
      return load<i32>(layout);
    }
  }
  return REJECTED + rejectionOf(start, lineEnd, Plan.isForced);
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
