/** What a stamp states, before zone and year of the plan make it an instant. The twin of `parsers/match/stamp-fields.ts`. */

/** Stands for a year or an offset that the stamp does not state. */
export const UNSTATED: i32 = i32.MIN_VALUE;
/** A leap second. */
export const MAX_SECOND: i32 = 60;

export class Stamp {
  static year: i32 = UNSTATED;
  static month: i32 = 1;
  static day: i32 = 1;
  static hour: i32 = 0;
  static minute: i32 = 0;
  static second: i32 = 0;
  static millis: i32 = 0;
  /** Minutes east of UTC. */
  static offsetMinutes: i32 = UNSTATED;
  /** True where the stamp is one number: then `epochMs` holds. */
  static isEpoch: bool = false;
  static epochMs: i64 = 0;
}

/** Makes the fields state nothing again. */
export function clearStamp(): void {
  Stamp.year = UNSTATED;
  Stamp.month = 1;
  Stamp.day = 1;
  Stamp.hour = 0;
  Stamp.minute = 0;
  clearSeconds();
}

/** The same for what stands behind the minutes. */
export function clearSeconds(): void {
  Stamp.second = 0;
  Stamp.millis = 0;
  Stamp.offsetMinutes = UNSTATED;
  Stamp.isEpoch = false;
}

/** Second 60 is a leap second, and 24:00:00 the end of the day: both are the instant that follows. */
export function isPossible(): bool {
  if (Stamp.month < 1 || Stamp.month > 12 || Stamp.day < 1) return false;
  if (Stamp.day > daysInMonth(Stamp.year, Stamp.month)) return false;
  if (Stamp.hour == 24) return Stamp.minute == 0 && Stamp.second == 0;
  return Stamp.hour < 24 && Stamp.minute < 60 && Stamp.second <= MAX_SECOND;
}

/** Days of a month `[1, 12]`; without a year February has 29. */
export function daysInMonth(year: i32, month: i32): i32 {
  if (month == 2) {
    if (year == UNSTATED) return 29;
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}
