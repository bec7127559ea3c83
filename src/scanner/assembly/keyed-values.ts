/**
 * Collects the values of a line of keys: each goes to its role, the key of least rank wins. The twin of
 * `parsers/match/keyed-values.ts`.
 */
import {
  KEY_BYTES,
  KEY_DURATION,
  KEY_LEVEL,
  KEY_MESSAGE,
  KEY_NANOS,
  KEY_REQUEST,
  KEY_STATUS,
  KEY_TARGET,
  KEY_TEXT,
  KEY_TIME,
  NO_UNIT,
  TIME_OF_CLEF,
  TIME_OF_ZAP,
} from '../../parsers/program/key-codes';
import { LEVEL_INFO, NONE } from '../layout';
import { Draft, NO_INSTANT, setDuration } from './draft';
import { microsecondsOf, microsecondsOfText } from './duration-value';
import { addField, addText, captureTexts, clearTexts, hasText, MESSAGE, REQUEST, TARGET } from './keyed-texts';
import { clearScratch, Scratch } from './scratch';
import { instantOf } from './value-stamp';
import { unescape } from './unescape';
import { levelOfValue } from './value-level';
import { integerOf, statusOf } from './value-numbers';

/** Rank of a value that no key has stated yet. */
const UNRANKED: u32 = u32.MAX_VALUE;
const NO_KEY: u32 = u32.MAX_VALUE;
/** Places of units in the order of their sizes. */
const UNIT_MS: u32 = 2;
const UNIT_S: u32 = 3;

class Values {
  static instantMs: i64 = NO_INSTANT;
  static timeRank: u32 = UNRANKED;
  /** Index of the key of the time; what is special about it; whether the value is a number. */
  static timeKey: u32 = NO_KEY;
  static timeDetail: u32 = 0;
  static isTimeNumber: bool = false;
  /** Index of the key whose seconds these milliseconds belong to. */
  static nanosKey: u32 = NO_KEY;
  static nanosMillis: i64 = 0;
  static level: i32 = NONE;
  static levelRank: u32 = UNRANKED;
  /** 0 for none. */
  static status: i32 = 0;
  static statusRank: u32 = UNRANKED;
  static bytes: i64 = NONE;
  static bytesRank: u32 = UNRANKED;
  static durationUs: i64 = NONE;
  static durationRank: u32 = UNRANKED;
  static durationSource: i32 = 0;
  /** A duration without unit, which only the whole line settles. */
  static bareAt: usize = 0;
  static bareEnd: usize = 0;
  static bareRank: u32 = UNRANKED;
  static bareSource: i32 = 0;
}

/** Forgets all values and the texts in the scratch. */
export function resetValues(): void {
  clearScratch();
  Values.instantMs = NO_INSTANT;
  Values.timeRank = UNRANKED;
  Values.timeKey = NO_KEY;
  Values.timeDetail = 0;
  Values.nanosKey = NO_KEY;
  Values.level = NONE;
  Values.levelRank = UNRANKED;
  Values.status = 0;
  Values.statusRank = UNRANKED;
  Values.bytes = NONE;
  Values.bytesRank = UNRANKED;
  Values.durationUs = NONE;
  Values.durationRank = UNRANKED;
  Values.bareRank = UNRANKED;
  clearTexts();
}

/** The same as `addValue` for a text whose escapes are not undone yet. */
export function addEscapedValue(record: usize, at: usize, end: usize): void {
  const start = Scratch.top;
  Scratch.top = unescape(at, end, start);
  addValue(record, start, Scratch.top, false);
}

/** Takes the value of a key with that record, if it is one that the role can have. */
export function addValue(record: usize, at: usize, end: usize, isNumber: bool): void {
  if (at == end) return;
  const rank: u32 = load<u32>(record + 4);
  switch (load<u32>(record)) {
    case KEY_TIME:
      return addTime(record, at, end, isNumber);
    case KEY_NANOS:
      return addNanos(load<u32>(record + 8), integerOf(at, end));
    case KEY_LEVEL:
      return addLevel(rank, levelOfValue(at, end, load<u32>(record + 8) != 0));
    case KEY_MESSAGE:
      return addText(MESSAGE, rank, at, end);
    case KEY_STATUS:
      return addStatus(rank, statusOf(at, end));
    case KEY_BYTES:
      return addBytes(rank, integerOf(at, end));
    case KEY_TARGET:
      if (!isNumber) addText(TARGET, rank, at, end);
      return;
    case KEY_REQUEST:
      return addText(REQUEST, rank, at, end);
    case KEY_DURATION:
      return addDuration(record, at, end, isNumber);
    case KEY_TEXT:
      return addField(load<u32>(record + 8), rank, at, end);
    default:
      unreachable();
  }
}

