/** Sorts the keys of a table by their bytes. */
import { reserve } from '../memory';
import { compareKeys, keyCell, keyCount, MAX_KEYS } from './key-table';

/** Two arrays of 32-bit numbers; a table is sorted only when it has at most MAX_KEYS keys. */
const first: usize = reserve(4 * MAX_KEYS);
const second: usize = reserve(4 * MAX_KEYS);

/** Address of the numbers of the cells in the order of their keys. Merge sort from the bottom up. */
export function sortKeyNumbers(keys: usize): usize {
  const count = keyCount(keys);
  for (let number: usize = 0; number < count; number += 1) store<u32>(first + 4 * number, <u32>number);
  let from = first;
  let to = second;
  for (let width: usize = 1; width < count; width *= 2) {
    for (let start: usize = 0; start < count; start += 2 * width) {
      mergeRuns(keys, from, to, start, min(start + width, count), min(start + 2 * width, count));
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  return from;
}

/** Merges the runs `[start, middle)` and `[middle, end)`. */
function mergeRuns(keys: usize, from: usize, to: usize, start: usize, middle: usize, end: usize): void {
  let left = start;
  let right = middle;
  for (let place = start; place < end; place += 1) {
    const takesLeft = right == end || (left < middle && isBefore(keys, from, left, right));
    const source = takesLeft ? left : right;
    store<u32>(to + 4 * place, load<u32>(from + 4 * source));
    if (takesLeft) left += 1;
    else right += 1;
  }
}

// @ts-ignore: decorator
@inline
function isBefore(keys: usize, numbers: usize, left: usize, right: usize): bool {
  const a = keyCell(keys, load<u32>(numbers + 4 * left));
  const b = keyCell(keys, load<u32>(numbers + 4 * right));
  return compareKeys(keys, a, b) <= 0;
}
