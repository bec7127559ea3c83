/** The canonical summary of the chunk at hand. The twin of `domain/summary/summary.ts` and `summary-codec.ts`. */
import { SECTION_SOURCE_NAMES } from '../../../parsers/program/sections';
import {
  DIMENSION_LEVEL,
  DIMENSION_STATUS,
  LEVEL_ERROR,
  NONE,
  ROLE_CLIENT_IP,
  ROLE_LOGGER,
  ROLE_METHOD,
  ROLE_PATH,
} from '../../layout';
import { capturedAt, capturedEnd, capturedRole, Draft } from '../draft';
import { linePriority } from '../hash';
import { section } from '../image';
import { reserve } from '../memory';
import { Folded, foldPath } from './fold-path';
import { addValue, bucketOf, clearHistogram, HISTOGRAM_BYTES, mergeHistogram, writeHistogram } from './histogram';
import { addMinute, resetMinutes, writeMinutes } from './minutes';
import { levelWord, statusWord } from './number-keys';
import { NO_DURATION, Occurrence } from './occurrence';
import { addTo, writeCounters, writeTally } from './tally';
import { addKey, clearDimension, makeDimension, writeDimension } from './top-keys';
import { addTotals, resetTotals, writeTotals } from './totals';
import {
  addWindowedKey,
  addWindowedWord,
  enterWindow,
  planWindowedKeys,
  resetWindowedKeys,
  WindowedKeys,
  writeWindowedKeys,
} from './windowed-keys';
import { addToWindow, mergeDurations, planWindows, resetWindows, writeWindows } from './windows';
import { writeByte, writeVarint } from './writer';

const LEVELS: usize = 6;
const STATUS_CODES: usize = 1000;
const FIRST_ERROR_STATUS: i32 = 500;
const MAX_SOURCES: usize = 4096;
/** Roles of texts that are keys of a dimension: a role is the bit of its number. */
const KEY_ROLES: u32 = (1 << ROLE_PATH) | (1 << ROLE_METHOD) | (1 << ROLE_CLIENT_IP) | (1 << ROLE_LOGGER);

const levels: usize = reserve(8 * LEVELS);
const statuses: usize = reserve(8 * STATUS_CODES);
const sources: usize = reserve(8 * MAX_SOURCES);
/** Durations of entries without a window: those of the others are counted there, and once is enough. */
const untimedDurations: usize = reserve(HISTOGRAM_BYTES);
/** Durations of all entries, while they are written. */
const durations: usize = reserve(HISTOGRAM_BYTES);
/** The dimensions in the order of their encoding, which is that of the roles from ROLE_PATH on. */
const paths: usize = makeDimension(true);
const methods: usize = makeDimension(false);
const clients: usize = makeDimension(true);
const loggers: usize = makeDimension(false);

class SummaryPlan {
  static windowMs: u64 = 60_000;
  static foldsIds: bool = true;
  /** A set of dimensions, the first being the lowest bit. */
  static windowedKeys: u32 = 0;
}

/** Sets the finest width of windows, whether ids in paths are folded, and of which dimensions keys are counted per window. */
export function planSummary(windowMs: u64, foldsIds: bool, windowedKeys: u32): void {
  SummaryPlan.windowMs = windowMs;
  SummaryPlan.foldsIds = foldsIds;
  SummaryPlan.windowedKeys = windowedKeys;
  planWindows(<i64>windowMs);
  planWindowedKeys(windowMs, windowedKeys);
}

export function resetSummary(): void {
  resetTotals();
  memory.fill(levels, 0, 8 * LEVELS);
  memory.fill(statuses, 0, 8 * STATUS_CODES);
  memory.fill(sources, 0, 8 * MAX_SOURCES);
  clearHistogram(untimedDurations);
  resetWindows();
  resetMinutes();
  clearDimension(paths);
  clearDimension(methods);
  clearDimension(clients);
  clearDimension(loggers);
  resetWindowedKeys();
}

/** Counts the entry in the draft, whose line is at `offset` of the file with that seed. */
export function addEntry(seed: u32, offset: u64): void {
  const roles = noteTexts();
  const hasMethod = (roles & (1 << ROLE_METHOD)) != 0;
  const durationUs = Draft.durationUs;
  Occurrence.requests = durationUs != NONE || Draft.status != 0 || hasMethod ? 1 : 0;
  Occurrence.errors = Draft.level >= LEVEL_ERROR || Draft.status >= FIRST_ERROR_STATUS ? 1 : 0;
  Occurrence.bytes = Draft.bytes == NONE ? 0 : <u64>Draft.bytes;
  Occurrence.durationUs = durationUs;
  if (Draft.level != NONE) addTo(levels, Draft.level, 1);
  if (Draft.status != 0) addTo(statuses, Draft.status, 1);
  const isTimed = addTotals(Draft.instantMs);
  if (durationUs != NO_DURATION) {
    Occurrence.bucket = bucketOf(durationUs);
    addTo(sources, Draft.source, 1);
    if (!isTimed) addValue(untimedDurations, durationUs);
  }
  if (isTimed) {
    addToWindow(Draft.instantMs);
    addMinute(Draft.instantMs);
  }
  const windowed = isTimed ? WindowedKeys.dimensions : 0;
  if ((roles | windowed) == 0) return;
  Occurrence.priority = linePriority(seed, offset);
  addKeys(roles);
  if (windowed != 0) addWindowedKeys(windowed & dimensionsOf(roles));
}

