/** JSON lines and logfmt: the same pairs, in the two ways of writing them. */
import { bytesOf } from '../../domain/byte-string.js';
import { LEVELS } from '../../domain/log-entry.js';
import { agentOf } from '../agents.js';
import { putClient } from '../key-writer.js';
import type { LineBlock } from '../line-block.js';
import { SERVICES } from '../services.js';
import { NO_BYTES, TICKS_PER_MS, type TrafficEvent } from '../traffic-event.js';
import { putTarget } from './http-parts.js';
import { BROKEN_TEXT, type LineFormat, type Stamp } from './line-format.js';
import { putNote } from './sentences.js';

/** The texts between the values of a line. Those around a text have its quotes. */
interface Syntax {
  readonly time: Uint8Array;
  readonly levels: Readonly<Record<string, Uint8Array>>;
  readonly logger: Uint8Array;
  readonly endOfNote: Uint8Array;
  readonly request: Uint8Array;
  readonly target: Uint8Array;
  readonly status: Uint8Array;
  readonly bytes: Uint8Array;
  readonly duration: Uint8Array;
  readonly client: Uint8Array;
  readonly agent: Uint8Array;
  readonly end: Uint8Array;
}

const JSON_SYNTAX: Syntax = {
  time: bytesOf('{"time":"'),
  levels: levelTexts((level) => `","level":"${level}","msg":"`),
  logger: bytesOf('","logger":"'),
  endOfNote: bytesOf('"}'),
  request: bytesOf('request completed","method":"'),
  target: bytesOf('","url":"'),
  status: bytesOf('","status":'),
  bytes: bytesOf(',"bytes":'),
  duration: bytesOf(',"duration_ms":'),
  client: bytesOf(',"client_ip":"'),
  agent: bytesOf('","user_agent":"'),
  end: bytesOf('"}'),
};

const LOGFMT_SYNTAX: Syntax = {
  time: bytesOf('time='),
  levels: levelTexts((level) => ` level=${level} msg="`),
  logger: bytesOf('" logger='),
  endOfNote: bytesOf(''),
  request: bytesOf('request completed" method='),
  target: bytesOf(' path='),
  status: bytesOf(' status='),
  bytes: bytesOf(' bytes='),
  duration: bytesOf(' duration_ms='),
  client: bytesOf(' client_ip='),
  agent: bytesOf(' user_agent="'),
  end: bytesOf('"'),
};

const METHODS: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].map((method) => [method, bytesOf(method)]),
);
const NOTHING = new Uint8Array();
const DOT = 46;

function levelTexts(textOf: (level: string) => string): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(LEVELS.map((level) => [level, bytesOf(textOf(level.toLowerCase()))]));
}

function writerOf(syntax: Syntax): LineFormat['write'] {
  return (block, event, { writer, at }: Stamp) => {
    block.put(syntax.time);
    writer.rfc3339(block, at);
    block.put(syntax.levels[event.level] ?? NOTHING);
    if (event.note === null) putRequest(block, event, syntax);
    else putMessage(block, event, syntax);
  };
}

function putMessage(block: LineBlock, event: TrafficEvent, syntax: Syntax): void {
  putNote(block, event);
  if (event.hasBrokenText) block.put(BROKEN_TEXT);
  block.put(syntax.logger);
  block.put(SERVICES[event.service]?.loggerBytes ?? NOTHING);
  block.put(syntax.endOfNote);
}

function putRequest(block: LineBlock, event: TrafficEvent, syntax: Syntax): void {
  block.put(syntax.request);
  block.put(METHODS[event.method] ?? NOTHING);
  block.put(syntax.target);
  putTarget(block, event);
  block.put(syntax.status);
  block.decimal(event.status);
  if (event.bytes !== NO_BYTES) {
    block.put(syntax.bytes);
    block.decimal(event.bytes);
  }
  block.put(syntax.duration);
  putMs(block, event.ticks);
  block.put(syntax.client);
  putClient(block, event.client);
  block.put(syntax.agent);
  block.put(agentOf(event.client));
  if (event.hasBrokenText) block.put(BROKEN_TEXT);
  block.put(syntax.end);
}

/** `12.34` of ticks. */
function putMs(block: LineBlock, ticks: number): void {
  const ms = Math.floor(ticks / TICKS_PER_MS);
  block.decimal(ms);
  block.byte(DOT);
  block.digits(ticks - ms * TICKS_PER_MS, 2);
}

const KEYED = {
  hasHttp: true,
  hasLevel: true,
  loggerOf: { requests: false, notes: true },
  hasDuration: true,
  stamps: 'end',
  stampMs: 1,
  ticks: 1,
  noteShare: 0.25,
  hasRawTarget: false,
  hasText: true,
} as const;

export const JSON_LINES: LineFormat = { name: 'json', ...KEYED, write: writerOf(JSON_SYNTAX) };

export const LOGFMT: LineFormat = { name: 'logfmt', ...KEYED, write: writerOf(LOGFMT_SYNTAX) };
