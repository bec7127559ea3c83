/** Merges totals, counters and tallies. */
import {
  behindVarint,
  behindVarints,
  closeCount,
  copy,
  Left,
  mergeSum,
  openCount,
  put,
  Right,
  takeLeft,
  takeRight,
  varintAt,
} from './streams';
import { compareTexts } from './texts';

export function mergeTotals(): void {
  const leftTimed = timedOf(Left.at);
  const rightTimed = timedOf(Right.at);
  for (let sum: u32 = 0; sum < 6; sum += 1) mergeSum();
  if (leftTimed == 0 && rightTimed == 0) return;
  if (leftTimed == 0) mergeSpans(u64.MAX_VALUE, 0, takeRight(), takeRight());
  else if (rightTimed == 0) mergeSpans(takeLeft(), takeLeft(), u64.MAX_VALUE, 0);
  else mergeSpans(takeLeft(), takeLeft(), takeRight(), takeRight());
}

/** Entries with a time: all but the untimed and those out of range. */
function timedOf(totals: usize): u64 {
  const untimed = behindVarint(totals);
  return varintAt(totals) - varintAt(untimed) - varintAt(behindVarint(untimed));
}

/** Each is the first instant and how much later the last one is; none has the largest number for its first. */
function mergeSpans(leftFirst: u64, leftMs: u64, rightFirst: u64, rightMs: u64): void {
  const first = min(leftFirst, rightFirst);
  const leftLast = leftFirst == u64.MAX_VALUE ? 0 : leftFirst + leftMs;
  const rightLast = rightFirst == u64.MAX_VALUE ? 0 : rightFirst + rightMs;
  put(first);
  put(max(leftLast, rightLast) - first);
}

export function mergeCounters(): void {
  let lefts = takeLeft();
  let rights = takeRight();
  const atMost = lefts + rights;
  const start = openCount(atMost);
  let count: u64 = 0;
  for (; lefts != 0 || rights != 0; count += 1) {
    const left = lefts == 0 ? u64.MAX_VALUE : varintAt(Left.at);
    const right = rights == 0 ? u64.MAX_VALUE : varintAt(Right.at);
    if (left < right) {
      lefts -= 1;
      Left.at = copyOne(Left.at, behindVarints(Left.at, 2));
    } else if (right < left) {
      rights -= 1;
      Right.at = copyOne(Right.at, behindVarints(Right.at, 2));
    } else {
      lefts -= 1;
      rights -= 1;
      put(takeLeft());
      takeRight();
      mergeSum();
    }
  }
  closeCount(start, atMost, count);
}

/** Copies an item; returns its end. */
function copyOne(from: usize, end: usize): usize {
  copy(from, end);
  return end;
}

export function mergeTally(): void {
  let lefts = takeLeft();
  let rights = takeRight();
  const atMost = lefts + rights;
  const start = openCount(atMost);
  let count: u64 = 0;
  for (; lefts != 0 || rights != 0; count += 1) {
    const order = lefts == 0 ? 1 : rights == 0 ? -1 : compareNames(Left.at, Right.at);
    const end = behindName(order <= 0 ? Left.at : Right.at);
    if (order < 0) {
      lefts -= 1;
      Left.at = copyOne(Left.at, behindVarint(end));
    } else if (order > 0) {
      rights -= 1;
      Right.at = copyOne(Right.at, behindVarint(end));
    } else {
      lefts -= 1;
      rights -= 1;
      Right.at = behindName(Right.at);
      Left.at = copyOne(Left.at, end);
      mergeSum();
    }
  }
  closeCount(start, atMost, count);
}

/** Compares texts that have their lengths before them. */
export function compareNames(a: usize, b: usize): i32 {
  return compareTexts(behindVarint(a), <usize>varintAt(a), behindVarint(b), <usize>varintAt(b));
}

/** The address behind a text with its length before it. */
// @ts-ignore: decorator
@inline
export function behindName(at: usize): usize {
  return behindVarint(at) + <usize>varintAt(at);
}
