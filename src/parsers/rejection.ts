/** Says why no format accepted a line. Only such lines come here, so it may take its time. */
import type { ByteString } from '../domain/byte-string.js';
import type { RejectionReason } from '../domain/log-entry.js';
import { isJsonObject } from './match/read-json.js';
import type { StampSink } from './match/stamp-sink.js';
import { MONTHS } from './stamp-shapes.js';

/** Bytes at the head of a line in which a date or a time of day is looked for. */
const SEARCHED_BYTES = 256;
const MONTH = `(?:${MONTHS.join('|')})`;
const DATE = new RegExp(
  [
    String.raw`\b\d{4}[-/.]\d{2}[-/.]\d{2}\b`,
    String.raw`\b\d{1,2}/\d{1,2}/\d{4}\b`,
    String.raw`\b\d{1,2}[-/ ]${MONTH}[-/ ]\d{4}\b`,
    String.raw`\b${MONTH} [ \d]?\d\b`,
  ].join('|'),
  'i',
);
const TIME = /\b\d{1,2}:\d{2}:\d{2}\b/;

/** The reason for a line that begins at `at`; `isForced` where the user named the format. */
export function rejectionOf(line: ByteString, at: number, { sink, isForced }: RejectionContext): RejectionReason {
  if (isForced) return 'not in the chosen format';
  if (line.charAt(at) === '{') return isJsonObject(line, at, sink) ? 'JSON without known keys' : 'invalid JSON';
  if (sink.sawImpossible) return 'impossible timestamp';
  const head = line.slice(at, at + SEARCHED_BYTES);
  const [hasDate, hasTime] = [DATE.test(head), TIME.test(head)];
  if (hasDate && !hasTime) return 'date without time';
  return hasTime && !hasDate ? 'time without date' : 'no timestamp';
}

/** What is known of a refused line besides its bytes. */
export interface RejectionContext {
  readonly sink: StampSink;
  readonly isForced: boolean;
}
