/**
 * What the keys of JSON lines and pairs mean, in a scanner program. A record is six words: role, rank, detail, source,
 * own index, and one that is free. This file has no imports and no types: the kernel, which is AssemblyScript, reads it
 * as it is.
 */

/** Detail: 1 for `@t` of CLEF, 2 for the `ts` of zap, else 0. */
export const KEY_TIME = 0;
/** Detail: index of the key that states the seconds. */
export const KEY_NANOS = 1;
/** Detail: 1 where numbers name a level, too. */
export const KEY_LEVEL = 2;
export const KEY_MESSAGE = 3;
export const KEY_STATUS = 4;
export const KEY_BYTES = 5;
export const KEY_TARGET = 6;
export const KEY_REQUEST = 7;
/** Detail: place of the unit, NO_UNIT for none. Source: number of the source of the duration. */
export const KEY_DURATION = 8;
/** Detail: number of the role of the text. */
export const KEY_TEXT = 9;

export const KEY_RECORD_BYTES = 24;
export const NO_UNIT = 255;
export const TIME_OF_CLEF = 1;
export const TIME_OF_ZAP = 2;
