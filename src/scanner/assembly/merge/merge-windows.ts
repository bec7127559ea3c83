/** Merges windows, at the finest step of the ladder at which they are few enough. */
import { reserve } from '../memory';
import { safeSum } from '../summary/occurrence';
import { widthOfStep } from '../summary/window-ladder';
import { Limits, MOST_WINDOWS } from './limits';
import { behindHistogram, mergeHistogram } from './merge-histogram';
import { behindVarint, behindVarints, copy, Left, Merged, put, Right, takeLeft, takeRight, varintAt } from './streams';

/** A window: its index, 64 bits, and the address of what is counted in it. */
const WINDOW_BYTES: usize = 16;
const CELL: usize = 8;
const SUMS: usize = 3;

const leftWindows: usize = reserve(WINDOW_BYTES * (MOST_WINDOWS + 1));
const rightWindows: usize = reserve(WINDOW_BYTES * (MOST_WINDOWS + 1));
/** Histograms of several windows that become one, at hand and next: at most 3,072 buckets each. */
const HISTOGRAM_BYTES: usize = 64 * 1024;
const histograms: usize = reserve(2 * HISTOGRAM_BYTES);

export function mergeWindows(): void {
  const leftStep = <u32>takeLeft();
  const rightStep = <u32>takeRight();
  const lefts = <usize>takeLeft();
  const rights = <usize>takeRight();
  Left.at = listWindows(leftWindows, Left.at, lefts);
  Right.at = listWindows(rightWindows, Right.at, rights);
  let step = max(leftStep, rightStep);
  widen(leftWindows, lefts, leftStep, step);
  widen(rightWindows, rights, rightStep, step);
  let count = countWindows(lefts, rights);
  for (; count > Limits.windows; count = countWindows(lefts, rights)) {
    widen(leftWindows, lefts, step, step + 1);
    widen(rightWindows, rights, step, step + 1);
    step += 1;
  }
  put(step);
  put(count);
  writeWindows(lefts, rights);
}

/** Lists windows; returns the address behind them. The list ends with an index that no window has. */
function listWindows(list: usize, first: usize, count: usize): usize {
  let at = first;
  let next: u64 = 0;
  const end = list + WINDOW_BYTES * count;
  for (let window = list; window < end; window += WINDOW_BYTES) {
    next += varintAt(at) + 1;
    at = behindVarint(at);
    store<u64>(window, next - 1);
    store<u64>(window, <u64>at, CELL);
    at = behindHistogram(behindVarints(at, SUMS));
  }
  store<u64>(end, u64.MAX_VALUE);
  return at;
}

/** Turns indexes of one step into those of a wider one; several windows may have the same then. */
function widen(list: usize, count: usize, from: u32, to: u32): void {
  const ratio = <u64>(widthOfStep(<i64>Limits.windowMs, to) / widthOfStep(<i64>Limits.windowMs, from));
  if (ratio == 1) return;
  for (let window = list; window < list + WINDOW_BYTES * count; window += WINDOW_BYTES) {
    store<u64>(window, load<u64>(window) / ratio);
  }
}

/** Windows of both lists, each counted once. */
function countWindows(lefts: usize, rights: usize): u64 {
  let count: u64 = 0;
  let left = leftWindows;
  let right = rightWindows;
  const leftEnd = left + WINDOW_BYTES * lefts;
  const rightEnd = right + WINDOW_BYTES * rights;
  while (left < leftEnd || right < rightEnd) {
    const index = min(load<u64>(left), load<u64>(right));
    while (load<u64>(left) == index) left += WINDOW_BYTES;
    while (load<u64>(right) == index) right += WINDOW_BYTES;
    count += 1;
  }
  return count;
}

function writeWindows(lefts: usize, rights: usize): void {
  const leftBehind = Left.at;
  const rightBehind = Right.at;
  let left = leftWindows;
  let right = rightWindows;
  const leftEnd = left + WINDOW_BYTES * lefts;
  const rightEnd = right + WINDOW_BYTES * rights;
  let next: u64 = 0;
  while (left < leftEnd || right < rightEnd) {
    const index = min(load<u64>(left), load<u64>(right));
    put(index - next);
    next = index + 1;
    const firstLeft = left;
    const firstRight = right;
    while (load<u64>(left) == index) left += WINDOW_BYTES;
    while (load<u64>(right) == index) right += WINDOW_BYTES;
    writeWindow(firstLeft, left, firstRight, right);
  }
  Left.at = leftBehind;
  Right.at = rightBehind;
}

/** Writes one window out of those that begin at `left` and `right` and end where the next ones do. */
function writeWindow(left: usize, leftEnd: usize, right: usize, rightEnd: usize): void {
  const count = (leftEnd - left + rightEnd - right) / WINDOW_BYTES;
  if (count == 1) {
    const cell = cellOf(left < leftEnd ? left : right);
    copy(cell, behindHistogram(behindVarints(cell, SUMS)));
    return;
  }
  for (let sum: usize = 0; sum < SUMS; sum += 1) {
    let total: u64 = 0;
    for (let window = left; window < leftEnd; window += WINDOW_BYTES) total = safeSum(total, takeSum(window));
    for (let window = right; window < rightEnd; window += WINDOW_BYTES) total = safeSum(total, takeSum(window));
    put(total);
  }
  if (count > 2 || left == leftEnd || right == rightEnd) {
    joinHistograms(left, leftEnd, right, rightEnd);
    return;
  }
  Left.at = cellOf(left);
  Right.at = cellOf(right);
  mergeHistogram();
}

// @ts-ignore: decorator
@inline
function cellOf(window: usize): usize {
  return <usize>load<u64>(window, CELL);
}

/** Takes a number of a window: its cell begins behind it from here on. */
function takeSum(window: usize): u64 {
  const at = cellOf(window);
  store<u64>(window, <u64>behindVarint(at), CELL);
  return varintAt(at);
}

/** Merges the histograms of some windows, one after another, each time into the other place. */
function joinHistograms(left: usize, leftEnd: usize, right: usize, rightEnd: usize): void {
  const merged = Merged.end;
  let place = histograms;
  store<u8>(place, 0);
  let end = place + 1;
  for (let window = left; window < rightEnd; window += WINDOW_BYTES) {
    if (window == leftEnd) window = right;
    if (window == rightEnd) break;
    Left.at = place;
    Right.at = cellOf(window);
    place = place == histograms ? histograms + HISTOGRAM_BYTES : histograms;
    Merged.end = place;
    mergeHistogram();
    end = Merged.end;
  }
  Merged.end = merged;
  copy(place, end);
}
