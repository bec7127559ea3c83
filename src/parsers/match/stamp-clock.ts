/** Turns what a stamp states into an instant: zone and year come from the plan where the stamp has none. */
import { MAX_TIMESTAMP_MS } from '../../domain/log-entry.js';
import type { FilePlan } from '../../domain/plan.js';
import { createZone, type Zone } from '../timezone.js';
import { daysInMonth, type StampFields } from './stamp-fields.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Years back from the one after the reference that are tried: the 29th of February may be 8 years away. */
const YEARS_TRIED = 10;

export class StampClock {
  private readonly zone: Zone;
  private readonly referenceAt: number;
  private readonly referenceYear: number;

  constructor({ timezone, referenceAt }: Pick<FilePlan, 'timezone' | 'referenceAt'>) {
    this.zone = createZone(timezone);
    this.referenceAt = referenceAt;
    this.referenceYear = new Date(referenceAt).getUTCFullYear();
  }

  /** Epoch ms of a possible stamp, which may lie outside 1970-2106. */
  instantOf(fields: StampFields): number {
    if (fields.epochMs !== null) return fields.epochMs;
    return fields.year === null ? this.instantWithoutYear(fields) : this.instantIn(fields.year, fields);
  }

  /**
   * The latest year that puts the stamp at most one day after the reference instant: for a log that is younger than a
   * year this is the year in which it was written, and it looks at no other line.
   */
  private instantWithoutYear(fields: StampFields): number {
    for (let year = this.referenceYear + 1; year > this.referenceYear - YEARS_TRIED; year -= 1) {
      if (fields.day > daysInMonth(year, fields.month)) continue;
      const instant = this.instantIn(year, fields);
      if (instant <= this.referenceAt + DAY_MS) return instant;
    }
    return this.instantIn(this.referenceYear, fields);
  }

  private instantIn(year: number, fields: StampFields): number {
    const { month, day, hour, minute, second, millis, offsetMinutes } = fields;
    const wallMs = (dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + millis;
    return offsetMinutes === null ? this.zone.toUtc(wallMs) : wallMs - offsetMinutes * MINUTE_MS;
  }
}

/** Tells whether an instant is one that a summary can hold. */
export function isInRange(instantMs: number): boolean {
  return instantMs >= 0 && instantMs <= MAX_TIMESTAMP_MS;
}

/**
 * Days from 1970-01-01 to a date of the Gregorian calendar, by integer arithmetic.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
