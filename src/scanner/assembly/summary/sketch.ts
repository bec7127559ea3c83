/** Count-Min sketches, one for each dimension that has too many keys. The twin of `domain/summary/count-min.ts`. */
import { reserve } from '../memory';
import { safeSum } from './occurrence';
import { writeByte, writeVarint } from './writer';

const ROWS: usize = 4;
const WIDTH: usize = 16384;
const CELLS: usize = ROWS * WIDTH;
/** Counts and errors are 32 bits, which no chunk exceeds; bytes are 64. */
const ERRORS_AT: usize = 4 * CELLS;
const BYTES_AT: usize = 8 * CELLS;
const SKETCH_BYTES: usize = 16 * CELLS;

/** Makes an empty sketch. */
export function makeSketch(): usize {
  return reserve(SKETCH_BYTES);
}

export function clearSketch(sketch: usize): void {
  memory.fill(sketch, 0, SKETCH_BYTES);
}

/** Adds to the key with this hash of 53 bits. */
export function addToSketch(sketch: usize, hash: u64, count: u32, errors: u32, bytes: u64): void {
  const step = <u32>(hash >> 32) | 1;
  for (let row: u32 = 0; row < <u32>ROWS; row += 1) {
    const cell = <usize>row * WIDTH + <usize>((<u32>hash + row * step) & <u32>(WIDTH - 1));
    const counts = sketch + 4 * cell;
    store<u32>(counts, load<u32>(counts) + count);
    if (errors > 0) store<u32>(counts, load<u32>(counts, ERRORS_AT) + errors, ERRORS_AT);
    const sums = sketch + BYTES_AT + 8 * cell;
    if (bytes > 0) store<u64>(sums, safeSum(load<u64>(sums), bytes));
  }
}

/** Writes the three columns as `CountMin.encode` does. */
export function writeSketch(sketch: usize): void {
  writeColumn(sketch, 4);
  writeColumn(sketch + ERRORS_AT, 4);
  writeColumn(sketch + BYTES_AT, 8);
}

function writeColumn(cells: usize, width: usize): void {
  let zeros: u32 = 0;
  for (let at = cells; at < cells + width * CELLS; at += width) {
    const cell: u64 = width == 4 ? <u64>load<u32>(at) : load<u64>(at);
    if (cell == 0) {
      zeros += 1;
      continue;
    }
    writeZeros(zeros);
    zeros = 0;
    writeVarint(cell);
  }
  writeZeros(zeros);
}

function writeZeros(zeros: u32): void {
  if (zeros == 0) return;
  writeByte(0);
  writeVarint(zeros);
}
