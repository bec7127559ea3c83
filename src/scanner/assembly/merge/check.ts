/** Checks a whole encoding before anything of it is merged. The twin of `decodeSummary` of `domain/summary/summary-codec.ts`. */
import { DIMENSION_LEVEL, DIMENSION_STATUS } from '../../layout';
import { MAX_SAFE } from '../summary/occurrence';
import { checkHistogram } from './check-histogram';
import { checkCounters, CheckedTotals, checkTally, checkTotals } from './check-numbers';
import { checkTables, noteOccurrences } from './check-tables';
import { checkMinutes, checkWindows } from './check-times';
import { beginInput, Input, readByte, readVarint, require } from './input';
import { Limits } from './limits';
import { forgetSketches } from './noted-sketches';
import { LEVELS, MAGIC_WORD, STATUS_CODES } from './parts';

/** Tells whether a summary of the plan in force is encoded there, in its one form. */
export function isSummary(at: usize, end: usize): bool {
  beginInput(at, end);
  forgetSketches();
  checkPlan();
  checkTotals();
  const parsed = CheckedTotals.parsed;
  const timed = CheckedTotals.timed;
  noteOccurrences(DIMENSION_LEVEL, checkCounters(LEVELS), parsed);
  noteOccurrences(DIMENSION_STATUS, checkCounters(STATUS_CODES), parsed);
  require(checkHistogram() <= parsed);
  require(checkTally() <= parsed);
  require(checkWindows() == timed);
  const minutes = checkMinutes();
  require(minutes <= timed && (minutes > 0 || timed == 0));
  checkTables(parsed, timed);
  return !Input.isCorrupt && Input.at == end;
}

function checkPlan(): void {
  for (let byte: u32 = 0; byte < 4; byte += 1) require(readByte() == ((MAGIC_WORD >> (8 * byte)) & 255));
  require(readVarint(MAX_SAFE) == Limits.windowMs);
  require(readByte() == Limits.folding);
  require(readByte() == Limits.windowedKeys);
}
