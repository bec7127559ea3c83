/**
 * Counts by window of event time, at the finest step of the ladder at which at most 2,048 windows are touched. The twin
 * of `domain/summary/windows.ts` and `window-cell.ts`.
 */
import { growable, grow, reserve } from '../memory';
import { addValue, clearHistogram, HISTOGRAM_BYTES, mergeHistogram, writeHistogram } from './histogram';
import { NO_DURATION, Occurrence } from './occurrence';
import { sortPairs } from './sort';
import { widthOfStep } from './window-ladder';
import { writeVarint } from './writer';

const MAX_WINDOWS: usize = 2048;
/** Slots of the table from index to cell: open addressing, never more than half full. */
const SLOTS: usize = 8192;
/** A slot is the index of a window, plus one, and the address of its cell. */
const SLOT_BYTES: usize = 16;
/** A cell: index of its window, lines, requests, errors (32 bits each but for the index, 64), then its durations. */
const CELL_INDEX: usize = 0;
const CELL_LINES: usize = 8;
const CELL_REQUESTS: usize = 12;
const CELL_ERRORS: usize = 16;
const CELL_DURATIONS: usize = 24;
const CELL_BYTES: usize = CELL_DURATIONS + HISTOGRAM_BYTES;
const CELLS: usize = MAX_WINDOWS + 1;

const table: usize = reserve(SLOTS * SLOT_BYTES);
/** Cells in the order in which they were made. They grow, so a few windows take little memory. */
const cells: usize = growable(64 * CELL_BYTES);
/** Room for the cells of the finer step while windows widen, and for sorting. */
const order: usize = reserve(16 * CELLS);
const spare: usize = reserve(16 * CELLS);

class Windows {
  static finestMs: i64 = 60_000;
  static step: u32 = 0;
  static widthMs: i64 = 60_000;
  static count: usize = 0;
  /** The window touched last: its first ms, and the offset of its cell among the cells. */
  static lastStartMs: i64 = -1;
  static lastCell: usize = 0;
}

/** Sets the finest width. */
export function planWindows(finestMs: i64): void {
  Windows.finestMs = finestMs;
  resetWindows();
}

/** Forgets all windows. */
export function resetWindows(): void {
  for (let index: usize = 0; index < Windows.count; index += 1) clearHistogram(cellAt(index * CELL_BYTES) + CELL_DURATIONS);
  Windows.count = 0;
  setStep(0);
  memory.fill(table, 0, SLOTS * SLOT_BYTES);
}

/** Counts the entry at hand in the window of its time. */
export function addToWindow(instantMs: i64): void {
  const within = instantMs - Windows.lastStartMs;
  if (Windows.lastStartMs < 0 || within < 0 || within >= Windows.widthMs) findWindow(instantMs);
  const cell = cellAt(Windows.lastCell);
  store<u32>(cell, load<u32>(cell, CELL_LINES) + 1, CELL_LINES);
  store<u32>(cell, load<u32>(cell, CELL_REQUESTS) + Occurrence.requests, CELL_REQUESTS);
  store<u32>(cell, load<u32>(cell, CELL_ERRORS) + Occurrence.errors, CELL_ERRORS);
  if (Occurrence.durationUs != NO_DURATION) addValue(cell + CELL_DURATIONS, <u64>Occurrence.durationUs);
}

/** Adds the durations of all windows to a histogram. */
export function mergeDurations(histogram: usize): void {
  for (let index: usize = 0; index < Windows.count; index += 1) mergeHistogram(histogram, cellAt(index * CELL_BYTES) + CELL_DURATIONS);
}

// @ts-ignore: decorator
@inline
function cellAt(offset: usize): usize {
  return <usize>load<u32>(cells) + offset;
}

function findWindow(instantMs: i64): void {
  cellOf(instantMs / Windows.widthMs);
  while (Windows.count > MAX_WINDOWS) widen();
  const index = instantMs / Windows.widthMs; // of the width after widening
  Windows.lastCell = cellOf(index);
  Windows.lastStartMs = index * Windows.widthMs;
}

