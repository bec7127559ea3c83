import { NONE } from '../layout';
/** Microseconds of the first duration of finished work in the message [at, end); NONE where it tells of none. */
export function findTextDuration(at: usize, end: usize): i64 { return NONE; }
