/** Count-Min sketches, one for each dimension that has too many keys. The twin of `domain/summary/count-min.ts`. */
import { reserve } from '../memory';
import { safeSum } from './occurrence';
import { MAX_VARINT_BYTES, need, Output, putVarint } from './writer';

const ROWS: usize = 4;
const WIDTH: usize = 16384;
const CELLS: usize = ROWS * WIDTH;
/** A cell: counts and errors are 32 bits, which no chunk exceeds; bytes are 64. */
const COUNT: usize = 0;
const ERRORS: usize = 4;
const BYTES: usize = 8;
const CELL_BYTES: usize = 16;
const SKETCH_BYTES: usize = CELL_BYTES * CELLS;
/** Bytes of a column at most: no run of zeros takes more than the cells would. */
const COLUMN_BYTES: usize = MAX_VARINT_BYTES * CELLS + 16;

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
    const place = <usize>row * WIDTH + <usize>((<u32>hash + row * step) & <u32>(WIDTH - 1));
    const cell = sketch + CELL_BYTES * place;
    store<u32>(cell, load<u32>(cell, COUNT) + count, COUNT);
    store<u32>(cell, load<u32>(cell, ERRORS) + errors, ERRORS);
    store<u64>(cell, safeSum(load<u64>(cell, BYTES), bytes), BYTES);
  }
}

/** Writes the three columns as `CountMin.encode` does. */
export function writeSketch(sketch: usize): void {
  writeColumn<u32>(sketch + COUNT);
  writeColumn<u32>(sketch + ERRORS);
  writeColumn<u64>(sketch + BYTES);
}

function writeColumn<Cell>(column: usize): void {
  need(COLUMN_BYTES);
  let zeros: u32 = 0;
  let at = Output.end;
  for (let cell = column; cell < column + SKETCH_BYTES; cell += CELL_BYTES) {
    const value = <u64>load<Cell>(cell);
    if (value == 0) {
      zeros += 1;
      continue;
    }
    at = putVarint(putZeros(at, zeros), value);
    zeros = 0;
  }
  Output.end = putZeros(at, zeros);
}

// @ts-ignore: decorator
@inline
function putZeros(at: usize, zeros: u32): usize {
  if (zeros == 0) return at;
  store<u8>(at, 0);
  return putVarint(at + 1, zeros);
}
