/** What the kernel shows to whoever loads it. */
import {
  ENTRY_BYTES,
  ENTRY_BYTES_LONG,
  ENTRY_DURATION,
  ENTRY_FORMAT,
  ENTRY_INSTANT,
  ENTRY_LEVEL,
  ENTRY_SOURCE,
  ENTRY_STATUS,
  ENTRY_TEXTS,
  NONE,
  ROLES,
} from '../layout';
import { capturedAt, capturedEnd, capturedRole, Draft, NO_INSTANT } from './draft';
import { microsecondsOf, microsecondsOfText } from './duration-value';
import { Image } from './image';
import { reserve } from './memory';
import { buildCandidates } from './candidates';
import { parseLine, planParse } from './parse';
import { beginChunk, makeBuffer, Scan } from './scan';
import * as clock from './clock';
import { setSecret } from './summary/look-up-hash';
import { writeAccount } from './summary/account';
import { writeExamples } from './summary/examples';
import { writeSamples } from './summary/samples';
import { planSummary, writeSummary } from './summary/summary';
import { beginOutput, Output } from './summary/writer';
import { findTextDuration } from './text-duration';
import { buildWordTables } from './words';

export { restAt, roomAt, scanBlock, tailEnd } from './scan';

const entry: usize = reserve(ENTRY_BYTES_LONG);

/** Reserves room for an image, whose bytes the caller then copies there; returns its address. */
export function reserveImage(lengthBytes: i32): usize {
  Image.at = reserve(lengthBytes);
  return Image.at;
}

/** Takes the image and the plan into force. `referenceMs` settles stamps without year. */
export function start(referenceMs: f64, isForced: bool): void {
  buildWordTables();
  buildCandidates();
  clock.setReference(<i64>referenceMs);
  planParse(isForced);
}

/** Reserves a buffer of the caller. */
export function reserveBuffer(lengthBytes: i32): usize {
  return reserve(lengthBytes);
}

/** Parses one line and fills the record of it; returns what `parseLine` does. */
export function parse(at: usize, end: usize): i32 {
  const format = parseLine(at, end);
  store<i32>(entry + ENTRY_FORMAT, format);
  store<i32>(entry + ENTRY_LEVEL, Draft.level);
  store<i32>(entry + ENTRY_STATUS, Draft.status);
  store<i32>(entry + ENTRY_SOURCE, Draft.source);
  store<f64>(entry + ENTRY_INSTANT, Draft.instantMs == NO_INSTANT ? NaN : <f64>Draft.instantMs);
  store<f64>(entry + ENTRY_BYTES, <f64>Draft.bytes);
  store<f64>(entry + ENTRY_DURATION, <f64>Draft.durationUs);
  for (let role: usize = 0; role < <usize>ROLES; role += 1) store<i32>(entry + ENTRY_TEXTS + 8 * role + 4, NONE);
  for (let index: usize = 0; index < Draft.noted; index += 1) {
    const place = entry + ENTRY_TEXTS + 8 * <usize>capturedRole(index);
    store<u32>(place, <u32>capturedAt(index));
    store<u32>(place + 4, <u32>(capturedEnd(index) - capturedAt(index)));
  }
  return format;
}

/** Address of the record that `parse` fills; its layout is that of `layout.ts`. */
export function entryAt(): usize {
  return entry;
}

/** Takes the summary that is asked for into force, and makes the buffer of the scan. The secret is two random words. */
export function plan(
  windowMs: f64,
  foldsIds: bool,
  windowedKeys: u32,
  blockBytes: i32,
  secretLow: u32,
  secretHigh: u32,
): void {
  planSummary(<u64>windowMs, foldsIds, windowedKeys);
  makeBuffer(blockBytes);
  setSecret(secretLow, secretHigh);
}

/** Settles stamps without year from here on by another instant. */
export function setReference(referenceMs: f64): void {
  clock.setReference(<i64>referenceMs);
}

/** Begins a chunk; then blocks go to `roomAt`, and `scanBlock` scans them. */
export function begin(seed: u32, from: f64, limit: f64): void {
  beginChunk(seed, <u64>from, <u64>limit);
}

/** Offset of the line at hand in the file: where the chunk ends when it is done. */
export function offset(): f64 {
  return <f64>Scan.offset;
}

/** Writes account, samples and examples; returns the address behind them, `outputAt` being where they begin. */
export function writeLines(file: u32): usize {
  beginOutput();
  writeAccount();
  writeSamples(file);
  writeExamples(file);
  return Output.end;
}

/** Writes the summary; returns the address behind it, `outputAt` being where it begins. */
export function writeEntries(): usize {
  beginOutput();
  writeSummary();
  return Output.end;
}

/** Address of what was written last. */
export function outputAt(): usize {
  return Output.at;
}

/** Microseconds of a number of a unit, NONE for none; of a text that names its unit where `unit` is NONE. For tests. */
export function durationOf(at: usize, end: usize, unit: i32): f64 {
  return <f64>(unit == NONE ? microsecondsOfText(at, end) : microsecondsOf(at, end, unit));
}

/** Microseconds of the duration that a message tells of, NONE for none. For tests. */
export function durationIn(at: usize, end: usize): f64 {
  return <f64>findTextDuration(at, end);
}
