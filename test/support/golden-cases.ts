/** The golden cases of the parsers: lines with what is read of them, as data in `test/parsers/golden/`. */
import { type ByteString, decodeText, encodeText } from '../../src/domain/byte-string.js';
import type { LogEntry } from '../../src/domain/log-entry.js';
import { createLineParser, type LinePlan, type Rejection } from '../../src/parsers/parse-line.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { textOf } from './repository.js';

/** One line of a file of cases. */
export interface GoldenCase {
  /** Unique in its file. */
  readonly name: string;
  readonly input: string;
  /** `latin1` where each character of the input is one byte; absent for UTF-8. */
  readonly encoding?: 'latin1';
  /** The one format that is allowed; absent for all. */
  readonly format?: string;
  /** Zone of stamps without one; absent for UTC. */
  readonly timezone?: string;
  /** Instant from which a missing year is told; absent for `REFERENCE`. */
  readonly reference?: string;
  readonly expected: Readonly<Record<string, string | number | boolean>>;
}

const FOLDER = 'test/parsers/golden';
const FILES = [...FORMAT_NAMES, 'malformed', 'mixed'];
const REFERENCE = '2024-06-01T00:00:00Z';

/** The files of cases: one of each format, of lines that none accepts, and of lines that could be taken for another. */
export function goldenFiles(): readonly { readonly file: string; readonly cases: readonly GoldenCase[] }[] {
  return FILES.map((name) => {
    const file = `${FOLDER}/${name}.json`;
    return { file, cases: JSON.parse(textOf(file)) as readonly GoldenCase[] }; // the cases fail where a file has another shape
  });
}

/** The bytes of a case's line. */
export function lineOf({ input, encoding }: GoldenCase): ByteString {
  return encoding === 'latin1' ? input : encodeText(input);
}

/** The plan under which a case's line is read. */
export function planOf({
  format,
  timezone = 'UTC',
  reference = REFERENCE,
}: Pick<GoldenCase, 'format' | 'timezone' | 'reference'>): LinePlan {
  return { formats: format === undefined ? FORMAT_NAMES : [format], timezone, referenceAt: Date.parse(reference) };
}

/** What the parser makes of a case's line, in the flat form of the files: what the line does not state is absent. */
export function resultOf(golden: GoldenCase): Record<string, unknown> {
  return flatOf(createLineParser(planOf(golden)).parse(lineOf(golden)));
}

function flatOf(result: LogEntry | Rejection): Record<string, unknown> {
  if ('reason' in result) return { reason: result.reason };
  const { format, timestamp, isOutOfRange, level, message, durationSource, metrics, fields } = result;
  const flat = {
    format,
    timestamp: timestamp === null ? null : new Date(timestamp).toISOString(),
    outOfRange: isOutOfRange ? true : null,
    level,
    message: decodeText(message),
    durationMs: metrics.durationUs === undefined ? null : metrics.durationUs / 1000,
    durationSource,
    status: metrics.status ?? null,
    bytes: metrics.bytes ?? null,
    ...Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, decodeText(text)])),
  };
  return Object.fromEntries(Object.entries(flat).filter(([, value]) => value !== null));
}
