/** Writes an access log in which every line has a path and a client of its own: what memory is measured with. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { accessLine } from './make-logs.js';

/** As many as there are addresses in 10.0.0.0/8. */
export const MAX_DISTINCT_LINES = 2 ** 24;

const START = Date.UTC(2024, 0, 24);
const LINES_PER_SECOND = 200;
const BLOCK_LINES = 20_000;
const LETTERS = 'ghijklmnopqrstuv'; // no digits and no hexadecimal ones: nothing that could be taken for an id
const BITS_PER_LETTER = 4;

/** Writes `lines` lines to `path`, at most `MAX_DISTINCT_LINES`. */
export function writeDistinctLog(path: string, lines: number): void {
  const file = openSync(path, 'w');
  for (let first = 0; first < lines; first += BLOCK_LINES) {
    const block = Array.from({ length: Math.min(BLOCK_LINES, lines - first) }, (_, index) => lineOf(first + index));
    writeSync(file, `${block.join('\n')}\n`);
  }
  fsyncSync(file);
  closeSync(file);
}

function lineOf(index: number): string {
  const key = Math.imul(index, 0x9e3779b1) & (MAX_DISTINCT_LINES - 1); // the factor is odd: no two are equal
  return accessLine({
    at: new Date(START + Math.floor(index / LINES_PER_SECOND) * 1000),
    client: `10.${key >>> 16}.${(key >>> 8) & 255}.${key & 255}`,
    path: `/catalogue/${lettersOf(key)}`,
    status: 200,
    sizeBytes: 200 + (key % 9000),
    tookMs: 1 + (key % 300),
  });
}

function lettersOf(key: number): string {
  return Array.from({ length: 6 }, (_, place) => LETTERS[(key >>> (place * BITS_PER_LETTER)) & 15] ?? '').join('');
}