/** Writes all of it into the draft; false where no key told what the line is about. */
export function finishValues(): bool {
  settleDuration();
  const hasNumber = Values.instantMs != NO_INSTANT || Values.status != 0 || Values.durationUs >= 0;
  if (!hasNumber && !hasText(MESSAGE) && Values.level == NONE) return false;
  const hasNanos = Values.instantMs != NO_INSTANT && Values.nanosKey == Values.timeKey;
  Draft.instantMs = hasNanos ? Values.instantMs + Values.nanosMillis : Values.instantMs;
  const isClef = Values.timeDetail == TIME_OF_CLEF; // no level means Information
  Draft.level = Values.level == NONE && isClef ? LEVEL_INFO : Values.level;
  Draft.status = Values.status;
  Draft.bytes = Values.bytes;
  if (Values.durationUs >= 0) setDuration(Values.durationUs, Values.durationSource);
  captureTexts();
  return true;
}

function addTime(record: usize, at: usize, end: usize, isNumber: bool): void {
  const rank: u32 = load<u32>(record + 4);
  const instantMs = instantOf(at, end); // for any rank: it notes impossible stamps
  if (instantMs == NO_INSTANT || rank > Values.timeRank) return;
  Values.instantMs = instantMs;
  Values.timeRank = rank;
  Values.timeKey = load<u32>(record + 16);
  Values.timeDetail = load<u32>(record + 8);
  Values.isTimeNumber = isNumber;
}

function addNanos(secondsKey: u32, nanos: i64): void {
  if (nanos < 0) return;
  Values.nanosKey = secondsKey;
  Values.nanosMillis = min(999, nanos / 1_000_000);
}

function addLevel(rank: u32, level: i32): void {
  if (level == NONE || rank > Values.levelRank) return;
  Values.level = level;
  Values.levelRank = rank;
}

function addStatus(rank: u32, status: i32): void {
  if (status == 0 || rank > Values.statusRank) return;
  Values.status = status;
  Values.statusRank = rank;
}

function addBytes(rank: u32, bytes: i64): void {
  if (bytes < 0 || rank > Values.bytesRank) return;
  Values.bytes = bytes;
  Values.bytesRank = rank;
}

function addDuration(record: usize, at: usize, end: usize, isNumber: bool): void {
  const rank: u32 = load<u32>(record + 4);
  const unit: u32 = load<u32>(record + 8);
  const source = load<i32>(record + 12);
  let durationUs: i64 = isNumber ? NONE : microsecondsOfText(at, end); // no number has a unit
  if (durationUs < 0 && unit != NO_UNIT) durationUs = microsecondsOf(at, end, unit);
  if (durationUs >= 0) {
    if (rank > Values.durationRank) return;
    Values.durationUs = durationUs;
    Values.durationRank = rank;
    Values.durationSource = source;
  } else if (unit == NO_UNIT && rank <= Values.bareRank && microsecondsOf(at, end, UNIT_MS) >= 0) {
    Values.bareAt = at;
    Values.bareEnd = end;
    Values.bareRank = rank;
    Values.bareSource = source;
  }
}

/** A bare number is seconds where zap wrote the line (its `ts` is a number), as zap documents; else milliseconds. */
function settleDuration(): void {
  if (Values.bareRank == UNRANKED) return;
  if (Values.durationUs >= 0 && Values.durationRank <= Values.bareRank) return;
  const isZap = Values.timeDetail == TIME_OF_ZAP && Values.isTimeNumber;
  const durationUs = microsecondsOf(Values.bareAt, Values.bareEnd, isZap ? UNIT_S : UNIT_MS);
  if (durationUs < 0) return;
  Values.durationUs = durationUs;
  Values.durationSource = Values.bareSource;
}
