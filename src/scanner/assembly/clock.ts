/**
 * Turns what a stamp states into an instant: zone and year come from the plan where the stamp has none. The twin of
 * `parsers/match/stamp-clock.ts`.
 */
import { reserve } from './memory';
import { daysInMonth, Stamp, UNSTATED } from './stamp-fields';

/**
 * Writes the offsets of one wall-clock day of the plan's zone to `at`, three 64-bit floats: ms before a change, the wall
 * ms of that change, ms after it.
 */
// @ts-ignore: decorator
@external('zone', 'offsetsOn')
declare function offsetsOn(day: f64, at: usize): void;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/** Years back from the one after the reference that are tried: the 29th of February may be 8 years away. */
const YEARS_TRIED: i32 = 10;
/** Days whose offsets are kept, each at the place that its number has modulo this; a slot is 32 bytes. */
const DAYS_KEPT: usize = 2048;
const DAY_BYTES: usize = 32;
const NO_DAY: i64 = i64.MIN_VALUE;

const days: usize = noDays();

export class Reference {
  static ms: i64 = 0;
  static year: i32 = 1970;
  /** Counts the instants that were set: what was settled by one does not hold for the next. */
  static number: u32 = 0;
}

function noDays(): usize {
  const table = reserve(DAYS_KEPT * DAY_BYTES);
  for (let slot: usize = 0; slot < DAYS_KEPT; slot += 1) store<i64>(table + slot * DAY_BYTES, NO_DAY);
  return table;
}

/** The day at hand: its first wall ms, and its offsets. */
class Day {
  static startMs: i64 = i64.MAX_VALUE;
  static before: i64 = 0;
  static changesAt: i64 = i64.MAX_VALUE;
  static after: i64 = 0;
}

/** Sets the instant that settles stamps without year. */
export function setReference(referenceMs: i64): void {
  Reference.ms = referenceMs;
  Reference.year = yearOf(referenceMs);
  Reference.number += 1;
}

/** Epoch ms of the possible stamp at hand, which may lie outside 1970-2106. */
export function instantOfStamp(): i64 {
  if (Stamp.isEpoch) return Stamp.epochMs;
  return Stamp.year == UNSTATED ? instantWithoutYear() : instantIn(Stamp.year);
}

/** The latest year that puts the stamp at most one day after the reference instant. */
function instantWithoutYear(): i64 {
  for (let year = Reference.year + 1; year > Reference.year - YEARS_TRIED; year -= 1) {
    if (Stamp.day > daysInMonth(year, Stamp.month)) continue;
    const instant = instantIn(year);
    if (instant <= Reference.ms + DAY_MS) return instant;
  }
  return instantIn(Reference.year);
}

/**
 * The year of the stamp at hand, which has none, if it is the same for its whole minute and in every zone: if it is more than
 * a day away from where the year is decided. Else UNSTATED.
 */
export function settledYear(): i32 {
  const limit = Reference.ms + DAY_MS;
  for (let year = Reference.year + 1; year > Reference.year - YEARS_TRIED; year -= 1) {
    if (Stamp.day > daysInMonth(year, Stamp.month)) continue;
    const wallMs = wallMinuteMs(year);
    if (wallMs < limit - 2 * DAY_MS) return year;
    if (wallMs < limit + 2 * DAY_MS) return UNSTATED;
  }
  return UNSTATED;
}

function instantIn(year: i32): i64 {
  return instantOfWall(wallMinuteMs(year), Stamp.second, Stamp.millis, Stamp.offsetMinutes);
}

/** Wall ms of the minute of the stamp at hand, were it of that year. */
export function wallMinuteMs(year: i32): i64 {
  return (<i64>dayNumber(year, Stamp.month, Stamp.day) * 1440 + <i64>(Stamp.hour * 60 + Stamp.minute)) * MINUTE_MS;
}

/** Epoch ms of a wall-clock time. */
export function instantOfWall(minuteMs: i64, second: i32, millis: i32, offsetMinutes: i32): i64 {
  const wallMs = minuteMs + <i64>(second * 1000 + millis);
  return offsetMinutes == UNSTATED ? toUtc(wallMs) : wallMs - <i64>offsetMinutes * MINUTE_MS;
}

function toUtc(wallMs: i64): i64 {
  if (<u64>(wallMs - Day.startMs) >= <u64>DAY_MS) findDay(wallMs); // unsigned: also before the day, and where there is none
  return wallMs - (wallMs < Day.changesAt ? Day.before : Day.after);
}

function findDay(wallMs: i64): void {
  const day = floorDivide(wallMs, DAY_MS);
  const slot = days + (<usize>day & (DAYS_KEPT - 1)) * DAY_BYTES;
  if (load<i64>(slot) != day) {
    store<i64>(slot, day);
    offsetsOn(<f64>day, slot + 8);
  }
  Day.startMs = day * DAY_MS;
  Day.before = <i64>load<f64>(slot + 8);
  const changesAt = load<f64>(slot + 16);
  Day.changesAt = changesAt > 9e15 ? i64.MAX_VALUE : <i64>changesAt;
  Day.after = <i64>load<f64>(slot + 24);
}

function floorDivide(value: i64, by: i64): i64 {
  const quotient = value / by;
  return quotient * by > value ? quotient - 1 : quotient;
}

/**
 * Days from 1970-01-01 to a date of the Gregorian calendar.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function dayNumber(year: i32, month: i32, day: i32): i32 {
  const shifted = month <= 2 ? year - 1 : year;
  const era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The year of an instant, UTC. Source: as above, civil_from_days. */
function yearOf(instantMs: i64): i32 {
  const shifted = <i32>floorDivide(instantMs, DAY_MS) + 719_468;
  const era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097;
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const isAfterFebruary = (5 * dayOfYear + 2) / 153 < 10;
  return yearOfEra + era * 400 + (isAfterFebruary ? 0 : 1);
}
