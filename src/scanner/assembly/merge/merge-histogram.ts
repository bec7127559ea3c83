/** Merges two histograms as `Histogram.mergeFlat` of `domain/summary/histogram.ts` does. */
import { MAX_SAFE, safeSum } from '../summary/occurrence';
import {
  behindVarint,
  behindVarints,
  closeCount,
  copy,
  Left,
  openCount,
  put,
  Right,
  takeLeft,
  takeRight,
  varintAt,
} from './streams';

const SUM_BASE_BITS: u64 = 52;
const SUM_LOW_BITS: u64 = (1 << SUM_BASE_BITS) - 1;
/** Varints behind the buckets of a histogram that has any: smallest, largest, and the two words of the sum. */
const HEAD_VARINTS: usize = 4;

/** The first and the last bucket of both histograms. */
class Edge {
  static leftFirst: u64 = 0;
  static leftLast: u64 = 0;
  static rightFirst: u64 = 0;
  static rightLast: u64 = 0;
}

/** The address behind a histogram. */
// @ts-ignore: decorator
@inline
export function behindHistogram(at: usize): usize {
  const cells = <usize>varintAt(at);
  return cells == 0 ? at + 1 : behindVarints(behindVarint(at), 2 * cells + HEAD_VARINTS);
}

/** Merges the histograms at hand. */
export function mergeHistogram(): void {
  if (load<u8>(Left.at) == 0) {
    Left.at += 1;
    const end = behindHistogram(Right.at);
    copy(Right.at, end);
    Right.at = end;
  } else if (load<u8>(Right.at) == 0) {
    Right.at += 1;
    const end = behindHistogram(Left.at);
    copy(Left.at, end);
    Left.at = end;
  } else {
    mergeBuckets();
    mergeEnds();
    mergeSums();
  }
}

/** Merges the buckets of two histograms that have some. A bucket is written as its distance from the least that may come. */
function mergeBuckets(): void {
  let lefts = takeLeft();
  let rights = takeRight();
  const atMost = lefts + rights;
  const start = openCount(atMost);
  let left = takeLeft();
  let right = takeRight();
  Edge.leftFirst = left;
  Edge.rightFirst = right;
  let next: u64 = 0;
  let count: u64 = 0;
  while (lefts != 0 || rights != 0) {
    const bucket = min(left, right);
    let values: u64 = 0;
    if (left == bucket) {
      values = takeLeft();
      lefts -= 1;
      if (lefts == 0) Edge.leftLast = left;
      left = lefts == 0 ? u64.MAX_VALUE : left + 1 + takeLeft();
    }
    if (right == bucket) {
      values += takeRight();
      rights -= 1;
      if (rights == 0) Edge.rightLast = right;
      right = rights == 0 ? u64.MAX_VALUE : right + 1 + takeRight();
    }
    put(bucket - next);
    put(min(values, MAX_SAFE));
    next = bucket + 1;
    count += 1;
  }
  closeCount(start, atMost, count);
}

/** Merges the smallest and the largest value, each written as its distance from the low end of its bucket. */
function mergeEnds(): void {
  const leftSmallest = takeLeft();
  const rightSmallest = takeRight();
  const leftLargest = takeLeft();
  const rightLargest = takeRight();
  if (Edge.leftFirst == Edge.rightFirst) put(min(leftSmallest, rightSmallest));
  else put(Edge.leftFirst < Edge.rightFirst ? leftSmallest : rightSmallest);
  if (Edge.leftLast == Edge.rightLast) put(max(leftLargest, rightLargest));
  else put(Edge.leftLast > Edge.rightLast ? leftLargest : rightLargest);
}

function mergeSums(): void {
  const high = takeLeft() + takeRight();
  const low = takeLeft() + takeRight();
  put(safeSum(high, low >> SUM_BASE_BITS));
  put(low & SUM_LOW_BITS);
}
