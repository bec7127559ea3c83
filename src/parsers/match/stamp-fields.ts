/** What a stamp states, before zone and year of the plan make it an instant. */

/** As it was read; filled anew for every stamp. */
export interface StampFields {
  /** Null where the shape has no year. */
  year: number | null;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millis: number;
  /** Minutes east of UTC; null where the stamp has no zone. */
  offsetMinutes: number | null;
  /** Epoch ms, where the stamp is one number; null for a calendar date. */
  epochMs: number | null;
}

/** Fields that state nothing yet. */
export function noFields(): StampFields {
  return {
    year: null,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    millis: 0,
    offsetMinutes: null,
    epochMs: null,
  };
}

/** Makes them state nothing again. */
export function clear(fields: StampFields): void {
  fields.year = null;
  fields.month = 1;
  fields.day = 1;
  fields.hour = 0;
  fields.minute = 0;
  fields.second = 0;
  fields.millis = 0;
  fields.offsetMinutes = null;
  fields.epochMs = null;
}

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Second 60 is a leap second, and 24:00:00 the end of the day: both are the instant that follows. */
export function isPossible({ year, month, day, hour, minute, second }: StampFields): boolean {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false;
  if (hour === 24) return minute === 0 && second === 0;
  return hour < 24 && minute < 60 && second <= 60;
}

/** Days of a month; without a year February has 29. */
export function daysInMonth(year: number | null, month: number): number {
  if (month !== 2 || year === null) return DAYS_IN_MONTH[month - 1] ?? 0;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
