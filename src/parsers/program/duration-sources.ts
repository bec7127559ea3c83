/** Where durations come from, by the number that the kernel has for it. */
import { DURATION_KEYS } from '../duration-keys.js';
import { MESSAGE_SOURCE } from '../match/entry-draft.js';
import { TIME_KEYS, TRAILING_SOURCE } from '../match/read-access.js';

/** The message, the unnamed number of an access line, its named ones in the order of TIME_KEYS, then keys. */
export const DURATION_SOURCES: readonly string[] = [
  MESSAGE_SOURCE,
  TRAILING_SOURCE,
  ...TIME_KEYS.map((key) => key.slice(0, -1)),
  ...new Set(DURATION_KEYS.map(([key]) => key)),
];

const NUMBERS = new Map(DURATION_SOURCES.map((source, number) => [source, number] as const));

/** The number of a source. */
export function sourceNumber(source: string): number {
  return NUMBERS.get(source) ?? 0;
}