/** Offset of the cell of a window, which is made where it is missing. */
function cellOf(index: i64): usize {
  const slot = slotOf(index);
  if (load<i64>(slot) != 0) return load<u32>(slot, 8);
  const offset = Windows.count * CELL_BYTES;
  grow(cells, offset + CELL_BYTES);
  const cell = cellAt(offset);
  memory.fill(cell, 0, CELL_BYTES);
  store<i64>(cell, index, CELL_INDEX);
  store<i64>(slot, index + 1);
  store<u32>(slot, <u32>offset, 8);
  Windows.count += 1;
  return offset;
}

/** The slot of a window: its own, or the empty one in which it belongs. */
function slotOf(index: i64): usize {
  let place = <usize>((<u64>index * 0x9e3779b97f4a7c15) >> 51);
  let slot = table + place * SLOT_BYTES;
  while (load<i64>(slot) != 0 && load<i64>(slot) != index + 1) {
    place = (place + 1) & (SLOTS - 1);
    slot = table + place * SLOT_BYTES;
  }
  return slot;
}

/** Goes one step up the ladder: cells of one wider window are merged, in place, as each is no later than its target. */
function widen(): void {
  const fineMs = Windows.widthMs;
  setStep(Windows.step + 1);
  const ratio = Windows.widthMs / fineMs;
  const count = Windows.count;
  memory.fill(table, 0, SLOTS * SLOT_BYTES);
  Windows.count = 0;
  for (let number: usize = 0; number < count; number += 1) moveCell(cellAt(number * CELL_BYTES), ratio);
}

function moveCell(cell: usize, ratio: i64): void {
  const index = load<i64>(cell, CELL_INDEX) / ratio;
  const slot = slotOf(index);
  if (load<i64>(slot) == 0) {
    const offset = Windows.count * CELL_BYTES;
    const target = cellAt(offset);
    if (target != cell) {
      memory.copy(target, cell, CELL_BYTES);
      memory.fill(cell, 0, CELL_BYTES); // its pages have moved
    }
    store<i64>(target, index, CELL_INDEX);
    store<i64>(slot, index + 1);
    store<u32>(slot, <u32>offset, 8);
    Windows.count += 1;
    return;
  }
  const target = cellAt(load<u32>(slot, 8));
  store<u32>(target, load<u32>(target, CELL_LINES) + load<u32>(cell, CELL_LINES), CELL_LINES);
  store<u32>(target, load<u32>(target, CELL_REQUESTS) + load<u32>(cell, CELL_REQUESTS), CELL_REQUESTS);
  store<u32>(target, load<u32>(target, CELL_ERRORS) + load<u32>(cell, CELL_ERRORS), CELL_ERRORS);
  mergeHistogram(target + CELL_DURATIONS, cell + CELL_DURATIONS);
  clearHistogram(cell + CELL_DURATIONS);
}

function setStep(step: u32): void {
  Windows.step = step;
  Windows.widthMs = widthOfStep(Windows.finestMs, step);
  Windows.lastStartMs = -1;
}

/** Writes the windows as `Windows.encode` does. */
export function writeWindows(): void {
  writeVarint(Windows.step);
  writeVarint(Windows.count);
  for (let number: usize = 0; number < Windows.count; number += 1) {
    const offset = number * CELL_BYTES;
    store<u64>(order + 16 * number, load<u64>(cellAt(offset), CELL_INDEX));
    store<u64>(order + 16 * number + 8, offset);
  }
  sortPairs(order, Windows.count, spare);
  let previous: i64 = -1;
  for (let number: usize = 0; number < Windows.count; number += 1) {
    const cell = cellAt(<usize>load<u64>(order + 16 * number + 8));
    const index = load<i64>(cell, CELL_INDEX);
    writeVarint(index - previous - 1);
    writeVarint(load<u32>(cell, CELL_LINES));
    writeVarint(load<u32>(cell, CELL_REQUESTS));
    writeVarint(load<u32>(cell, CELL_ERRORS));
    writeHistogram(cell + CELL_DURATIONS);
    previous = index;
  }
}
