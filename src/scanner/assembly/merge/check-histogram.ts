/** Checks a histogram. The twin of what `domain/summary/flat-histogram.ts` reads. */
import { MAX_SAFE, safeSum } from '../summary/occurrence';
import { lowOf } from '../summary/histogram';
import { Input, readLength, readPositive, readVarint, refuse, require } from './input';

const BUCKETS: u64 = 3072;
const SUM_BASE: u64 = 1 << 52;

/** Returns how many values it has. */
export function checkHistogram(): u64 {
  const cells = readLength(2, BUCKETS);
  if (cells == 0) return 0;
  let first: u64 = 0;
  let next: u64 = 0; // the smallest bucket that may come
  let count: u64 = 0;
  for (let cell: u64 = 0; cell < cells; cell += 1) {
    if (next >= BUCKETS) return refuse();
    next += readVarint(BUCKETS - next - 1) + 1;
    count = safeSum(count, readPositive());
    if (cell == 0) first = next - 1;
    if (Input.isCorrupt) return 0;
  }
  checkHead(<u32>first, <u32>(next - 1), count);
  return count;
}

function checkHead(first: u32, last: u32, count: u64): void {
  const smallest = lowOf(first) + readVarint(widthOf(first) - 1);
  const largest = lowOf(last) + readVarint(widthOf(last) - 1);
  const sumHigh = readVarint(MAX_SAFE);
  const sumLow = readVarint(SUM_BASE - 1);
  const sum = <f64>sumHigh * <f64>SUM_BASE + <f64>sumLow;
  require(isPlausible(<f64>smallest, <f64>largest, <f64>count, sum));
}

function widthOf(bucket: u32): u64 {
  return bucket < 128 ? 1 : <u64>1 << <u64>((bucket >> 6) - 1);
}

/** In floating point, step by step as the twin does it. */
function isPlausible(smallest: f64, largest: f64, count: f64, sum: f64): bool {
  if (smallest > largest) return false;
  if (count == 1) return smallest == largest && sum == smallest;
  const rounding = sum * (1.0 / <f64>(<u64>1 << 40));
  return sum + rounding >= smallest * count && sum - rounding <= largest * count;
}
