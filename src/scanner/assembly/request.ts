import { NO_MATCH } from './draft';
export function skipMethod(at: usize, end: usize): usize { return at; }
export function captureRequest(at: usize, end: usize): void {}
export function captureTarget(at: usize, end: usize): void {}
