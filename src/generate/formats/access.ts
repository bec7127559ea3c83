/** Access logs. Sources: Apache HTTP Server, mod_log_config; nginx, ngx_http_log_module (`$request_time` in seconds). */
import { bytesOf } from '../../domain/byte-string.js';
import { agentOf, REFERRERS } from '../agents.js';
import { putClient } from '../key-writer.js';
import type { LineBlock } from '../line-block.js';
import { NO_BYTES, TICKS_PER_MS, type TrafficEvent } from '../traffic-event.js';
import { putTarget } from './http-parts.js';
import { BROKEN_TEXT, type LineFormat, type Stamp } from './line-format.js';

const PROXIES = [', 172.16.0.9', ', 172.16.0.9, 172.16.4.1'].map(bytesOf);
/** Ident and user; one request in sixteen is of somebody with a name. */
const WHO = [' - mara [', ...Array.from({ length: 15 }, () => ' - - [')].map(bytesOf);
const METHODS: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].map((method) => [method, bytesOf(`] "${method} `)]),
);
const NO_METHOD = bytesOf('] "');
const NO_REFERRER = bytesOf('-');
const VERSIONS = [' HTTP/1.1" ', ' HTTP/1.1" ', ' HTTP/1.1" ', ' HTTP/2.0" '].map(bytesOf);
const END_OF_REQUEST = bytesOf('" ');
const BETWEEN_QUOTES = bytesOf('" "');
const BLANK = 32;
const DASH = 45;
const DOT = 46;
const QUOTE = 34;

function putCommon(block: LineBlock, event: TrafficEvent, { writer, at }: Stamp): void {
  putClient(block, event.client);
  const proxies = PROXIES[event.proxies - 1];
  if (proxies !== undefined) block.put(proxies);
  block.put(WHO[event.query & 15] ?? NO_METHOD);
  writer.clf(block, at);
  if (event.garbage === null) {
    block.put(METHODS[event.method] ?? NO_METHOD);
    putTarget(block, event);
    block.put(VERSIONS[event.query & 3] ?? END_OF_REQUEST);
  } else {
    block.put(NO_METHOD);
    block.put(event.garbage);
    block.put(END_OF_REQUEST);
  }
  block.decimal(event.status);
  block.byte(BLANK);
  if (event.bytes === NO_BYTES) block.byte(DASH);
  else block.decimal(event.bytes);
}

function putCombined(block: LineBlock, event: TrafficEvent, stamp: Stamp): void {
  putCommon(block, event, stamp);
  block.byte(BLANK);
  block.byte(QUOTE);
  block.put(REFERRERS[event.referrer] ?? NO_REFERRER);
  block.put(BETWEEN_QUOTES);
  block.put(agentOf(event.client));
  if (event.hasBrokenText) block.put(BROKEN_TEXT);
  block.put(END_OF_REQUEST);
  putSeconds(block, event.ticks / TICKS_PER_MS);
}

/** `0.123` of whole ms. */
function putSeconds(block: LineBlock, ms: number): void {
  const seconds = Math.floor(ms / 1000);
  block.decimal(seconds);
  block.byte(DOT);
  block.digits(ms - seconds * 1000, 3);
}

const ACCESS = {
  hasHttp: true,
  hasLevel: false,
  loggerOf: { requests: false, notes: false },
  stamps: 'start',
  stampMs: 1000,
  ticks: TICKS_PER_MS,
  noteShare: 0,
  hasRawTarget: true,
} as const;

export const COMMON: LineFormat = {
  name: 'common',
  ...ACCESS,
  hasDuration: false,
  hasText: false,
  write: putCommon,
};

export const COMBINED: LineFormat = {
  name: 'combined',
  ...ACCESS,
  hasDuration: true,
  hasText: true,
  write: putCombined,
};
