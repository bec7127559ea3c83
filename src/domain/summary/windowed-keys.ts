/**
 * Keys per window. They are counted in an ordinary table of keys (`top-keys.ts`), each with the number of its window
 * before it: the window's start divided by the finest width, in four bytes, the highest first. So byte order is order of
 * time, then of keys; and what holds of tables (canonical, bounded, exact up to a limit) holds of these. A table keeps the
 * finest windows when the windows of the summary widen: who shows wider ones sums its cells.
 */
import type { ByteString } from '../byte-string.js';
import { safeSum } from '../safe-sum.js';
import type { Histogram } from './histogram.js';
import { WINDOW_BYTES } from './key-form.js';
import type { KeyCount, TopKeys } from './top-keys.js';

/** The key that stands for `form` in the window of that number, below 2^32. */
export function windowedKey(window: number, form: ByteString): ByteString {
  const bytes = [window >>> 24, (window >>> 16) & 255, (window >>> 8) & 255, window & 255];
  return `${String.fromCharCode(...bytes)}${form}`;
}

/** The number of the window of such a key. */
export function windowOfKey(key: ByteString): number {
  let window = 0;
  for (let at = 0; at < WINDOW_BYTES; at += 1) window = window * 256 + key.charCodeAt(at);
  return window;
}

/**
 * The keys of a table by the number of their window, in windows that are `ratio` times as wide as the finest: cells of
 * one key are summed, and so are the bounds of what is not exact. Keys that such a table did not keep are not in it.
 */
export function keysByWindow(table: TopKeys, ratio: number): ReadonlyMap<number, readonly KeyCount[]> {
  const windows = new Map<number, Map<ByteString, KeyCount>>();
  for (const cell of table.top(Infinity)) {
    const window = Math.floor(windowOfKey(cell.key) / ratio);
    const key = cell.key.slice(WINDOW_BYTES);
    const keys = windows.get(window) ?? new Map<ByteString, KeyCount>();
    const before = keys.get(key);
    keys.set(key, before === undefined ? { ...cell, key } : sumOf(before, cell));
    windows.set(window, keys);
  }
  return new Map([...windows].map(([window, keys]) => [window, [...keys.values()]]));
}

function sumOf(left: KeyCount, right: KeyCount): KeyCount {
  return {
    key: left.key,
    count: safeSum(left.count, right.count),
    errors: safeSum(left.errors, right.errors),
    bytes: safeSum(left.bytes, right.bytes),
    durations: joined(left.durations, right.durations),
    exact: left.exact,
    maxOvercount: safeSum(left.maxOvercount, right.maxOvercount),
  };
}

function joined(left: Histogram | null, right: Histogram | null): Histogram | null {
  if (left === null || right === null) return left ?? right;
  const both = left.clone();
  both.merge(right);
  return both;
}
