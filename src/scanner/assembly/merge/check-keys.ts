/** Checks a table of keys. The twin of what `domain/summary/top-keys-codec.ts` decodes. */
import { MAX_FORM_BYTES, WINDOW_BYTES } from '../summary/look-up-hash';
import { isDimensionKey } from '../summary/number-keys';
import { MAX_SAFE, safeSum } from '../summary/occurrence';
import { checkDistinct } from './check-distinct';
import { checkHistogram } from './check-histogram';
import { checkSketch } from './check-sketch';
import { FORM_COUNTED, FORM_SKETCH } from './forms';
import { Input, readByte, readBytes, readLength, readPositive, readVarint, refuse, require } from './input';
import { Limits } from './limits';
import { noteSketch } from './noted-sketches';
import { dimensionOfTable, isCountedTable, isWindowedTable } from './parts';
import { compareTexts } from './texts';

/** The key that was checked last, in the table at hand; 0 where that has none. */
export class LastKey {
  static at: usize = 0;
}

/** Returns the occurrences of all keys; where they are in a sketch, notes where that is. */
export function checkKeys(table: u32): u64 {
  const isCounted = isCountedTable(table);
  const form = readByte();
  if (form > (FORM_SKETCH | FORM_COUNTED) || ((form & FORM_COUNTED) != 0) != isCounted) return refuse();
  const isExact = (form & FORM_SKETCH) == 0;
  const size = readLength(isExact ? 6 : 2, Limits.keys);
  let total = checkCells(table, size, isExact);
  if (!isExact) {
    require(size == Limits.keys);
    const start = Input.at;
    total = checkSketch();
    noteSketch(table, start, Input.at);
  }
  if (isCounted) checkDistinct();
  return total;
}

/** Checks the keys, which are in the order of their bytes; returns the sum of their counts. */
function checkCells(table: u32, size: u64, isExact: bool): u64 {
  const dimension = dimensionOfTable(table);
  const windowBytes = isWindowedTable(table) ? WINDOW_BYTES : 0;
  let total: u64 = 0;
  let previous: usize = 0;
  let previousLength: usize = 0;
  for (let rest = size; rest > 0 && !Input.isCorrupt; rest -= 1) {
    const length = <usize>readVarint(MAX_FORM_BYTES + windowBytes);
    const at = readBytes(length);
    if (Input.isCorrupt || length < windowBytes) return refuse();
    if (!isDimensionKey(dimension, at + windowBytes, length - windowBytes)) return refuse();
    if (previous != 0 && compareTexts(previous, previousLength, at, length) >= 0) return refuse();
    previous = at;
    previousLength = length;
    readVarint(MAX_SAFE); // priority
    if (isExact) total = safeSum(total, checkCell());
  }
  LastKey.at = previous;
  return total;
}

function checkCell(): u64 {
  const count = readPositive();
  readVarint(count); // errors
  readVarint(MAX_SAFE); // bytes
  require(checkHistogram() <= count);
  return count;
}
