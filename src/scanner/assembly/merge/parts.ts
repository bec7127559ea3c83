/** What a summary is made of, in the order of the encoding: see `domain/summary/summary.ts`. */
import { Limits } from './limits';

/** `MRS` and the version of the encoding, as they lie in memory. */
export const MAGIC_WORD: u32 = 0x0253524d;
export const LEVELS: u64 = 6;
export const STATUS_CODES: u64 = 1000;

/** Tables of keys: one for each dimension, then one for each of those that are counted per window as well. */
export const DIMENSIONS: u32 = 4;
export const MOST_TABLES: usize = 8;
/** Bit n tells whether the dimension n counts its distinct keys: paths and clients do. */
const COUNTED: u32 = 0b0101;

export function tableCount(): u32 {
  return DIMENSIONS + <u32>popcnt(Limits.windowedKeys);
}

export function isCountedTable(table: u32): bool {
  return ((COUNTED >> table) & 1) != 0;
}

/** The dimension of which a table that comes behind the dimensions has the keys. */
export function dimensionOfTable(table: u32): u32 {
  let bits = Limits.windowedKeys;
  for (let before = DIMENSIONS; before < table; before += 1) bits &= bits - 1;
  return <u32>ctz(bits);
}
