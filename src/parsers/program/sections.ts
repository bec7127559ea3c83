/**
 * Sections of the image of a scanner program. The image begins with one 32-bit offset for each section; all offsets are
 * bytes from its start. This file has no imports and no types: the kernel, which is AssemblyScript, reads it as it is.
 */

/**
 * `count`, then for each layout: index of its format, offset of its code, its required texts, a bit for each, and 1 where it
 * is digit-blind (`digit-blind.ts`).
 */
export const SECTION_LAYOUTS = 0;
/** For each first byte, and as the 257th for the end of the line: offset of `count, layout…`. */
export const SECTION_FIRST_BYTES = 1;
/** `count`, then for each text that layouts require: offset, length, mark. */
export const SECTION_REQUIRED = 2;
/** Offset of the set of shapes that a time stamp may have as the value of a key. */
export const SECTION_VALUE_STAMPS = 3;
/** The first of the tables of words: each is `count`, then for each word: value, length, offset of its bytes. */
export const SECTION_WORDS = 4;

/** Tables of words. Words of levels, with the level. */
export const WORDS_LEVELS = 0;
/** Words that name a level even in running text; value 0. */
export const WORDS_PLAIN_LEVELS = 1;
/** Words for a level that need a mark behind them; value 0. */
export const WORDS_LEVEL_NOUNS = 2;
/** Words that may stand between stamp and level; value 0. */
export const WORDS_INTRODUCTIONS = 3;
/** Words of zones, with minutes east of UTC, plus 1440. */
export const WORDS_ZONES = 4;
/** Names of months, 0 to 11. */
export const WORDS_MONTHS = 5;
/** Names of days, 0 to 6. */
export const WORDS_WEEKDAYS = 6;
/** Words of units, with the place of the unit in the list of sizes. */
export const WORDS_UNITS = 7;
/** Words that tell of finished work and of what is none, with the bits of their roles. */
export const WORDS_DURATIONS = 8;
/** Keys of JSON lines and pairs, with the place of their record in SECTION_KEYS. */
export const WORDS_KEYS = 9;
/** Names of objects that have known keys, as `req` and `http.response`; value 0. */
export const WORDS_KEY_STEMS = 10;
export const WORD_TABLES = 11;

/** `count`, then for each key six words: role, rank, and what else the role needs (see `encode-keys.ts`). */
export const SECTION_KEYS = 15;
/** `count`, then for each name in byte order: its number, length, offset. Names of formats, and of sources of durations. */
export const SECTION_FORMAT_NAMES = 16;
export const SECTION_SOURCE_NAMES = 17;
/**
 * Marks: up to eight bytes, each of which tells of a required text, as two tables of 16 bytes. The bits of a byte's mark are
 * those that both its lower half in the first table and its upper half in the second have.
 */
export const SECTION_MARKS = 18;
/** The mark of an escape, with which a colour begins; the others are of required texts. */
export const MARK_ESCAPE = 128;
export const SECTIONS = 19;
