/**
 * One sketch for each table that has too many keys. What is put into it never leaves it, and the order of sums has no
 * meaning, so it does not lie with the keys in each encoding that is merged: it is added once, when that comes in. The twin of
 * `domain/summary/count-min.ts` and `sketch-columns.ts`.
 */
import { reserve } from '../memory';
import { safeSum } from '../summary/occurrence';
import { Limits, MOST_SKETCH_WIDTH } from './limits';
import { MOST_TABLES } from './parts';
import { bitsOf, put, valueOf } from './streams';

export const ROWS: usize = 4;
/** Counts, errors and bytes. */
export const COLUMNS: usize = 3;
const CELL_BYTES: usize = 8;
/** Bytes that an encoded sketch takes at most: no run of zeros takes more than the cells would. */
export const SKETCH_ROOM_BYTES: usize = COLUMNS * (8 * ROWS * MOST_SKETCH_WIDTH + 16);

/** Addresses of the sketches by table, 0 for those that were never needed. Column by column, 64 bits a cell. */
const sketches: usize = reserve(4 * MOST_TABLES);

/** The cells of the sketch of a table of keys, which is made where it is missing. */
function cellsOf(table: u32): usize {
  const place = sketches + 4 * <usize>table;
  if (load<u32>(place) == 0) store<u32>(place, <u32>reserve(COLUMNS * columnBytes()));
  return load<u32>(place);
}

/** Bytes of a column. */
// @ts-ignore: decorator
@inline
function columnBytes(): usize {
  return ROWS * Limits.sketchWidth * CELL_BYTES;
}

/** Adds to the key with this hash of 53 bits. */
export function addToSketch(table: u32, hash: u64, count: u64, errors: u64, bytes: u64): void {
  const cells = cellsOf(table);
  const step = <u32>(hash >> 32) | 1;
  for (let row: u32 = 0; row < <u32>ROWS; row += 1) {
    const place = (<usize>(<u32>hash + row * step) & (Limits.sketchWidth - 1)) + <usize>row * Limits.sketchWidth;
    const cell = cells + CELL_BYTES * place;
    add(cell, count);
    if (errors != 0) add(cell + columnBytes(), errors);
    if (bytes != 0) add(cell + 2 * columnBytes(), bytes);
  }
}

// @ts-ignore: decorator
@inline
function add(cell: usize, value: u64): void {
  store<u64>(cell, safeSum(load<u64>(cell), value));
}

/** Adds an encoded sketch that was checked. */
export function addEncodedSketch(table: u32, from: usize): void {
  const cells = cellsOf(table);
  const size = COLUMNS * columnBytes();
  let at = from;
  let isRun = false; // a run never goes from one column into the next
  for (let cell: usize = 0; cell < size; ) {
    const word = load<u64>(at);
    const bits = bitsOf(word);
    const value = (word & 128) == 0 ? word & 127 : valueOf(word, bits);
    at += <usize>(bits >> 3);
    if (isRun) {
      cell += CELL_BYTES * <usize>value;
      isRun = false;
    } else if (value == 0) {
      isRun = true;
    } else {
      add(cells + cell, value);
      cell += CELL_BYTES;
    }
  }
}

/** Writes each cell, and for each run of zeros in a column a zero and the length of the run. */
export function writeSketch(table: u32): void {
  const cells = cellsOf(table);
  for (let column: usize = 0; column < COLUMNS; column += 1) writeColumn(cells + column * columnBytes());
}

function writeColumn(column: usize): void {
  let zeros: u64 = 0;
  for (let cell = column; cell < column + columnBytes(); cell += CELL_BYTES) {
    const value = load<u64>(cell);
    if (value == 0) {
      zeros += 1;
      continue;
    }
    if (zeros != 0) putZeros(zeros);
    zeros = 0;
    put(value);
  }
  if (zeros != 0) putZeros(zeros);
}

function putZeros(zeros: u64): void {
  put(0);
  put(zeros);
}
