/** How a column of a sketch is encoded: each cell, and for each run of zeros a zero and the run's length. */
import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { safeSum } from '../safe-sum.js';

export function encodeCells(writer: ByteWriter, cells: Float64Array): void {
  let zeros = 0;
  for (const cell of cells) {
    if (cell === 0) {
      zeros += 1;
      continue;
    }
    if (zeros > 0) encodeZeros(writer, zeros);
    zeros = 0;
    writer.varint(cell);
  }
  if (zeros > 0) encodeZeros(writer, zeros);
}

function encodeZeros(writer: ByteWriter, zeros: number): void {
  writer.byte(0);
  writer.varint(zeros);
}

/** Reads and checks `rows` rows of `width` cells, and returns their sum, which is the same for all rows. */
export function checkCells(reader: ByteReader, rows: number, width: number): number {
  const sums = new Float64Array(rows);
  let wasRun = false;
  for (let row = 0, at = 0; at < rows * width; ) {
    const cell = reader.varint();
    if (cell === 0) {
      if (wasRun) throw corrupt('runs of zeros touch');
      at += reader.positive();
      row = Math.floor(at / width);
    } else {
      sums[row] = safeSum(sums[row] ?? 0, cell);
      at += 1;
      if (at === (row + 1) * width) row += 1;
    }
    wasRun = cell === 0;
    if (at > rows * width) throw corrupt('a sketch is too long');
  }
  const [first = 0] = sums;
  if (sums.some((sum) => sum !== first)) throw corrupt('the rows of a sketch differ');
  return first;
}

/** Adds cells that were checked to `cells`. */
export function addCells(reader: ByteReader, cells: Float64Array): void {
  for (let at = 0; at < cells.length; ) {
    const cell = reader.varint();
    if (cell === 0) {
      at += reader.positive();
    } else {
      cells[at] = safeSum(cells[at] ?? 0, cell);
      at += 1;
    }
  }
}
