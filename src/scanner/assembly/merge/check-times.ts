/** Checks windows and minutes. The twin of what `Windows`, `WindowCell` and `MinutesTouched` of `domain/summary` decode. */
import { MAX_SAFE, safeSum } from '../summary/occurrence';
import { MAX_INSTANT_MS } from '../summary/totals';
import { widthOfStep } from '../summary/window-ladder';
import { checkHistogram } from './check-histogram';
import { Input, readLength, readPositive, readVarint, refuse, require } from './input';
import { Limits } from './limits';

const MAX_STEP: u64 = 64;
const MINUTE_MS: i64 = 60_000;
const LAST_MINUTE: u64 = <u64>(MAX_INSTANT_MS / MINUTE_MS);

/** Returns how many entries the windows hold. */
export function checkWindows(): u64 {
  const step = <u32>readVarint(MAX_STEP);
  if (!isLadderStep(step)) return refuse();
  const lastIndex = <u64>(MAX_INSTANT_MS / widthOfStep(<i64>Limits.windowMs, step));
  let lines: u64 = 0;
  let next: u64 = 0;
  for (let rest = readLength(5, Limits.windows); rest > 0 && !Input.isCorrupt; rest -= 1) {
    const index = next + readVarint(MAX_SAFE);
    if (index > lastIndex) return refuse();
    next = index + 1;
    lines = safeSum(lines, checkCell());
  }
  return lines;
}

/** Steps are told one after another, so that no width is beyond 2^63. */
function isLadderStep(step: u32): bool {
  for (let before: u32 = 0; before < step; before += 1) {
    if (widthOfStep(<i64>Limits.windowMs, before) > MAX_INSTANT_MS) return false;
  }
  return true;
}

function checkCell(): u64 {
  const lines = readPositive();
  readVarint(lines); // requests
  readVarint(lines); // errors
  require(checkHistogram() <= lines);
  return lines;
}

/** Returns how many minutes were touched. */
export function checkMinutes(): u64 {
  let count: u64 = 0;
  let end: u64 = 0;
  for (let rest = readLength(2, LAST_MINUTE); rest > 0 && !Input.isCorrupt; rest -= 1) {
    const gap = readVarint(MAX_SAFE);
    if (gap == 0 && end > 0) return refuse();
    const length = readPositive();
    end += gap + length;
    count += length;
    require(end <= LAST_MINUTE + 1);
  }
  return count;
}
