/** Merges the runs of minutes that were touched. */
import { closeCount, openCount, put, takeLeft, takeRight } from './streams';

const NONE: u64 = u64.MAX_VALUE;

/** A run is written as its distance from the end of the one before, and its length. */
export function mergeMinutes(): void {
  let lefts = takeLeft();
  let rights = takeRight();
  const atMost = lefts + rights;
  const start = openCount(atMost);
  let count: u64 = 0;
  let previousEnd: u64 = 0;
  let left = lefts == 0 ? NONE : takeLeft();
  let right = rights == 0 ? NONE : takeRight();
  while (left != NONE || right != NONE) {
    const first = min(left, right);
    let end = first;
    while (left <= end || right <= end) {
      if (left <= end) {
        const leftEnd = left + takeLeft();
        end = max(end, leftEnd);
        lefts -= 1;
        left = lefts == 0 ? NONE : leftEnd + takeLeft();
      } else {
        const rightEnd = right + takeRight();
        end = max(end, rightEnd);
        rights -= 1;
        right = rights == 0 ? NONE : rightEnd + takeRight();
      }
    }
    put(first - previousEnd);
    put(end - first);
    previousEnd = end;
    count += 1;
  }
  closeCount(start, atMost, count);
}
