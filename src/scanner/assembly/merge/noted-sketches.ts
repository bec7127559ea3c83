/** Where the sketches are in the encoding that was checked last. */
import { reserve } from '../memory';
import { MOST_TABLES } from './parts';

/** For each table the address of its sketch, 0 for none, and the one behind it. */
const places: usize = reserve(8 * MOST_TABLES);

export function forgetSketches(): void {
  memory.fill(places, 0, 8 * MOST_TABLES);
}

export function noteSketch(table: u32, start: usize, end: usize): void {
  store<u32>(places + 8 * <usize>table, <u32>start);
  store<u32>(places + 8 * <usize>table, <u32>end, 4);
}

export function notedStart(table: u32): usize {
  return load<u32>(places + 8 * <usize>table);
}

export function notedEnd(table: u32): usize {
  return load<u32>(places + 8 * <usize>table, 4);
}
