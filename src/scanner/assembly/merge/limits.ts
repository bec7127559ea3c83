/** Where a merged summary stops being exact, and what it is a summary of. Set once, when the kernel is set up. */
import { MAX_CELLS } from '../summary/key-table';

/** Windows and exact hashes, of which regions are made, are at most so many; keys at most half as many as cells. */
export const MOST_WINDOWS: usize = 2048;
export const MOST_HASHES: usize = 4096;
export const MOST_KEYS: usize = MAX_CELLS / 2;
export const MOST_SKETCH_WIDTH: usize = 16384;

export class Limits {
  static windowMs: u64 = 60_000;
  static folding: u32 = 0;
  /** Bit n tells whether keys of the dimension n are counted per window. */
  static windowedKeys: u32 = 0;
  static keys: u64 = <u64>MOST_KEYS;
  /** A power of two. */
  static sketchWidth: usize = MOST_SKETCH_WIDTH;
  static exactHashes: u64 = <u64>MOST_HASHES;
  static windows: u64 = <u64>MOST_WINDOWS;
}
