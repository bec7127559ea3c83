/** What is wrong with some lines of every real log, as data: how each kind of dirt is made, and what becomes of its line. */
import { bytesOf } from '../domain/byte-string.js';
import type { LineFormat } from './formats/line-format.js';
import type { LineBlock } from './line-block.js';
import type { Random } from './random.js';
import type { StampWriter } from './stamp-writer.js';
import type { TrafficEvent } from './traffic-event.js';

/** What a line counts as. */
export type LineClass = 'entry' | 'malformed' | 'empty' | 'oversize';

/** What dirt is made with; the event is the one that its line would have told of. */
export interface DirtTools {
  readonly block: LineBlock;
  readonly event: TrafficEvent;
  readonly random: Random;
  readonly stamps: StampWriter;
}

/** One kind of dirt. */
export interface Dirt {
  readonly name: string;
  readonly weight: number;
  readonly lineClass: LineClass;
  /** Whether lines of a format can have it; all can where absent. */
  readonly suits?: (format: LineFormat) => boolean;
  /** Only lines of requests can have it. */
  readonly needsRequest?: true;
  /** Changes what the line tells of, before it is written. */
  readonly spoil?: (tools: DirtTools) => void;
  /** Writes what stands before the line. */
  readonly before?: (tools: DirtTools) => void;
  /** Writes what stands there instead of a line. */
  readonly instead?: (tools: DirtTools) => void;
  /** Writes, or takes back, behind the line. */
  readonly behind?: (tools: DirtTools) => void;
}

/** Longest line that is written: an over-long one. */
export const MAX_WRITTEN_BYTES = 1_300_000;
/** Over the 1 MiB from which a line is over-long. */
const OVERLONG_BYTES = 1_060_000;
const OVERLONG_SPREAD = 200_000;
const MIN_FILLER_BYTES = 8 * 1024;
const FILLER_SPREAD = 56 * 1024;
const NUL_RUN_BITS = 10;
const CARRIAGE_RETURN = 13;
const UPPER_B = 66;

const YELLOW = bytesOf('\x1b[33m');
const COLOUR_OFF = bytesOf('\x1b[0m');
/** A TLS hello on a port without TLS, as web servers escape it. */
const TLS_HELLO = bytesOf(String.raw`\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03`);
const NO_REQUEST = bytesOf('-');
const BLANKS = bytesOf('  \t');
const STUFFING = bytesOf('payload=');

/** Lines of other programs, and halves of lines. None has a full date with a full time, or a whole JSON object. */
const FOREIGN: readonly Uint8Array[] = [
  'Killed',
  'Segmentation fault (core dumped)',
  'npm notice run npm audit for details',
  'Listening on http://0.0.0.0:8080',
  'warning: unused variable in line 17',
  'disk full while writing this li',
  '2024-01-24 ERROR',
  '2024-01-24 WARN Half of a stamp',
  '10:15:33.001 INFO Incomplete',
  '{"level":"info","msg":"cut o',
  '{"time":"2024-01-24T10:15:3',
].map(bytesOf);

const isHttp = (format: LineFormat): boolean => format.hasHttp;
const isAccess = (format: LineFormat): boolean => format.hasRawTarget;
const hasText = (format: LineFormat): boolean => format.hasText;

function fail(event: TrafficEvent, status: number, garbage: Uint8Array): void {
  event.garbage = garbage;
  event.status = status;
  event.bytes = status === 400 ? 157 : 0;
}

export const DIRT: readonly Dirt[] = [
  {
    name: 'cut',
    weight: 20,
    lineClass: 'malformed',
    behind: ({ block, random, stamps }) => {
      block.at = stamps.clockAt + 1 + random.below(4); // no line is whole before its minutes
    },
  },
  {
    name: 'foreign',
    weight: 20,
    lineClass: 'malformed',
    instead: ({ block, random }) => block.put(FOREIGN[random.below(FOREIGN.length)] ?? NO_REQUEST),
  },
  { name: 'crlf', weight: 15, lineClass: 'entry', behind: ({ block }) => block.byte(CARRIAGE_RETURN) },
  {
    name: 'nul',
    weight: 8,
    lineClass: 'entry',
    before: ({ block, random }) => block.fill(0, 1 + random.bits(NUL_RUN_BITS)),
  },
  {
    name: 'broken-text',
    weight: 10,
    lineClass: 'entry',
    suits: hasText,
    spoil: ({ event }) => {
      event.hasBrokenText = true;
    },
  },
  {
    name: 'colour',
    weight: 6,
    lineClass: 'entry',
    before: ({ block }) => block.put(YELLOW),
    behind: ({ block }) => block.put(COLOUR_OFF),
  },
  {
    name: 'tls',
    weight: 10,
    lineClass: 'entry',
    suits: isAccess,
    spoil: ({ event }) => fail(event, 400, TLS_HELLO),
  },
  {
    name: 'no-request',
    weight: 10,
    lineClass: 'entry',
    suits: isAccess,
    spoil: ({ event, random }) => fail(event, random.bits(1) === 0 ? 400 : 408, NO_REQUEST),
  },
  {
    name: 'quotes',
    weight: 5,
    lineClass: 'entry',
    suits: isAccess,
    spoil: ({ event }) => {
      event.hasQuotes = true;
    },
  },
  {
    name: 'long-url',
    weight: 4,
    lineClass: 'entry',
    suits: isHttp,
    needsRequest: true,
    spoil: ({ event, random }) => {
      event.filler = MIN_FILLER_BYTES + random.below(FILLER_SPREAD);
    },
  },
  { name: 'empty', weight: 6, lineClass: 'empty', instead: () => undefined },
  { name: 'blank', weight: 3, lineClass: 'empty', instead: ({ block }) => block.put(BLANKS) },
  {
    name: 'over-long',
    weight: 0.2,
    lineClass: 'oversize',
    instead: ({ block, random }) => {
      block.put(STUFFING);
      block.fill(UPPER_B, OVERLONG_BYTES + random.below(OVERLONG_SPREAD));
    },
  },
];
