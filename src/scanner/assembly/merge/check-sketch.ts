/** Checks a sketch. The twin of `checkCells` of `domain/summary/sketch-columns.ts`. */
import { reserve } from '../memory';
import { MAX_SAFE, safeSum } from '../summary/occurrence';
import { Input, readPositive, readVarint, refuse } from './input';
import { Limits } from './limits';
import { COLUMNS, ROWS } from './sketches';

/** Sums of the rows of a column, 64 bits each. */
const sums: usize = reserve(8 * ROWS);

/** Returns the sum of the first column. */
export function checkSketch(): u64 {
  const total = checkColumn();
  for (let column: usize = 1; column < COLUMNS; column += 1) checkColumn();
  return total;
}

/** Returns the sum of a row of a column, which is the same for all of them. */
function checkColumn(): u64 {
  const size = ROWS * Limits.sketchWidth;
  memory.fill(sums, 0, 8 * ROWS);
  let row = sums;
  let rowEnd = Limits.sketchWidth;
  let wasRun = false;
  for (let at: usize = 0; at < size && !Input.isCorrupt; ) {
    for (; at >= rowEnd; rowEnd += Limits.sketchWidth) row += 8;
    const cell = readVarint(MAX_SAFE);
    if (cell == 0) {
      if (wasRun) return refuse();
      const run = readPositive();
      if (run > <u64>(size - at)) return refuse();
      at += <usize>run;
    } else {
      store<u64>(row, safeSum(load<u64>(row), cell));
      at += 1;
    }
    wasRun = cell == 0;
  }
  const first = load<u64>(sums);
  for (let other = sums + 8; other < sums + 8 * ROWS; other += 8) if (load<u64>(other) != first) return refuse();
  return first;
}
