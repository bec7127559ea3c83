import { NO_MATCH } from './draft';
export function readLead(tokens: u32, first: usize, inText: usize, at: usize, end: usize): usize { return NO_MATCH; }
