/**
 * Roles of the words that decide whether a message tells of finished work: bits, for some words have several. This file has
 * no imports and no types: the kernel, which is AssemblyScript, reads it as it is.
 */
export const VERB = 1;
export const NOUN = 2;
export const QUALIFIER = 4;
export const FINISHED = 8;
export const COMING = 16;
export const AUXILIARY = 32;
export const FILLER = 64;
export const TRAILER = 128;
export const STATUS_TIMEOUT = 256;
export const TIMEOUT = 512;
export const IN = 1024;
export const AFTER = 2048;
export const UNIT = 4096;
export const PAST = 8192;

/** No word with such a role is longer. */
export const MAX_WORD_BYTES = 13;
