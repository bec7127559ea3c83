/** Parses one line: colours off, blanks before it skipped, then one layout after the other. The twin of `parse-line.ts`. */
import { OP_END, OP_JSON } from '../../parsers/program/opcodes';
import { MARK_ESCAPE, SECTION_LAYOUTS } from '../../parsers/program/sections';
import { NONE, ROLE_MESSAGE, SOURCE_MESSAGE } from '../layout';
import { byteAt, skipBlanks } from './bytes';
import { beginRequired, candidatesFor, hasRequired, LAYOUT_BYTES, LAYOUT_CODE, LAYOUT_IS_BLIND, LAYOUT_REQUIRED, marksOf } from './candidates';
import { withoutColours } from './colours';
import { capturedAt, capturedEnd, capturedRole, Draft, NO_MATCH, resetDraft, setDuration } from './draft';
import { pointed, section } from './image';
import { readJson } from './json';
import { run } from './machine';
import { rejectionOf } from './rejection';
import { forgetStart } from './shared-start';
import { Stamped } from './stamp';
import { recallLine, rememberLine } from './template';
import { findTextDuration } from './text-duration';

/** What `parseLine` found: the number of the format, or a reason less REJECTED. */
export const REJECTED: i32 = -100;

const OPEN_OBJECT: u32 = 123;
const ALL_MARKS: u32 = 255;

/** The line as it was parsed: texts of the draft lie in it or in the scratch of their pieces. */
export class Line {
  static at: usize = 0;
  static end: usize = 0;
}

export class Plan {
  /** True where the user named the format. */
  static isForced: bool = false;
  /** The layout of a JSON object and nothing else, where it is the first one that is tried on a line with its brace; else 0. */
  static json: usize = 0;
}

/** Takes the plan into force, when the candidates are built. */
export function planParse(isForced: bool): void {
  Plan.isForced = isForced;
  const layouts = candidatesFor(OPEN_OBJECT, ALL_MARKS);
  Plan.json = layouts != 0 && isJsonAlone(pointed(layoutOf(layouts) + LAYOUT_CODE)) ? layoutOf(layouts) : 0;
}

function isJsonAlone(code: usize): bool {
  return load<u32>(code) == OP_JSON && load<u32>(code, 4) == OP_END;
}

/** Parses the line `[at, end)` into the draft. Returns the number of its format, or REJECTED + reason. */
export function parseLine(at: usize, end: usize): i32 {
  if (Plan.json != 0 && byteAt(at, end) == OPEN_OBJECT && isObject(at, end)) return load<i32>(Plan.json);
  const known = recallLine(at, end);
  return known == NONE ? tryLayouts(at, end) : known;
}

/** Reads a line as a JSON object. One that is accepted has no colours: no byte of an escape sequence may stand in it. */
// @ts-ignore: decorator
@inline
function isObject(at: usize, end: usize): bool {
  resetDraft();
  if (readJson(at, end) != end) return false;
  settleDuration();
  return true;
}

function tryLayouts(at: usize, end: usize): i32 {
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
  forgetStart();
  let isBlind = true;
  for (let left = candidatesFor(byteAt(start, lineEnd), marks); left != 0; left &= left - 1) {
    const layout = layoutOf(left);
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

/** The first of these layouts, a bit for each. */
// @ts-ignore: decorator
@inline
function layoutOf(bits: u64): usize {
  return section(SECTION_LAYOUTS) + 4 + LAYOUT_BYTES * <usize>ctz(bits);
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
