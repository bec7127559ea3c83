/**
 * Instructions of the scanner program: 32-bit words, the operation first, its operands behind it. Offsets are bytes from
 * the start of the image. This file has no imports and no types: the kernel, which is AssemblyScript, reads it as it is.
 *
 * The machine is the parsing machine of a parsing expression grammar: CHOICE notes where to go on if what follows fails,
 * COMMIT forgets that. Source: Medeiros, Ierusalimschy, "A Parsing Machine for PEGs", DLS 2008.
 */

/** The layout has matched. */
export const OP_END = 0;
/** `offset, length`: exactly these bytes. */
export const OP_LITERAL = 1;
/** `offset, length`: exactly these bytes, which are left for the next instruction. */
export const OP_AHEAD = 2;
/** `atLeast`: blanks and tabs. */
export const OP_BLANKS = 3;
/** `role`: a token. */
export const OP_WORD = 4;
/** `role, offset`: bytes up to a blank or a byte of the table of 256 bytes at `offset`. */
export const OP_WORD_UNTIL = 5;
/** `role, bytes`: bytes up to a blank or one of these four. */
export const OP_WORD_STOP = 25;
/** `role`. */
export const OP_QUOTED = 6;
export const OP_QUOTED_REQUEST = 7;
export const OP_REQUEST = 8;
export const OP_STATUS = 9;
export const OP_BYTES = 10;
/** `offset` of a set of shapes. */
export const OP_STAMP = 11;
/** `tokens, offset, offset`: sets of shapes while no letter was seen, and behind one. */
export const OP_LEAD = 12;
export const OP_PRIORITY = 13;
export const OP_LEVEL_LETTER = 14;
export const OP_LEVEL_MARK = 15;
export const OP_HEADER = 16;
export const OP_TAG = 17;
export const OP_STRUCTURED_DATA = 18;
export const OP_EXTRAS = 19;
export const OP_JSON = 20;
export const OP_PAIRS = 21;
export const OP_MESSAGE = 22;
/** `offset` of the instruction to go on with if what follows fails. */
export const OP_CHOICE = 23;
/** `offset` of the instruction to go on with: what was noted last is forgotten. */
export const OP_COMMIT = 24;

/*
 * Instructions for what several of the others do, where they follow each other (see `fused-pieces.ts`). A text in an
 * instruction is three words: eight bytes, zeros behind the text, and its length.
 */
/** `text`: a literal. */
export const OP_SHORT_LITERAL = 26;
/** `text, offset`: goes on at `offset`, behind the text, if the line goes on with it. */
export const OP_DASHES = 27;
/** `byte, offset`: goes on at `offset` unless that byte is next. */
export const OP_UNLESS = 28;
/** A quoted request, a blank and a status, and if they follow, a blank and a size. */
export const OP_RESULT = 29;
/** `role`: a blank and a quoted text. */
export const OP_SPACED_QUOTED = 30;

/** `number, offset`: goes on at `offset`, behind the start of that number, if an earlier layout read it; fails where it failed. */
export const OP_START = 31;
/** Behind the start at hand, which others share (see `shared-starts.ts`). */
export const OP_STARTED = 32;

/** Role of a text that nobody keeps. */
export const NO_ROLE = 255;
