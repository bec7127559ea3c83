/**
 * Keys per window: tables of keys, each behind the number of its window, of the dimensions of which the plan asks for them.
 * The twin of `domain/summary/windowed-keys.ts`.
 */
import { DIMENSIONS } from '../../layout';
import { copyBlocks } from '../blocks';
import { reserve } from '../memory';
import { MAX_FORM_BYTES, WINDOW_BYTES } from './look-up-hash';
import { wordLength } from './number-keys';
import { addForm, clearDimension, cut, cutKey, makeDimension, writeDimension } from './top-keys';

/** The key at hand behind its window. */
const windowedKey: usize = reserve(WINDOW_BYTES + MAX_FORM_BYTES + 64);
/** Addresses of the tables by dimension, of those that are asked for. */
const tables: usize = reserve(4 * DIMENSIONS);

export class WindowedKeys {
  /** A set of dimensions, the first being the lowest bit. */
  static dimensions: u32 = 0;
  static windowMs: u64 = 60_000;
}

/** Sets the width of the windows, and the dimensions. Only tables that are asked for are made. */
export function planWindowedKeys(windowMs: u64, dimensions: u32): void {
  WindowedKeys.windowMs = windowMs;
  WindowedKeys.dimensions = dimensions;
  for (let left = dimensions; left != 0; left &= left - 1) {
    store<u32>(tables + 4 * <usize>ctz(left), <u32>makeDimension(false));
  }
}

export function resetWindowedKeys(): void {
  for (let left = WindowedKeys.dimensions; left != 0; left &= left - 1) clearDimension(tableOf(ctz(left)));
}

/** Takes the window of an instant in range into force. */
export function enterWindow(instantMs: i64): void {
  store<u32>(windowedKey, bswap(<u32>(<u64>instantMs / WindowedKeys.windowMs)));
}

/** Counts an occurrence of the key `[at, end)` in the window in force; its dimension must be one of `dimensions`. */
export function addWindowedKey(dimension: u32, at: usize, end: usize): void {
  if (end - at > MAX_FORM_BYTES) addBehindWindow(dimension, cutKey, cut(at, end));
  else addBehindWindow(dimension, at, end);
}

function addBehindWindow(dimension: u32, at: usize, end: usize): void {
  const form = windowedKey + WINDOW_BYTES;
  copyBlocks(form, at, end - at);
  addForm(tableOf(dimension), windowedKey, form + (end - at));
}

/** The same for a key of at most eight bytes, as it lies in memory with zeros behind it. */
export function addWindowedWord(dimension: u32, word: u64): void {
  const form = windowedKey + WINDOW_BYTES;
  store<u64>(form, word);
  addForm(tableOf(dimension), windowedKey, form + wordLength(word));
}

/** Writes the tables, in the order of the dimensions. */
export function writeWindowedKeys(): void {
  for (let left = WindowedKeys.dimensions; left != 0; left &= left - 1) writeDimension(tableOf(ctz(left)));
}

// @ts-ignore: decorator
@inline
function tableOf(dimension: u32): usize {
  return load<u32>(tables + 4 * <usize>dimension);
}
