/** Keeps answers within one line of the protocol. */
import { MAX_FRAME_BYTES } from '../protocol.js';

/** Bytes of JSON that an answer may take; what is left of a line is for its frame. */
export const MAX_ANSWER_BYTES = MAX_FRAME_BYTES - 16 * 1024;

/** The first items that fit, and how many do not. */
export interface Cut<Item> {
  readonly shown: readonly Item[];
  readonly omitted: number;
}

/** Keeps as many items from the first on as their JSON fits into one answer. */
export function cutToAnswer<Item>(items: readonly Item[], maxBytes = MAX_ANSWER_BYTES): Cut<Item> {
  let left = maxBytes;
  let shown = 0;
  for (const item of items) {
    left -= jsonBytes(item) + 1;
    if (left < 0) break;
    shown += 1;
  }
  return { shown: items.slice(0, shown), omitted: items.length - shown };
}

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
