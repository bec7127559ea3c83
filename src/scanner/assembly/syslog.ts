import { NO_MATCH } from './draft';
export function readPriority(at: usize, end: usize): usize { return NO_MATCH; }
export function readTag(at: usize, end: usize): usize { return NO_MATCH; }
export function readStructuredData(at: usize, end: usize): usize { return NO_MATCH; }
