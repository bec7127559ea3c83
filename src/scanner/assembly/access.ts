import { NO_MATCH } from './draft';
export function readQuotedRequest(at: usize, end: usize): usize { return NO_MATCH; }
export function readRequest(at: usize, end: usize): usize { return NO_MATCH; }
export function readStatus(at: usize, end: usize): usize { return NO_MATCH; }
export function readBytes(at: usize, end: usize): usize { return NO_MATCH; }
