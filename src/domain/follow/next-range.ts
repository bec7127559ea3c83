import type { ByteRange } from '../chunk.js';
import { IntervalSet } from '../interval-set.js';

/** What of a file is spoken for. */
export interface Spoken {
  readonly offset: number;
  /** Ranges that were cut and are not counted yet. */
  readonly flight: readonly ByteRange[];
}

/** The first bytes before `size` that are neither counted nor cut; null where there are none. */
export function nextRange({ offset, flight }: Spoken, size: number): ByteRange | null {
  return new IntervalSet(flight).gaps({ start: offset, end: size })[0] ?? null;
}

/** Instant from which what exists at the first start is read: all of it, nothing, or files that changed since (epoch ms). */
export type From = 'start' | 'end' | number;

/** Tells whether a file that was there before Millrace was is read from its beginning. */
export function isReadFromStart(from: From, modifiedAt: number): boolean {
  return from === 'start' || (from !== 'end' && modifiedAt >= from);
}
