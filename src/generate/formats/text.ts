/** Text logs: plain, and the two forms of syslog. Sources: RFC 3164; RFC 5424, sections 6.2 and 6.3. */
import { bytesOf } from '../../domain/byte-string.js';
import { LEVELS, type Level } from '../../domain/log-entry.js';
import type { LineBlock } from '../line-block.js';
import { SERVICES } from '../services.js';
import { TICKS_PER_MS, type TrafficEvent } from '../traffic-event.js';
import type { LineFormat, Stamp } from './line-format.js';
import { putSentence } from './sentences.js';

/** A text for each level. */
function byLevel(textOf: (level: Level) => string): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(LEVELS.map((level) => [level, bytesOf(textOf(level))]));
}

/** Of facility local0, whose number is 16. */
const SEVERITIES: Readonly<Record<Level, number>> = { TRACE: 7, DEBUG: 7, INFO: 6, WARN: 4, ERROR: 3, FATAL: 2 };
const priorityOf = (level: Level): string => `<${16 * 8 + SEVERITIES[level]}>`;

const PLAIN_LEVELS = byLevel((level) => ` ${level} [http-`);
const BSD_PRIORITIES = byLevel(priorityOf);
const PRIORITIES = byLevel((level) => `${priorityOf(level)}1 `);
const HOSTS = ['web-1', 'web-2', 'web-3', 'web-4'].map((host) => bytesOf(` ${host} `));
const END_OF_THREAD = bytesOf('] ');
const BEFORE_MESSAGE = bytesOf(' - ');
const END_OF_TAG = bytesOf(']: ');
/** Message id and structured data. */
const DATA = [' REQ - ', ' REQ [origin@32473 zone="eu-1" shard="3"] '].map(bytesOf);
const NOTHING = new Uint8Array();
const OPEN_BRACKET = 91;
const BLANK = 32;
/** Programs have process ids from here on. */
const FIRST_PID = 2100;
const THREAD_DIGITS = 2;

/** `2024-01-24 10:15:32.123 INFO [http-07] shop.orders - Order 4812 processed in 127ms`. */
function putPlain(block: LineBlock, event: TrafficEvent, { writer, at }: Stamp): void {
  writer.iso(block, at);
  block.put(PLAIN_LEVELS[event.level] ?? NOTHING);
  block.digits(event.query & 31, THREAD_DIGITS);
  block.put(END_OF_THREAD);
  block.put(SERVICES[event.service]?.loggerBytes ?? NOTHING);
  block.put(BEFORE_MESSAGE);
  putSentence(block, event);
}

/** `<134>Jan 24 10:15:32 web-1 orders[2102]: Order 4812 processed in 127ms`. */
function putBsd(block: LineBlock, event: TrafficEvent, { writer, at }: Stamp): void {
  block.put(BSD_PRIORITIES[event.level] ?? NOTHING);
  writer.bsd(block, at);
  block.put(HOSTS[event.query & 3] ?? NOTHING);
  block.put(SERVICES[event.service]?.program ?? NOTHING);
  block.byte(OPEN_BRACKET);
  block.decimal(FIRST_PID + event.service);
  block.put(END_OF_TAG);
  putSentence(block, event);
}

/** `<134>1 2024-01-24T10:15:32.123Z web-1 orders 2102 REQ - Order 4812 processed in 127ms`. */
function putSyslog(block: LineBlock, event: TrafficEvent, { writer, at }: Stamp): void {
  block.put(PRIORITIES[event.level] ?? NOTHING);
  writer.rfc3339(block, at);
  block.put(HOSTS[event.query & 3] ?? NOTHING);
  block.put(SERVICES[event.service]?.program ?? NOTHING);
  block.byte(BLANK);
  block.decimal(FIRST_PID + event.service);
  block.put(DATA[event.query % 5 === 0 ? 1 : 0] ?? NOTHING);
  putSentence(block, event);
}

const TEXT = {
  hasHttp: false,
  hasLevel: true,
  loggerOf: { requests: false, notes: false },
  hasDuration: true,
  stamps: 'end',
  stampMs: 1,
  ticks: TICKS_PER_MS,
  noteShare: 0.3,
  hasRawTarget: false,
  hasText: true,
} as const;

export const PLAIN: LineFormat = {
  name: 'plain',
  ...TEXT,
  loggerOf: { requests: true, notes: true },
  write: putPlain,
};

export const SYSLOG_3164: LineFormat = { name: 'syslog3164', ...TEXT, stampMs: 1000, write: putBsd };

export const SYSLOG_5424: LineFormat = { name: 'syslog5424', ...TEXT, write: putSyslog };
