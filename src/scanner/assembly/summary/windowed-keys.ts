/**
 * Keys per window: tables of keys, each behind the number of its window, of the dimensions of which the plan asks for them.
 * The twin of `domain/summary/windowed-keys.ts`.
 */
import { ROLE_PATH, ROLES } from '../../layout';
import { copyBlocks } from '../blocks';
import { reserve } from '../memory';
import { MAX_FORM_BYTES, WINDOW_BYTES } from './look-up-hash';
import { addForm, clearDimension, cut, cutKey, makeDimension, writeDimension } from './top-keys';

/** The key at hand behind its window. */
const windowedKey: usize = reserve(WINDOW_BYTES + MAX_FORM_BYTES + 64);
/** Addresses of the tables by role, of those that are asked for. */
const tables: usize = reserve(4 * ROLES);

export class WindowedKeys {
  /** Roles of texts of which keys are counted per window: a role is the bit of its number. */
  static roles: u32 = 0;
  static windowMs: u64 = 60_000;
}

/** Sets the width of the windows, and the dimensions, the first being the lowest bit. Only tables that are asked for are made. */
export function planWindowedKeys(windowMs: u64, dimensions: u32): void {
  WindowedKeys.windowMs = windowMs;
  WindowedKeys.roles = dimensions << ROLE_PATH;
  for (let left = WindowedKeys.roles; left != 0; left &= left - 1) {
    store<u32>(tables + 4 * <usize>ctz(left), <u32>makeDimension(false));
  }
}

export function resetWindowedKeys(): void {
  for (let left = WindowedKeys.roles; left != 0; left &= left - 1) clearDimension(tableOf(<usize>ctz(left)));
}

/** Takes the window of an instant in range into force. */
export function enterWindow(instantMs: i64): void {
  store<u32>(windowedKey, bswap(<u32>(<u64>instantMs / WindowedKeys.windowMs)));
}

/** Counts an occurrence of the key `[at, end)` in the window in force; its role must be one of `roles`. */
export function addWindowedKey(role: usize, at: usize, end: usize): void {
  if (end - at > MAX_FORM_BYTES) addBehindWindow(role, cutKey, cut(at, end));
  else addBehindWindow(role, at, end);
}

function addBehindWindow(role: usize, at: usize, end: usize): void {
  const form = windowedKey + WINDOW_BYTES;
  copyBlocks(form, at, end - at);
  addForm(tableOf(role), windowedKey, form + (end - at));
}

/** Writes the tables, in the order of the dimensions. */
export function writeWindowedKeys(): void {
  for (let left = WindowedKeys.roles; left != 0; left &= left - 1) writeDimension(tableOf(<usize>ctz(left)));
}

// @ts-ignore: decorator
@inline
function tableOf(role: usize): usize {
  return load<u32>(tables + 4 * role);
}
