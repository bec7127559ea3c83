import { NO_MATCH } from './draft';
export function readPairs(at: usize, end: usize): usize { return NO_MATCH; }
