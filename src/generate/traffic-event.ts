import type { Level } from '../domain/log-entry.js';
import type { Note } from './services.js';
import type { Route } from './routes.js';

/** Durations are counted in ticks of 10 µs, the finest that any format writes. */
export const TICKS_PER_MS = 100;
export const US_PER_TICK = 10;

/** Bytes of a response that the log does not state. */
export const NO_BYTES = -1;

/** What one line tells of. Made once, and filled anew for every line: whoever keeps it keeps nothing. */
export interface TrafficEvent {
  /** When the line was written, whole epoch ms. */
  endAt: number;
  /** The request that was answered; null for a line that tells of none. */
  route: Route | null;
  /** What else the application had to say. */
  note: Note | null;
  /** Number within the route, or within the note. */
  number: number;
  /** Position in SERVICES. */
  service: number;
  method: string;
  /** Any number; makes up the query. */
  query: number;
  status: number;
  /** Of the response; NO_BYTES where not stated. */
  bytes: number;
  /** At least 1; as precise as the format writes it. */
  ticks: number;
  level: Level;
  client: number;
  /** Requests through so many proxies, 0 to 2. */
  proxies: number;
  /** Position in REFERRERS. */
  referrer: number;
  /** What stands for the request line where there was none; null where there was one. */
  garbage: Uint8Array | null;
  /** Bytes that make the query over-long. */
  filler: number;
  /** The query has quotes and blanks that nobody escaped. */
  hasQuotes: boolean;
  /** A text has bytes that are no UTF-8. */
  hasBrokenText: boolean;
}

/** An event with nothing in it. */
export function blankEvent(): TrafficEvent {
  return {
    endAt: 0,
    route: null,
    note: null,
    number: 0,
    service: 0,
    method: 'GET',
    query: 0,
    status: 200,
    bytes: 0,
    ticks: 1,
    level: 'INFO',
    client: 0,
    proxies: 0,
    referrer: 0,
    garbage: null,
    filler: 0,
    hasQuotes: false,
    hasBrokenText: false,
  };
}
