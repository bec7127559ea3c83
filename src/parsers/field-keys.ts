/**
 * What the keys of JSON lines and of `key=value` lines mean, as data. Names of nested objects are joined with a dot; a
 * key that itself holds the dot means the same. Of several keys of one role that a line has, the one that stands first
 * here counts, and of a key that a line has twice the last.
 *
 * Sources: pino, pino-http, bunyan, winston, morgan (their serializers); zap, logrus, slog, zerolog (their encoders);
 * tracing; structlog, python-json-logger; Monolog; logstash-logback-encoder, log4j2 JsonLayout; Elastic Common Schema 8; Serilog, .NET console;
 * GELF 1.1; MongoDB structured log; Caddy, Traefik, nginx (`log_format … escape=json`), Google Cloud LogEntry, journald.
 */
import type { EntryFields } from '../domain/log-entry.js';
import { DURATION_KEYS } from './duration-keys.js';
import type { DurationUnit } from './duration-value.js';
import { BYTES_KEYS, REQUEST_KEYS, STATUS_KEYS, TARGET_KEYS } from './http-keys.js';

/** What a value is. */
export type KeyRole =
  | { readonly role: 'time' }
  /** Nanoseconds of the second that another key states. */
  | { readonly role: 'nanos'; readonly secondsKey: string }
  /** A word; where `hasNumbers` also a number of one of the scales. */
  | { readonly role: 'level'; readonly hasNumbers: boolean }
  | { readonly role: 'message' }
  | { readonly role: 'status' }
  | { readonly role: 'bytes' }
  | { readonly role: 'target' }
  /** `GET /path HTTP/1.1`. */
  | { readonly role: 'request' }
  /** A number in this unit; null where the unit depends on who wrote the line. A value with a unit of its own keeps it. */
  | { readonly role: 'duration'; readonly unit: DurationUnit | null }
  | { readonly role: 'text'; readonly field: Exclude<keyof EntryFields, 'url' | 'path'> };

/** A role, with the place of the key among those of the same role: lower counts more. */
export type RankedRole = KeyRole & { readonly rank: number };

const TIME = [
  '@timestamp',
  '@t',
  'timestamp',
  'time',
  'ts',
  't',
  't.$date',
  'datetime',
  'date',
  'eventTime',
  'event_time',
  'asctime',
  'time_iso8601',
  'time_local',
  'StartUTC',
  'timeMillis',
  'timestampMs',
  'timestamp_ms',
  'msec',
  'ts_ms',
  '__REALTIME_TIMESTAMP',
  'timeUnixNano',
  'instant.epochSecond',
  'timestamp.seconds',
  'timestampSeconds',
  'Timestamp',
];

/** Nanoseconds beside whole seconds. Sources: log4j2 JsonLayout; Google Cloud LogEntry and its logging agent. */
const NANOS: Readonly<Record<string, string>> = {
  'instant.nanoOfSecond': 'instant.epochSecond',
  'timestamp.nanos': 'timestamp.seconds',
  timestampNanos: 'timestampSeconds',
};

const LEVEL = [
  'level',
  'log.level',
  'severity',
  '@l',
  'lvl',
  'loglevel',
  'log_level',
  'logLevel',
  'levelname',
  'level_name',
  'severityText',
  'PRIORITY',
  'level_value',
  'syslog.severity',
  'Level',
  'LogLevel',
];

/** Keys whose numbers mean something else: seconds, the priority of a job. Sources: MongoDB; Heroku router. */
const LEVEL_WORDS = ['s', 'priority', 'at'];

const MESSAGE = [
  'message',
  'msg',
  '@m',
  '@mt',
  'event',
  'short_message',
  'textPayload',
  'text',
  'log',
  'body',
  'MESSAGE',
  'fields.message',
  'Message',
  'RenderedMessage',
  'MessageTemplate',
];

const TEXTS: Readonly<Partial<Record<Exclude<keyof EntryFields, 'url' | 'path'>, readonly string[]>>> = {
  method: [
    'method',
    'req.method',
    'request.method',
    'http.request.method',
    'http.method',
    'http_method',
    'request_method',
    'requestMethod',
    'httpRequest.requestMethod',
    'RequestMethod',
    'Method',
    'verb',
  ],
  clientIp: [
    'client_ip',
    'clientIp',
    'clientip',
    'client.ip',
    'remote_addr',
    'remoteAddr',
    'remote_ip',
    'remoteIp',
    'remote_address',
    'remoteAddress',
    'source.ip',
    'source.address',
    'client.address',
    'req.remoteAddress',
    'req.ip',
    'request.client_ip',
    'request.remote_ip',
    'request.remote_addr',
    'httpRequest.remoteIp',
    'ClientHost',
    'client',
    'ip',
    'fwd',
  ],
  user: ['user', 'user.name', 'username', 'remote_user', 'user_id', 'userId', 'ClientUsername'],
  userAgent: [
    'user_agent.original',
    'http_user_agent',
    'user_agent',
    'userAgent',
    'req.headers.user-agent',
    'httpRequest.userAgent',
    'agent',
  ],
  referrer: ['http.request.referrer', 'http_referer', 'http_referrer', 'referer', 'referrer', 'httpRequest.referer'],
  httpVersion: ['http.version', 'httpVersion', 'http_version', 'request.proto', 'RequestProtocol', 'server_protocol'],
  logger: [
    'logger',
    'log.logger',
    'logger_name',
    'loggerName',
    'SourceContext',
    'name',
    'component',
    'c',
    'module',
    'target',
    'Category',
  ],
  host: ['hostname', 'host.name', 'host', '_HOSTNAME'],
  virtualHost: ['http_host', 'server_name', 'url.domain', 'request.host', 'RequestHost'],
  process: ['process.name', 'SYSLOG_IDENTIFIER', 'app', 'service', 'service.name'],
  pid: ['pid', 'process.pid', '_PID'],
};

/** All keys, with what they mean. */
export const KEY_ROLES: ReadonlyMap<string, RankedRole> = keyRoles();

function keyRoles(): Map<string, RankedRole> {
  const roles = new Map<string, RankedRole>();
  const add = (keys: readonly string[], role: KeyRole, firstRank = 0): void => {
    keys.forEach((key, index) => {
      if (!roles.has(key)) roles.set(key, { ...role, rank: firstRank + index });
    });
  };
  add(TIME, { role: 'time' });
  for (const [key, secondsKey] of Object.entries(NANOS)) add([key], { role: 'nanos', secondsKey });
  add(LEVEL, { role: 'level', hasNumbers: true });
  add(LEVEL_WORDS, { role: 'level', hasNumbers: false }, LEVEL.length);
  add(MESSAGE, { role: 'message' });
  add(STATUS_KEYS, { role: 'status' });
  add(BYTES_KEYS, { role: 'bytes' });
  add(TARGET_KEYS, { role: 'target' });
  add(REQUEST_KEYS, { role: 'request' });
  for (const [field, keys] of Object.entries(TEXTS)) add(keys, { role: 'text', field: field as keyof typeof TEXTS });
  DURATION_KEYS.forEach(([key, unit], rank) => roles.set(key, { role: 'duration', unit, rank }));
  return roles;
}
