/** Reads the parts of stamps into `Stamp`. The twin of `parsers/match/stamp-parts.ts`. */
import {
  PART_DAY,
  PART_DAY2,
  PART_EPOCH,
  PART_FRACTION,
  PART_HOUR,
  PART_HOUR2,
  PART_MAYBE_FRACTION,
  PART_MAYBE_MERIDIEM,
  PART_MAYBE_ZONE,
  PART_MERIDIEM,
  PART_MINUTE2,
  PART_MONTH2,
  PART_MONTH_NAME,
  PART_SECOND2,
  PART_TEXT,
  PART_WEEKDAY,
  PART_YEAR2,
  PART_YEAR4,
  PART_ZONE,
} from '../../parsers/program/stamp-codes';
import { WORDS_MONTHS, WORDS_WEEKDAYS } from '../../parsers/program/sections';
import { byteAt, isDigit, isWordByte, skipDigits, skipLetters, startsWith } from './bytes';
import { NO_MATCH } from './draft';
import { pointed } from './image';
import { areDigits, digits, twoDigits } from './stamp-digits';
import { Stamp } from './stamp-fields';
import { canBeginZone, readZone } from './stamp-zone';
import { findAnyCase, NO_WORD } from './words';

/** Reads the part at `part` (code, operand); the address behind it, or NO_MATCH. */
export function readPart(part: usize, at: usize, end: usize): usize {
  switch (load<u32>(part)) {
    case PART_TEXT:
      return readText(pointed(part + 4), at, end);
    case PART_YEAR4:
      Stamp.year = twoDigits(at, end) * 100 + twoDigits(at + 2, end);
      return areDigits(at, end, 4) ? at + 4 : NO_MATCH;
    case PART_YEAR2: {
      const year = twoDigits(at, end);
      Stamp.year = year + (year < 69 ? 2000 : 1900); // as POSIX strptime does
      return behindTwo(at, end);
    }
    case PART_MONTH2:
      Stamp.month = twoDigits(at, end);
      return behindTwo(at, end);
    case PART_DAY2:
      Stamp.day = twoDigits(at, end);
      return behindTwo(at, end);
    case PART_HOUR2:
      Stamp.hour = twoDigits(at, end);
      return behindTwo(at, end);
    case PART_MINUTE2:
      Stamp.minute = twoDigits(at, end);
      return behindTwo(at, end);
    case PART_SECOND2:
      Stamp.second = twoDigits(at, end);
      return behindTwo(at, end);
    case PART_DAY:
      Stamp.day = looseNumber(at, end);
      return behindLoose(at, end);
    case PART_HOUR:
      Stamp.hour = looseNumber(at, end);
      return behindLoose(at, end);
    case PART_MONTH_NAME: {
      const month = at + 3 <= end ? findAnyCase(WORDS_MONTHS, at, at + 3) : NO_WORD;
      if (month == NO_WORD) return NO_MATCH;
      Stamp.month = month + 1;
      return at + 3;
    }
    case PART_WEEKDAY:
      return at + 3 <= end && findAnyCase(WORDS_WEEKDAYS, at, at + 3) != NO_WORD ? at + 3 : NO_MATCH;
    case PART_MAYBE_FRACTION:
      return readFraction(at, end);
    case PART_FRACTION:
      return obligatory(at, readFraction(at, end));
    case PART_MAYBE_ZONE:
      return readZone(at, end);
    case PART_ZONE:
      return obligatory(at, readZone(at, end));
    case PART_MAYBE_MERIDIEM:
      return readMeridiem(at, end);
    case PART_MERIDIEM:
      return obligatory(at, readMeridiem(at, end));
    case PART_EPOCH:
      return readEpoch(at, end);
    default:
      unreachable();
      return NO_MATCH;
  }
}

/**
 * SECOND2, MAYBE_FRACTION and MAYBE_ZONE in one: nearly all stamps end so. It replaces three turns of `readPart`, and sees at
 * once where there is no zone.
 */
