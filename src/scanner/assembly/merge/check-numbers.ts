/** Checks totals, counters and tallies. The twin of what `Totals`, `Counters` and `Tally` of `domain` decode. */
import { MAX_SAFE, safeSum } from '../summary/occurrence';
import { MAX_INSTANT_MS } from '../summary/totals';
import { Input, readBytes, readLength, readPositive, readVarint, refuse, require } from './input';
import { compareTexts } from './texts';
import { isText } from './utf8';

const MAX_NAMES: u64 = 4096;
const MAX_NAME_BYTES: u64 = 1024;

/** What was read of the totals. */
export class CheckedTotals {
  static parsed: u64 = 0;
  static timed: u64 = 0;
}

export function checkTotals(): void {
  const parsed = readVarint(MAX_SAFE);
  const untimed = readVarint(parsed);
  const outOfRange = readVarint(parsed - untimed);
  readVarint(parsed); // requests
  readVarint(parsed); // errors
  readVarint(MAX_SAFE); // bytes
  CheckedTotals.parsed = parsed;
  CheckedTotals.timed = parsed - untimed - outOfRange;
  if (CheckedTotals.timed == 0) return;
  const firstAt = readVarint(<u64>MAX_INSTANT_MS);
  const span = readVarint(<u64>MAX_INSTANT_MS - firstAt);
  require(CheckedTotals.timed > 1 || span == 0);
}

/** Checks counts of the numbers below `size`; returns their sum. */
export function checkCounters(size: u64): u64 {
  let total: u64 = 0;
  let next: u64 = 0;
  for (let rest = readLength(2, size); rest > 0 && !Input.isCorrupt; rest -= 1) {
    const index = readVarint(size - 1);
    if (index < next) return refuse();
    next = index + 1;
    total = safeSum(total, readPositive());
  }
  return total;
}

/** Checks counts by name; returns their sum. */
export function checkTally(): u64 {
  let total: u64 = 0;
  let previous: usize = 0;
  let previousLength: usize = 0;
  for (let rest = readLength(2, MAX_NAMES); rest > 0 && !Input.isCorrupt; rest -= 1) {
    const length = <usize>readVarint(MAX_NAME_BYTES);
    const at = readBytes(length);
    if (Input.isCorrupt || !isText(at, at + length)) return refuse();
    if (previous != 0 && compareTexts(previous, previousLength, at, length) >= 0) return refuse();
    previous = at;
    previousLength = length;
    total = safeSum(total, readPositive());
  }
  return total;
}
