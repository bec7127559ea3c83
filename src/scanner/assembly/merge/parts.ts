/** What a summary is made of, in the order of the encoding: see `domain/summary/summary.ts`. */
import { DIMENSIONS } from '../../layout';
import { Limits } from './limits';

/** `MRS` and the version of the encoding, as they lie in memory. */
export const MAGIC_WORD: u32 = 0x0253524d;
export const LEVELS: u64 = 6;
export const STATUS_CODES: u64 = 1000;

/** Tables of keys: one for each of the dimensions that are counted always, then one for each that is counted per window. */
export const TOP_DIMENSIONS: u32 = 4;
export const MOST_TABLES: usize = 4 + DIMENSIONS;
/** Bit n tells whether the dimension n counts its distinct keys: paths and clients do. */
const COUNTED: u32 = 0b0101;

export function tableCount(): u32 {
  return TOP_DIMENSIONS + <u32>popcnt(Limits.windowedKeys);
}

export function isCountedTable(table: u32): bool {
  return ((COUNTED >> table) & 1) != 0;
}

/** Tells whether the keys of a table are counted per window. */
export function isWindowedTable(table: u32): bool {
  return table >= TOP_DIMENSIONS;
}

/** The dimension of which a table has the keys. */
export function dimensionOfTable(table: u32): u32 {
  if (!isWindowedTable(table)) return table;
  let bits = Limits.windowedKeys;
  for (let before = TOP_DIMENSIONS; before < table; before += 1) bits &= bits - 1;
  return <u32>ctz(bits);
}
