/** The key of an entry in a dimension. */
import type { ByteString } from '../byte-string.js';
import { LEVELS, type LogEntry } from '../log-entry.js';
import type { Dimension } from './dimensions.js';

const STATUS = /^[1-9]\d\d$/;

/** The text of the line, the name of the level, or the digits of the status; undefined where the entry has none. */
export function entryKeyOf({ fields, level, metrics }: LogEntry, dimension: Dimension): ByteString | undefined {
  if (dimension === 'level') return level ?? undefined;
  if (dimension === 'status') return metrics.status === undefined ? undefined : String(metrics.status);
  return fields[dimension];
}

/** Tells whether an entry can have that key: there are few levels and statuses, of the other dimensions any text is one. */
export function isEntryKey(key: ByteString, dimension: Dimension): boolean {
  if (dimension === 'level') return (LEVELS as readonly string[]).includes(key);
  return dimension !== 'status' || STATUS.test(key);
}
