/** Reads the parts of stamps: one small function each, see `stamp-shapes.ts` for what a part is. */
import type { ByteString } from '../../domain/byte-string.js';
import { MONTHS, type StampPart, WEEKDAYS, ZONE_WORDS } from '../stamp-shapes.js';
import { isDigit, isWordByte, skipDigits, skipLetters } from '../bytes.js';
import type { StampFields } from './stamp-fields.js';

/** Reads at `at` into the fields; returns the position behind, or NO_STAMP. */
export type PartReader = (line: ByteString, at: number, fields: StampFields) => number;

export const NO_STAMP = -1;

/** The reader of a part. */
export function partReader(part: StampPart): PartReader {
  if (typeof part === 'string') return READERS[part];
  if (Array.isArray(part)) return anyOf(part as readonly string[]);
  return anyOf([(part as { readonly literal: string }).literal]); // the last member of the union
}

function anyOf(literals: readonly string[]): PartReader {
  return (line, at) => {
    for (const literal of literals) if (line.startsWith(literal, at)) return at + literal.length;
    return NO_STAMP;
  };
}

/** The number that `count` digits at `at` make; NaN where one of them is no digit. */
function digits(line: ByteString, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const byte = line.charCodeAt(index);
    if (!isDigit(byte)) return Number.NaN;
    value = value * 10 + byte - 48;
  }
  return value;
}

type NumberField = 'month' | 'day' | 'hour' | 'minute' | 'second';

function twoDigits(field: NumberField): PartReader {
  return (line, at, fields) => {
    const value = digits(line, at, 2);
    fields[field] = value;
    return value >= 0 ? at + 2 : NO_STAMP;
  };
}

/** `24`, `4` or ` 4`. */
function looseNumber(field: NumberField): PartReader {
  return (line, at, fields) => {
    const start = line.charCodeAt(at) === 32 ? at + 1 : at;
    const end = Math.min(skipDigits(line, start), start + 2);
    fields[field] = digits(line, start, end - start);
    return end > start ? end : NO_STAMP;
  };
}

/** Three letters as one number, the same in either case. */
function letterCode(text: ByteString, at: number): number {
  return ((text.charCodeAt(at) | 32) << 16) | ((text.charCodeAt(at + 1) | 32) << 8) | (text.charCodeAt(at + 2) | 32);
}

function codesOf(names: readonly string[]): ReadonlyMap<number, number> {
  return new Map(names.map((name, index) => [letterCode(name, 0), index]));
}

const MONTH_CODES = codesOf(MONTHS);
const WEEKDAY_CODES = codesOf(WEEKDAYS);

function readFraction(line: ByteString, at: number, fields: StampFields): number {
  const mark = line.charCodeAt(at);
  if (mark !== 46 && mark !== 44 && mark !== 58) return at;
  const end = skipDigits(line, at + 1);
  if (end === at + 1) return at;
  const kept = Math.min(3, end - at - 1);
  fields.millis = digits(line, at + 1, kept) * 10 ** (3 - kept); // cut, not rounded: .9999 is not the next second
  return end;
}

const ZONE_INITIALS: ReadonlySet<number> = new Set(Object.keys(ZONE_WORDS).map((word) => word.charCodeAt(0)));

function readZone(line: ByteString, at: number, fields: StampFields): number {
  const hasBlank = line.charCodeAt(at) === 32;
  const start = hasBlank ? at + 1 : at;
  const sign = line.charCodeAt(start);
  if (sign === 43 || sign === 45) return readOffset(line, start, { fields, minDigits: hasBlank ? 4 : 2 }) ?? at;
  if (!ZONE_INITIALS.has(sign)) return at;
  const end = skipLetters(line, start);
  if (end > start + 4 || isWordByte(line.charCodeAt(end))) return at;
  const minutes = ZONE_WORDS[line.slice(start, end)];
  if (minutes === undefined) return at;
  fields.offsetMinutes = minutes;
  return end;
}

/** `+hh:mm`, or `+hh` and `+hhmm` with an offset that a zone of this world has; null where it is none. */
function readOffset(
  line: ByteString,
  at: number,
  { fields, minDigits }: { readonly fields: StampFields; readonly minDigits: number },
): number | null {
  const hours = digits(line, at + 1, 2);
  const hasColon = line.charCodeAt(at + 3) === 58;
  const minuteAt = hasColon ? at + 4 : at + 3;
  const stated = digits(line, minuteAt, 2);
  const minutes = stated >= 0 ? stated : 0;
  const end = stated >= 0 ? minuteAt + 2 : at + 3;
  const count = stated >= 0 ? 4 : 2;
  const isLikely = hasColon ? hours <= 23 && minutes < 60 : hours <= 14 && minutes % 15 === 0;
  if (!isLikely || count < minDigits || isDigit(line.charCodeAt(end))) return null;
  fields.offsetMinutes = (line.charCodeAt(at) === 45 ? -1 : 1) * (hours * 60 + minutes);
  return end;
}

function readMeridiem(line: ByteString, at: number, fields: StampFields): number {
  const start = line.charCodeAt(at) === 32 ? at + 1 : at;
  const text = line.slice(start, start + 2).toUpperCase();
  if ((text !== 'AM' && text !== 'PM') || isWordByte(line.charCodeAt(start + 2))) return at;
  if (fields.hour < 1 || fields.hour > 12) return NO_STAMP;
  fields.hour = (fields.hour % 12) + (text === 'PM' ? 12 : 0);
  return start + 2;
}

/** Unit by the number of digits; what is finer than a millisecond is cut. */
function readEpoch(line: ByteString, at: number, fields: StampFields): number {
  const end = skipDigits(line, at);
  const count = end - at;
  if (count !== 10 && count !== 13 && count !== 16 && count !== 19) return NO_STAMP;
  const hasFraction = count <= 13 && line.charCodeAt(end) === 46;
  const behind = hasFraction ? readFraction(line, end, fields) : end;
  fields.epochMs = count === 10 ? digits(line, at, 10) * 1000 + fields.millis : digits(line, at, 13);
  return behind;
}

function obligatory(reader: PartReader): PartReader {
  return (line, at, fields) => {
    const end = reader(line, at, fields);
    return end > at ? end : NO_STAMP;
  };
}

const READERS: Readonly<Record<Extract<StampPart, string>, PartReader>> = {
  year4: (line, at, fields) => {
    const year = digits(line, at, 4);
    fields.year = year;
    return year >= 0 ? at + 4 : NO_STAMP;
  },
  year2: (line, at, fields) => {
    const year = digits(line, at, 2);
    fields.year = year + (year < 69 ? 2000 : 1900); // as POSIX strptime does
    return year >= 0 ? at + 2 : NO_STAMP;
  },
  month2: twoDigits('month'),
  day2: twoDigits('day'),
  hour2: twoDigits('hour'),
  minute2: twoDigits('minute'),
  second2: twoDigits('second'),
  day: looseNumber('day'),
  hour: looseNumber('hour'),
  monthName: (line, at, fields) => {
    const index = MONTH_CODES.get(letterCode(line, at));
    if (index === undefined) return NO_STAMP;
    fields.month = index + 1;
    return at + 3;
  },
  weekday: (line, at) => (WEEKDAY_CODES.has(letterCode(line, at)) ? at + 3 : NO_STAMP),
  'fraction?': readFraction,
  fraction: obligatory(readFraction),
  'zone?': readZone,
  zone: obligatory(readZone),
  'meridiem?': readMeridiem,
  meridiem: obligatory(readMeridiem),
  epoch: readEpoch,
};
