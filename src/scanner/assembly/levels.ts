import { NO_MATCH } from './draft';
export function readLevelLetter(at: usize, end: usize): usize { return NO_MATCH; }
export function readLevelMark(at: usize, end: usize): usize { return NO_MATCH; }