export function readCommonTail(at: usize, end: usize): usize {
  if (!areDigits(at, end, 2)) return NO_MATCH;
  Stamp.second = twoDigits(at, end);
  const behind = readFraction(at + 2, end);
  const byte = byteAt(behind, end);
  return canBeginZone(byte == 32 ? byteAt(behind + 1, end) : byte) ? readZone(behind, end) : behind;
}

// @ts-ignore: decorator
@inline
function isFractionMark(byte: u32): bool {
  return byte == 46 || byte == 44 || byte == 58;
}

/** `alternatives`: count, then length and offset of each. */
function readText(alternatives: usize, at: usize, end: usize): usize {
  const count: usize = load<u32>(alternatives);
  for (let index: usize = 0; index < count; index += 1) {
    const entry = alternatives + 4 + 8 * index;
    const length: usize = load<u32>(entry);
    if (startsWith(at, end, pointed(entry + 4), length)) return at + length;
  }
  return NO_MATCH;
}

// @ts-ignore: decorator
@inline
function obligatory(at: usize, next: usize): usize {
  return next > at ? next : NO_MATCH;
}

// @ts-ignore: decorator
@inline
function behindTwo(at: usize, end: usize): usize {
  return areDigits(at, end, 2) ? at + 2 : NO_MATCH;
}

/** `24`, `4` or ` 4`. */
function looseNumber(at: usize, end: usize): i32 {
  const start = looseStart(at, end);
  const stop = looseEnd(start, end);
  return <i32>digits(start, stop - start);
}

function behindLoose(at: usize, end: usize): usize {
  const start = looseStart(at, end);
  const stop = looseEnd(start, end);
  return stop > start ? stop : NO_MATCH;
}

function looseStart(at: usize, end: usize): usize {
  return byteAt(at, end) == 32 ? at + 1 : at;
}

function looseEnd(start: usize, end: usize): usize {
  return min(skipDigits(start, end), start + 2);
}

function readFraction(at: usize, end: usize): usize {
  const mark = byteAt(at, end);
  if (!isFractionMark(mark)) return at;
  const three = load<u32>(at + 1) ^ 0x30303030; // nearly always there are three digits
  if ((((three + 0x060606) | three) & 0xf0f0f0) == 0 && at + 4 <= end && !isDigit(byteAt(at + 4, end))) {
    Stamp.millis = <i32>((three & 255) * 100 + ((three >> 8) & 255) * 10 + ((three >> 16) & 255));
    return at + 4;
  }
  const stop = skipDigits(at + 1, end);
  if (stop == at + 1) return at;
  const kept = min<usize>(3, stop - at - 1);
  const value = <i32>digits(at + 1, kept);
  Stamp.millis = kept == 3 ? value : kept == 2 ? value * 10 : value * 100; // cut, not rounded
  return stop;
}

function readMeridiem(at: usize, end: usize): usize {
  const start = byteAt(at, end) == 32 ? at + 1 : at;
  if (start + 2 > end) return at;
  const first: u32 = load<u8>(start) | 32;
  const isAfternoon = first == 112;
  if ((first != 97 && !isAfternoon) || (load<u8>(start + 1) | 32) != 109) return at;
  if (isWordByte(byteAt(start + 2, end))) return at;
  if (Stamp.hour < 1 || Stamp.hour > 12) return NO_MATCH;
  Stamp.hour = (Stamp.hour % 12) + (isAfternoon ? 12 : 0);
  return start + 2;
}

/** Unit by the number of digits; what is finer than a millisecond is cut. */
function readEpoch(at: usize, end: usize): usize {
  const stop = skipDigits(at, end);
  const count = stop - at;
  if (count != 10 && count != 13 && count != 16 && count != 19) return NO_MATCH;
  const hasFraction = count <= 13 && byteAt(stop, end) == 46;
  const behind = hasFraction ? readFraction(stop, end) : stop;
  Stamp.isEpoch = true;
  Stamp.epochMs = count == 10 ? digits(at, 10) * 1000 + <i64>Stamp.millis : digits(at, 13);
  return behind;
}
