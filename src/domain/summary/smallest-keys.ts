import type { ByteString } from '../byte-string.js';

interface Prioritized {
  readonly priority: number;
}

/** Values are told apart by so many bits at a time. */
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;

/** The last of the `size` keys with the smallest priorities, ties by key. There must be more than `size` of them. */
export function lastKeptOf(
  cells: ReadonlyMap<ByteString, Prioritized>,
  size: number,
): { readonly priority: number; readonly key: ByteString } {
  const priorities = new Float64Array(cells.size);
  let at = 0;
  for (const cell of cells.values()) {
    priorities[at] = cell.priority;
    at += 1;
  }
  const priority = smallestAt(size - 1, priorities);
  let below = 0;
  const tied: ByteString[] = [];
  for (const [key, cell] of cells) {
    if (cell.priority < priority) below += 1;
    else if (cell.priority === priority) tied.push(key);
  }
  tied.sort();
  return { priority, key: tied[size - 1 - below] ?? '' };
}

/**
 * The value at `rank`, from 0, in the order of safe non-negative integers, which it mixes up. Takes as many steps for any:
 * values with other digits than the one looked for are dropped, from the highest digit down.
 */
export function smallestAt(rank: number, values: Float64Array): number {
  let [left, wanted] = [values, rank];
  const sizes = new Uint32Array(DIGITS);
  for (let scale = 2 ** (53 - DIGIT_BITS); left.length > 1 && scale >= 1; scale = nextScale(scale)) {
    sizes.fill(0);
    for (const value of left) {
      const digit = digitOf(value, scale);
      sizes[digit] = (sizes[digit] ?? 0) + 1;
    }
    let digit = 0;
    for (; (sizes[digit] ?? 0) <= wanted; digit += 1) wanted -= sizes[digit] ?? 0;
    let count = 0;
    for (const value of left) {
      if (digitOf(value, scale) !== digit) continue;
      left[count] = value;
      count += 1;
    }
    left = left.subarray(0, count);
  }
  return left[0] ?? 0;
}

function digitOf(value: number, scale: number): number {
  return Math.floor(value / scale) % DIGITS;
}

/** After the lowest digit comes none. */
function nextScale(scale: number): number {
  return scale === 1 ? 0 : Math.max(1, scale / DIGITS);
}
