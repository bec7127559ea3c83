/**
 * Merges encoded summaries into one. What was merged is a stack of encodings, each less than half as long as the one below: to
 * merge each short one into a long one would cost as much as the long one is long. Only what was checked gets onto the stack,
 * so no merge fails.
 */
import { REGISTERS } from '../summary/distinct';
import { isSummary } from './check';
import { CheckedTotals } from './check-numbers';
import { Limits, MOST_HASHES, MOST_KEYS, MOST_SKETCH_WIDTH, MOST_WINDOWS } from './limits';
import { mergeHistogram } from './merge-histogram';
import { mergeKeys } from './merge-keys';
import { mergeMinutes } from './merge-minutes';
import { mergeCounters, mergeTally, mergeTotals } from './merge-numbers';
import { mergeWindows } from './merge-windows';
import { notedEnd, notedStart } from './noted-sketches';
import { MOST_TABLES, tableCount } from './parts';
import { addEncodedSketch, SKETCH_ROOM_BYTES, writeSketch } from './sketches';
import { cutOf, endOf, growSpare, growStack, lengthOf, push, replaceTop, setCut, Spare, Stack } from './stack';
import { copy, Left, Merged, Right, takeLeft, takeRight } from './streams';

/** An encoding on the stack is more than so many times as long as the one above it. */
const RATIO: usize = 2;
/** What a result may take beyond the encodings that it was made of: registers where there were hashes. */
const NEW_BYTES: usize = MOST_TABLES * (REGISTERS + 64);
/** The first bytes of an encoding, which say what it is. */
const MAGIC_BYTES: usize = 4;
/** Entries up to which all sums are exact, as in `domain/summary/summary.ts`. */
const MAX_ENTRIES: u64 = 1 << 52;

class All {
  /** Entries in all encodings. */
  static entries: u64 = 0;
}

/** Takes the plan of the summaries into force; tells whether there is room for the limits. */
export function planMerge(
  windowMs: f64,
  folding: u32,
  windowedKeys: u32,
  keys: u32,
  sketchWidth: u32,
  exactHashes: u32,
  windows: u32,
): bool {
  Limits.windowMs = <u64>windowMs;
  Limits.folding = folding;
  Limits.windowedKeys = windowedKeys;
  Limits.keys = keys;
  Limits.sketchWidth = sketchWidth;
  Limits.exactHashes = exactHashes;
  Limits.windows = windows;
  return (
    <usize>keys <= MOST_KEYS &&
    <usize>sketchWidth <= MOST_SKETCH_WIDTH &&
    <usize>exactHashes <= MOST_HASHES &&
    <usize>windows <= MOST_WINDOWS
  );
}

/** Address of the room for an encoding that is to be merged. */
export function summaryRoom(lengthBytes: usize): usize {
  growStack(endOf(0) + lengthBytes);
  return Stack.at + endOf(0);
}

/** Merges the encoding that was put into the room, all of it or nothing; tells whether it was right. */
export function mergeSummary(lengthBytes: usize): bool {
  const at = Stack.at + endOf(0);
  if (!isSummary(at, at + lengthBytes)) return false;
  const entries = All.entries + CheckedTotals.parsed;
  if (All.entries > 0 && entries > MAX_ENTRIES) return false;
  All.entries = entries;
  push(endOf(0) + withoutSketches(at, lengthBytes));
  while (Stack.depth > 1 && lengthOf(0) * RATIO >= lengthOf(1)) mergeTop();
  return true;
}

/** Adds the sketches of the encoding that was checked to those of the dimensions, and cuts them out; returns its length then. */
function withoutSketches(at: usize, lengthBytes: usize): usize {
  let from = at;
  let to = at;
  for (let table: u32 = 0; table < tableCount(); table += 1) {
    const start = notedStart(table);
    if (start != 0) {
      addEncodedSketch(table, start);
      memory.copy(to, from, start - from);
      to += start - from;
      from = notedEnd(table);
    }
    setCut(table, start == 0 ? 0 : to - at);
  }
  memory.copy(to, from, at + lengthBytes - from);
  return lengthBytes - (from - to);
}

/** Merges all that is on the stack; returns the number of bytes of the encoding, which `mergedAt` finds. */
export function mergeAll(): usize {
  while (Stack.depth > 1) mergeTop();
  growSpare(endOf(0) + <usize>tableCount() * SKETCH_ROOM_BYTES);
  Merged.end = Spare.at;
  let from = Stack.at;
  for (let table: u32 = 0; table < tableCount(); table += 1) {
    const cut = cutOf(table);
    if (cut == 0) continue;
    copyLong(from, Stack.at + cut);
    writeSketch(table);
    from = Stack.at + cut;
  }
  copyLong(from, Stack.at + endOf(0));
  return Merged.end - Spare.at;
}

export function mergedAt(): usize {
  return Spare.at;
}

function copyLong(from: usize, end: usize): void {
  memory.copy(Merged.end, from, end - from);
  Merged.end += end - from;
}

/** Merges the two uppermost encodings into one. */
function mergeTop(): void {
  const start = endOf(2);
  growSpare(endOf(0) - start + NEW_BYTES);
  Left.at = Stack.at + start;
  Right.at = Stack.at + endOf(1);
  Merged.end = Spare.at;
  mergeParts();
  replaceTop(start, Merged.end - Spare.at);
}

/** Merges part by part, in the order of the encoding. */
function mergeParts(): void {
  copy(Left.at, Left.at + MAGIC_BYTES);
  Left.at += MAGIC_BYTES;
  Right.at += MAGIC_BYTES;
  mergePlan();
  mergeTotals();
  mergeCounters(); // levels
  mergeCounters(); // statuses
  mergeHistogram();
  mergeTally();
  mergeWindows();
  mergeMinutes();
  for (let table: u32 = 0; table < tableCount(); table += 1) {
    const sketch = mergeKeys(table);
    setCut(table, sketch == 0 ? 0 : sketch - Spare.at);
  }
}

/** Width of windows, folding and keys per window are the same in both. */
function mergePlan(): void {
  const from = Left.at;
  for (let number: u32 = 0; number < 3; number += 1) {
    takeLeft();
    takeRight();
  }
  copy(from, Left.at);
}
