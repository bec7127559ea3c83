/**
 * Codes of the parts of time stamps in a scanner program. A part is two words: its code, and for PART_TEXT the offset of
 * `count`, then for each alternative its length and the offset of its bytes. This file has no imports and no types: the
 * kernel, which is AssemblyScript, reads it as it is.
 */
export const PART_TEXT = 0;
export const PART_YEAR4 = 1;
export const PART_YEAR2 = 2;
export const PART_MONTH2 = 3;
export const PART_DAY2 = 4;
export const PART_HOUR2 = 5;
export const PART_MINUTE2 = 6;
export const PART_SECOND2 = 7;
export const PART_DAY = 8;
export const PART_HOUR = 9;
export const PART_MONTH_NAME = 10;
export const PART_WEEKDAY = 11;
export const PART_MAYBE_FRACTION = 12;
export const PART_FRACTION = 13;
export const PART_MAYBE_ZONE = 14;
export const PART_ZONE = 15;
export const PART_MAYBE_MERIDIEM = 16;
export const PART_MERIDIEM = 17;
export const PART_EPOCH = 18;

/**
 * A shape: number of parts up to the minutes, number of the others, two checks, whether the others are SECOND2,
 * MAYBE_FRACTION and MAYBE_ZONE, then the parts. A check is two words: an
 * offset from the start of the stamp, and four bytes, one of which must stand there. It is no more than the parts ask for.
 */
export const SHAPE_HEAD = 0;
export const SHAPE_TAIL = 4;
export const SHAPE_CHECKS = 8;
export const SHAPE_IS_COMMON = 24;
export const SHAPE_PARTS = 28;

/** Bytes before the table of a set of shapes, in which the kernel remembers the last stamp. */
export const STAMP_MEMORY_BYTES = 96;
