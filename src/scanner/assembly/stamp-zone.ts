/** Zones behind stamps: words such as `UTC`, and offsets. */
import { WORDS_ZONES } from '../../parsers/program/sections';
import { byteAt, isDigit, isWordByte, skipLetters } from './bytes';
import { NO_MATCH } from './draft';
import { areDigits, twoDigits } from './stamp-digits';
import { Stamp } from './stamp-fields';
import { find, NO_WORD } from './words';

/** Added to the minutes of zones in their table. */
const ZONE_BASE_MINUTES: i32 = 1440;
const LOWER_Z: u32 = 122;
/** Initials of the words of zones: a bit for each letter, whatever its case. */
const ZONE_INITIALS: u32 =
  (1 << 2) | (1 << 4) | (1 << 6) | (1 << 9) | (1 << 12) | (1 << 15) | (1 << 20) | (1 << 22) | (1 << 25);

// @ts-ignore: decorator
@inline
export function canBeginZone(byte: u32): bool {
  return byte == 43 || byte == 45 || isZoneInitial(byte);
}

// @ts-ignore: decorator
@inline
function isZoneInitial(byte: u32): bool {
  const letter = (byte | 32) - 97;
  return letter < 26 && ((ZONE_INITIALS >> letter) & 1) != 0;
}

/** Address behind a zone at `at`, if there is one; else `at`. */
export function readZone(at: usize, end: usize): usize {
  const hasBlank = byteAt(at, end) == 32;
  const start = hasBlank ? at + 1 : at;
  const sign = byteAt(start, end);
  if (sign == 43 || sign == 45) {
    const behind = readOffset(start, end, hasBlank ? 4 : 2);
    return behind == NO_MATCH ? at : behind;
  }
  if (!isZoneInitial(sign)) return at;
  if ((sign | 32) == LOWER_Z) {
    if (isWordByte(byteAt(start + 1, end))) return at; // no longer word of a zone begins so
    Stamp.offsetMinutes = 0;
    return start + 1;
  }
  const stop = skipLetters(start, end);
  if (stop > start + 4 || isWordByte(byteAt(stop, end))) return at;
  const minutes = find(WORDS_ZONES, start, stop);
  if (minutes == NO_WORD) return at;
  Stamp.offsetMinutes = minutes - ZONE_BASE_MINUTES;
  return stop;
}

/** `+hh:mm`, or `+hh` and `+hhmm` with an offset that a zone of this world has; NO_MATCH where it is none. */
function readOffset(at: usize, end: usize, minDigits: i32): usize {
  if (!areDigits(at + 1, end, 2)) return NO_MATCH;
  const hours = twoDigits(at + 1, end);
  const hasColon = byteAt(at + 3, end) == 58;
  const minuteAt = hasColon ? at + 4 : at + 3;
  const isStated = areDigits(minuteAt, end, 2);
  const minutes = isStated ? twoDigits(minuteAt, end) : 0;
  const stop = isStated ? minuteAt + 2 : at + 3;
  const count = isStated ? 4 : 2;
  const isLikely = hasColon ? hours <= 23 && minutes < 60 : hours <= 14 && minutes % 15 == 0;
  if (!isLikely || count < minDigits || isDigit(byteAt(stop, end))) return NO_MATCH;
  Stamp.offsetMinutes = (load<u8>(at) == 45 ? -1 : 1) * (hours * 60 + minutes);
  return stop;
}
