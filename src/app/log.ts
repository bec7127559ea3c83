/** The program's own log: winston to stderr, as JSON lines or, on a terminal, in short. The only importer of winston. */
import { createRequire } from 'node:module';
import type winston from 'winston';
import { type Fault, toFault } from '../domain/errors.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import { LOG_LEVELS, type LogLevel } from './log-levels.js';

/** A log call: a constant sentence, and fields; a field named `error` may hold anything that was thrown. */
export interface Log {
  error(sentence: string, fields?: object): void;
  warn(sentence: string, fields?: object): void;
  info(sentence: string, fields?: object): void;
  debug(sentence: string, fields?: object): void;
}

/** Where and how the log is written. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'json' | 'pretty';
}

/** Opens the log. winston, which takes 37 ms to load, is loaded by the first call that prints: most runs have none. */
export function openLog(options: LogOptions): Log {
  const printed = LOG_LEVELS.indexOf(options.level);
  let logger: Log | null = null;
  const write = (level: LogLevel, sentence: string, fields: object | undefined): void => {
    if (LOG_LEVELS.indexOf(level) > printed) return;
    logger ??= openLogger(options);
    logger[level](sentence, fields);
  };
  return {
    error: (sentence, fields) => write('error', sentence, fields),
    warn: (sentence, fields) => write('warn', sentence, fields),
    info: (sentence, fields) => write('info', sentence, fields),
    debug: (sentence, fields) => write('debug', sentence, fields),
  };
}

/** An Error in winston's metadata would print as `{}`, so errors are turned into faults first. */
function openLogger(options: LogOptions): Log {
  const { createLogger, format, transports } = createRequire(import.meta.url)('winston') as typeof winston; // what it exports
  const { combine, timestamp, json, printf } = format;
  const faults = format((info) => {
    for (const [name, value] of Object.entries(info)) {
      if (value instanceof Error || (name === 'error' && !isFault(value))) info[name] = toFault(value);
    }
    return info;
  });
  const rendering = options.format === 'json' ? json() : printf(pretty);
  return createLogger({
    level: options.level,
    format: combine(faults(), timestamp(), rendering),
    transports: [new transports.Console({ stderrLevels: [...LOG_LEVELS] })],
  });
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

function pretty(info: winston.Logform.TransformableInfo): string {
  const { level, message, timestamp, ...fields } = info;
  const pairs = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return escapeTerminal([String(timestamp).slice(11, 23), level.padEnd(5), String(message), ...pairs].join(' '));
}
