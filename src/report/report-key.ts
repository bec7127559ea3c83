import { decodeText } from '../domain/byte-string.js';
import type { KeyCount } from '../domain/summary/top-keys.js';
import type { TopKeyReport } from './summary-report.js';

/** Decodes a key for display, and its durations into milliseconds. */
export function reportKey({ key, count, errors, bytes, durations, exact, maxOvercount }: KeyCount): TopKeyReport {
  const durationMs = durations === null ? null : { mean: durations.mean / 1000, p95: durations.quantile(0.95) / 1000 };
  return { key: decodeText(key), count, errors, bytes, durationMs, exact, maxOvercount };
}
