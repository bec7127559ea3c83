/**
 * Keys that are no texts of the line: the name of its level, the digits of its status. The twin of
 * `domain/summary/entry-key.ts`.
 */
import {
  DIMENSION_LEVEL,
  DIMENSION_STATUS,
  LEVEL_DEBUG,
  LEVEL_ERROR,
  LEVEL_FATAL,
  LEVEL_INFO,
  LEVEL_TRACE,
  LEVEL_WARN,
} from '../../layout';

/** Bytes of the longest of these keys, and of a word that holds any of them. */
export const NUMBER_KEY_BYTES: usize = 8;
const STATUS_DIGITS: usize = 3;
const ZEROS: u64 = 0x30_3030;

/** The name of a level as it lies in memory, zeros behind it. */
export function levelWord(level: i32): u64 {
  if (level == LEVEL_INFO) return 0x4f46_4e49;
  if (level == LEVEL_ERROR) return 0x52_4f52_5245;
  if (level == LEVEL_WARN) return 0x4e52_4157;
  if (level == LEVEL_DEBUG) return 0x47_5542_4544;
  return level == LEVEL_TRACE ? 0x45_4341_5254 : 0x4c_4154_4146; // FATAL
}

/** The digits of a status of 100 to 999 as they lie in memory. */
export function statusWord(status: i32): u64 {
  const tens = status / 10;
  return ZEROS + <u64>(tens / 10 + ((tens % 10) << 8) + ((status % 10) << 16));
}

/** Bytes of a word that are not the zeros behind it. */
// @ts-ignore: decorator
@inline
export function wordLength(word: u64): usize {
  return <usize>(71 - <u32>clz(word)) >> 3;
}

/** Tells whether `[at, at + length)` can be a key of the dimension, of which all but level and status take any text. */
// @ts-ignore: decorator
@inline
export function isDimensionKey(dimension: u32, at: usize, length: usize): bool {
  if (dimension == DIMENSION_LEVEL) return isLevelName(at, length);
  return dimension != DIMENSION_STATUS || isStatusText(at, length);
}

function isLevelName(at: usize, length: usize): bool {
  if (length == 0 || length > NUMBER_KEY_BYTES) return false;
  const word = load<u64>(at) & (<u64>-1 >> (64 - 8 * <u64>length));
  if (wordLength(word) != length) return false; // a NUL that ends a key is not one of the zeros behind a name
  for (let level = LEVEL_TRACE; level <= LEVEL_FATAL; level += 1) if (levelWord(level) == word) return true;
  return false;
}

function isStatusText(at: usize, length: usize): bool {
  if (length != STATUS_DIGITS) return false;
  return <u32>load<u8>(at) - 49 < 9 && <u32>load<u8>(at, 1) - 48 < 10 && <u32>load<u8>(at, 2) - 48 < 10;
}
