import { NONE } from '../layout';
/** Whole microseconds of a decimal number [at, end) of unit; NONE for any other text. unit: place in UNITS, 0 ns to 5 h. */
export function microsecondsOf(at: usize, end: usize, unit: u32): i64 { return NONE; }
/** Of a text that is a duration with its unit and nothing else. */
export function microsecondsOfText(at: usize, end: usize): i64 { return NONE; }
