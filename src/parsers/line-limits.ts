/** A line longer than this (without its newline and a leading run of NUL) is over-long: counted, sampled, not parsed. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Bytes of a line that are kept of a sample. */
export const SAMPLE_BYTES = 256;
