import type { LineBlock } from '../line-block.js';
import type { StampWriter } from '../stamp-writer.js';
import type { TrafficEvent } from '../traffic-event.js';
import type { WrittenFormat } from '../options.js';

/** A format as the generator writes it. What its lines state is what the truth counts of them. */
export interface LineFormat {
  readonly name: WrittenFormat;
  /** Request lines state method, path, status, bytes and client. */
  readonly hasHttp: boolean;
  readonly hasLevel: boolean;
  /** Which lines state a logger. */
  readonly loggerOf: { readonly requests: boolean; readonly notes: boolean };
  readonly hasDuration: boolean;
  /** Access logs stamp the start of a request, all others the moment at which the line is written. */
  readonly stamps: 'start' | 'end';
  /** Precision of stamps: 1000 where the fraction is cut off. */
  readonly stampMs: 1 | 1000;
  /** Precision of durations. */
  readonly ticks: number;
  /** Share of the lines that tell of no request. */
  readonly noteShare: number;
  /** Quotes and blanks in a target are written as they are. */
  readonly hasRawTarget: boolean;
  /** Some field is free text. */
  readonly hasText: boolean;
  /** Writes one line without its newline; `stamp` has the instant that it states. */
  readonly write: (block: LineBlock, event: TrafficEvent, stamp: Stamp) => void;
}

/** The instant that a line states (epoch ms), and who writes it. */
export interface Stamp {
  readonly writer: StampWriter;
  at: number;
}

/** Bytes that are no UTF-8, and hold no quote: a word of Latin-1, then two bytes that no encoding has. */
export const BROKEN_TEXT = Uint8Array.of(32, 99, 97, 102, 0xe9, 32, 0xff, 0xfe);