/** The dimensions of which the entry has a key, its texts being of these roles. */
function dimensionsOf(roles: u32): u32 {
  let dimensions = roles >> ROLE_PATH;
  if (Draft.level != NONE) dimensions |= 1 << DIMENSION_LEVEL;
  if (Draft.status != 0) dimensions |= 1 << DIMENSION_STATUS;
  return dimensions;
}

/** Places of the texts by role: of several of one role the last counts. */
const texts: usize = reserve(8 * 32);

/** Notes where the texts are that are keys; returns the bits of their roles, which are some of KEY_ROLES. */
function noteTexts(): u32 {
  let roles: u32 = 0;
  for (let index: usize = 0; index < Draft.noted; index += 1) {
    const role = capturedRole(index);
    const bit: u32 = 1 << role;
    if ((bit & KEY_ROLES) == 0) continue;
    roles |= bit;
    store<u32>(texts + 8 * <usize>role, <u32>capturedAt(index));
    store<u32>(texts + 8 * <usize>role, <u32>capturedEnd(index), 4);
  }
  return roles;
}

function addKeys(roles: u32): void {
  if ((roles & (1 << ROLE_PATH)) != 0) addPath(textAt(ROLE_PATH), textEnd(ROLE_PATH));
  if ((roles & (1 << ROLE_METHOD)) != 0) addKey(methods, textAt(ROLE_METHOD), textEnd(ROLE_METHOD));
  if ((roles & (1 << ROLE_CLIENT_IP)) != 0) addKey(clients, textAt(ROLE_CLIENT_IP), textEnd(ROLE_CLIENT_IP));
  if ((roles & (1 << ROLE_LOGGER)) != 0) addKey(loggers, textAt(ROLE_LOGGER), textEnd(ROLE_LOGGER));
}

function addPath(at: usize, end: usize): void {
  if (!SummaryPlan.foldsIds) {
    addKey(paths, at, end);
    return;
  }
  foldPath(at, end);
  addKey(paths, Folded.at, Folded.end);
}

/** Counts keys of these dimensions in the window of the entry, after its texts were counted as such. */
function addWindowedKeys(dimensions: u32): void {
  enterWindow(Draft.instantMs);
  for (let left = dimensions; left != 0; left &= left - 1) {
    const dimension = ctz(left);
    const role = <usize>(dimension + ROLE_PATH);
    if (dimension == DIMENSION_LEVEL) addWindowedWord(dimension, levelWord(Draft.level));
    else if (dimension == DIMENSION_STATUS) addWindowedWord(dimension, statusWord(Draft.status));
    else if (role == ROLE_PATH && SummaryPlan.foldsIds) addWindowedKey(dimension, Folded.at, Folded.end);
    else addWindowedKey(dimension, textAt(role), textEnd(role));
  }
}

// @ts-ignore: decorator
@inline
function textAt(role: usize): usize {
  return load<u32>(texts + 8 * role);
}

// @ts-ignore: decorator
@inline
function textEnd(role: usize): usize {
  return load<u32>(texts + 8 * role, 4);
}

/** Writes the histogram of all durations. */
function writeDurations(): void {
  mergeHistogram(durations, untimedDurations);
  mergeDurations(durations);
  writeHistogram(durations);
  clearHistogram(durations);
}

/** Writes the summary as `encodeSummary` does. */
export function writeSummary(): void {
  writeByte(0x4d);
  writeByte(0x52);
  writeByte(0x53);
  writeByte(2);
  writeVarint(SummaryPlan.windowMs);
  writeByte(SummaryPlan.foldsIds ? 1 : 0);
  writeByte(SummaryPlan.windowedKeys);
  writeTotals();
  writeCounters(levels, LEVELS);
  writeCounters(statuses, STATUS_CODES);
  writeDurations();
  writeTally(sources, section(SECTION_SOURCE_NAMES));
  writeWindows();
  writeMinutes();
  writeDimension(paths);
  writeDimension(methods);
  writeDimension(clients);
  writeDimension(loggers);
  writeWindowedKeys();
}
