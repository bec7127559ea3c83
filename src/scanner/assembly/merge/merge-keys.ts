/**
 * Merges the keys of a dimension. Keys are in the order of their bytes, so both sides are walked once, side by side; what only
 * one of them has is copied as it is. A table has no state but its encoding, and so there may be any number of them.
 */
import { FORM_COUNTED, FORM_SKETCH } from './forms';
import { keepKeys } from './keep-keys';
import { Limits } from './limits';
import { mergeDistinct } from './merge-distinct';
import { behindHistogram, mergeHistogram } from './merge-histogram';
import { behindName, compareNames } from './merge-numbers';
import {
  behindVarints,
  closeCount,
  copy,
  Left,
  Merged,
  mergeSum,
  openCount,
  put,
  Right,
  takeLeft,
  takeRight,
} from './streams';

/** Varints before the durations of a key: priority, count, errors, bytes. */
const CELL_VARINTS: usize = 4;

/** Merges the keys of a dimension; tells where its sketch belongs, 0 where it has none. */
export function mergeKeys(table: u32): usize {
  const leftForm = <u32>takeLeft();
  const rightForm = <u32>takeRight();
  const form = Merged.end;
  const left = Left.at;
  const right = Right.at;
  let sketch: usize = 0;
  put(leftForm | rightForm);
  if (((leftForm | rightForm) & FORM_SKETCH) != 0 || !joinKeys()) {
    store<u8>(form, <u8>(leftForm | FORM_SKETCH));
    Merged.end = form + 1;
    Left.at = left;
    Right.at = right;
    keepKeys(table, (leftForm & FORM_SKETCH) == 0, (rightForm & FORM_SKETCH) == 0);
    sketch = Merged.end;
  }
  if ((leftForm & FORM_COUNTED) != 0) mergeDistinct();
  return sketch;
}

/** Merges tables that are exact; tells whether what comes of it is exact as well. If not, they are to be merged anew. */
function joinKeys(): bool {
  let lefts = takeLeft();
  let rights = takeRight();
  const atMost = lefts + rights;
  const start = openCount(atMost);
  let count: u64 = 0;
  for (; lefts != 0 && rights != 0 && count <= Limits.keys; count += 1) {
    const order = compareNames(Left.at, Right.at);
    if (order < 0) {
      lefts -= 1;
      copyLeft(1);
    } else if (order > 0) {
      rights -= 1;
      copyRight(1);
    } else {
      lefts -= 1;
      rights -= 1;
      mergeKey();
    }
  }
  count += lefts + rights;
  if (count > Limits.keys) return false;
  copyLeft(lefts);
  copyRight(rights);
  closeCount(start, atMost, count);
  return true;
}

function copyLeft(count: u64): void {
  const from = Left.at;
  for (let left = count; left != 0; left -= 1) Left.at = behindKey(Left.at);
  copy(from, Left.at);
}

function copyRight(count: u64): void {
  const from = Right.at;
  for (let left = count; left != 0; left -= 1) Right.at = behindKey(Right.at);
  copy(from, Right.at);
}

/** The address behind a key and its cell. */
// @ts-ignore: decorator
@inline
function behindKey(at: usize): usize {
  return behindHistogram(behindVarints(behindName(at), CELL_VARINTS));
}

/** Merges the cells of a key that both have. */
function mergeKey(): void {
  const from = Left.at;
  Left.at = behindName(from);
  Right.at = behindName(Right.at);
  copy(from, Left.at);
  put(min(takeLeft(), takeRight()));
  mergeSum(); // count
  mergeSum(); // errors
  mergeSum(); // bytes
  mergeHistogram();
}
