/** Reads the wall-clock times of one zone. Made by `createZone`; keeps a bounded cache and nothing else. */
export interface Zone {
  readonly name: string;
  /**
   * UTC epoch ms of the local wall-clock time `wallMs` (ms since 1970-01-01T00:00 as if UTC). A wall time that occurs
   * twice is its first occurrence; one that a clock change skips is read with the offset in force before the change.
   * Depends on the zone and `wallMs` alone. Right for 1900-2200; outside, with the offset at the nearer end.
   */
  toUtc(wallMs: number): number;
  /** The offsets that `toUtc` goes by on a wall-clock day, counted from 1970-01-01. */
  offsetsOn(day: number): DayOffsets;
}

/** Local time is UTC plus this many ms. */
type OffsetMs = number;

/** The offsets of one wall-clock day: `before` for wall times below `changesAt`, `after` from there on. */
export interface DayOffsets {
  readonly before: OffsetMs;
  readonly changesAt: number;
  readonly after: OffsetMs;
}

const NO_OFFSETS: DayOffsets = { before: 0, changesAt: Number.POSITIVE_INFINITY, after: 0 };
const DAY_MS = 86_400_000;
/** More than any offset from UTC, Manila's and Apia's before they changed sides included. */
const PROBE_MS = 16 * 3_600_000;
/** 27 years: a cache beyond is cleared, not grown. */
const MAX_CACHED_DAYS = 10_000;
const EARLIEST_AT = Date.UTC(1900, 0, 1);
const LATEST_AT = Date.UTC(2200, 0, 1);

const UTC_NAMES: readonly string[] = ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'];
/** Newer versions of Intl also take bare offsets such as `+02:00`. */
const STARTS_LIKE_ZONE = /^[A-Za-z]/;
/** What `longOffset` prints: `GMT`, `GMT+05:30`, and with seconds where local mean time had them, `GMT-00:44:30`. */
const LONG_OFFSET = /GMT(?:([+\-\u2212])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Tells whether `name` is an IANA zone that this host knows, such as `Europe/Berlin` or `UTC`; case as Intl takes it. */
export function isTimezone(name: string): boolean {
  if (UTC_NAMES.includes(name)) return true;
  if (!STARTS_LIKE_ZONE.test(name)) return false;
  try {
    offsetFormat(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false; // the only way that Intl tells
    throw error;
  }
}

/**
 * Makes the reader of a zone that `isTimezone` accepts. Intl, whose first use costs 10 ms, is touched by the first wall
 * time only, and not at all for UTC. @throws RangeError by the first `toUtc` of any other name
 */
export function createZone(name: string): Zone {
  return UTC_NAMES.includes(name)
    ? { name, toUtc: (wallMs) => wallMs, offsetsOn: () => NO_OFFSETS }
    : new IntlZone(name);
}

class IntlZone implements Zone {
  readonly name: string;
  readonly #days = new Map<number, DayOffsets>();
  #format: Intl.DateTimeFormat | null = null;
  #lastDay = Number.NaN;
  #last: DayOffsets = { before: 0, changesAt: 0, after: 0 };

  constructor(name: string) {
    this.name = name;
  }

  toUtc(wallMs: number): number {
    const day = Math.floor(wallMs / DAY_MS);
    if (day !== this.#lastDay) {
      this.#last = this.offsetsOn(day);
      this.#lastDay = day;
    }
    const { before, changesAt, after } = this.#last;
    return wallMs - (wallMs < changesAt ? before : after);
  }

  offsetsOn(day: number): DayOffsets {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    if (this.#days.size >= MAX_CACHED_DAYS) this.#days.clear();
    const found = this.#findOffsets(day * DAY_MS);
    this.#days.set(day, found);
    return found;
  }

  /** Relies on changes of one zone being days apart: the closest since 1970 are a week, Boa Vista in October 2000. */
  #findOffsets(startMs: number): DayOffsets {
    const before = this.#offsetAtWall(startMs);
    const after = this.#offsetAtWall(startMs + DAY_MS - 1);
    if (before === after) return { before, changesAt: Number.POSITIVE_INFINITY, after };
    let low = startMs;
    let changesAt = startMs + DAY_MS - 1;
    while (changesAt - low > 1) {
      const middle = Math.floor((low + changesAt) / 2);
      if (this.#offsetAtWall(middle) === before) low = middle;
      else changesAt = middle;
    }
    return { before, changesAt, after };
  }

  /** Tries the offset from before any near change first: it gives the earlier of two instants, and rules in a gap. */
  #offsetAtWall(wallMs: number): OffsetMs {
    const earlier = this.#offsetAt(wallMs - PROBE_MS);
    const later = this.#offsetAt(wallMs + PROBE_MS);
    if (earlier === later || this.#offsetAt(wallMs - earlier) === earlier) return earlier;
    return this.#offsetAt(wallMs - later) === later ? later : earlier;
  }

  #offsetAt(instantAt: number): OffsetMs {
    this.#format ??= offsetFormat(this.name);
    const withinRange = instantAt > EARLIEST_AT ? Math.min(instantAt, LATEST_AT) : EARLIEST_AT;
    const [, sign, hours = 0, minutes = 0, seconds = 0] = LONG_OFFSET.exec(this.#format.format(withinRange)) ?? [];
    const sizeMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === undefined || sign === '+' ? sizeMs : -sizeMs;
  }
}

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
}
