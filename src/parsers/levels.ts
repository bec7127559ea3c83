/** Words and numbers that name a severity, as data. */
import type { ByteString } from '../domain/byte-string.js';
import type { Level } from '../domain/log-entry.js';

const WORDS: Readonly<Record<Level, readonly string[]>> = {
  TRACE: ['trace', 'trc', 'verbose', 'finest', 'finer', 'silly'],
  DEBUG: ['debug', 'dbg', 'debg', 'dbug', 'fine', 'config'],
  INFO: ['info', 'information', 'informational', 'inf', 'notice', 'note', 'noti', 'log', 'system', 'default', 'http'],
  WARN: ['warn', 'warning', 'wrn', 'wrng', 'deprecation'],
  ERROR: ['error', 'err', 'eror', 'severe', 'fail', 'failure'],
  FATAL: ['fatal', 'ftl', 'critical', 'crit', 'alert', 'emerg', 'emergency', 'panic', 'dpanic'],
};

/** Every word that names a level, in lower and in upper case. */
export const LEVEL_OF_WORD: ReadonlyMap<string, Level> = new Map(
  (Object.keys(WORDS) as Level[]).flatMap((level) =>
    WORDS[level].flatMap((word) => [word, word.toUpperCase()].map((spelling) => [spelling, level] as const)),
  ),
);

/** Longest word of the table. */
const MAX_WORD_BYTES = 13;

/** The level that a word names, in either case; null where it names none. Tables: log4j, syslog, Python, Java, zerolog. */
export function levelOfWord(word: ByteString): Level | null {
  if (word.length > MAX_WORD_BYTES || word.length < 3) return null;
  return LEVEL_OF_WORD.get(word) ?? LEVEL_OF_WORD.get(word.toLowerCase()) ?? null;
}

/** Words that are taken for a level in running text, too, when they stand first and are not in upper case. */
export const PLAIN_LEVEL_WORDS: ReadonlySet<string> = new Set([
  'trace',
  'debug',
  'info',
  'information',
  'notice',
  'warn',
  'warning',
  'error',
  'err',
  'severe',
  'fatal',
]);

/** Tells whether a word names a level even as `Info` or `info`, outside of brackets: `Alert` and `Fine` may be prose. */
export function isPlainLevelWord(word: ByteString): boolean {
  return PLAIN_LEVEL_WORDS.has(word.toLowerCase());
}

/** Words for a level that are as often the subject of a sentence: `HTTP server started`. */
export const LEVEL_NOUNS: ReadonlySet<string> = new Set(['http', 'system', 'default', 'log', 'note']);

/** Tells whether a word needs a mark behind it to be taken for a level. */
export function isLevelNoun(word: ByteString): boolean {
  return LEVEL_NOUNS.has(word.toLowerCase());
}

const LEVEL_OF_LETTER: Readonly<Record<string, Level>> = {
  T: 'TRACE',
  V: 'TRACE',
  D: 'DEBUG',
  I: 'INFO',
  N: 'INFO',
  W: 'WARN',
  E: 'ERROR',
  F: 'FATAL',
  C: 'FATAL',
};

const LEVEL_OF_MARK: Readonly<Record<string, Level>> = { '.': 'DEBUG', '-': 'DEBUG', '*': 'INFO', '#': 'WARN' };

/** The level of a mark of Redis; null where it is none. */
export function levelOfMark(mark: string): Level | null {
  return LEVEL_OF_MARK[mark] ?? null;
}

/** The level of one upper-case letter (glog, logcat, MongoDB, Ruby); null where it names none. */
export function levelOfLetter(letter: string): Level | null {
  return LEVEL_OF_LETTER[letter] ?? null;
}

const SEVERITIES: readonly Level[] = ['FATAL', 'FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG'];

/** The level of a syslog severity, 0 to 7. Source: RFC 5424, section 6.2.1, table 2. */
export function levelOfSeverity(severity: number): Level | null {
  return SEVERITIES[severity] ?? null;
}

/** Least numbers of the scales that are in use, with the level from there on: pino and bunyan, Monolog's, logback's. */
const SCALE: readonly (readonly [least: number, level: Level | null])[] = [
  [40_000, 'ERROR'],
  [30_000, 'WARN'],
  [20_000, 'INFO'],
  [10_000, 'DEBUG'],
  [5000, 'TRACE'],
  [601, null],
  [500, 'FATAL'],
  [400, 'ERROR'],
  [300, 'WARN'],
  [200, 'INFO'],
  [100, 'DEBUG'],
  [60, 'FATAL'],
  [50, 'ERROR'],
  [40, 'WARN'],
  [30, 'INFO'],
  [20, 'DEBUG'],
  [8, 'TRACE'],
];

/**
 * The level of a number: up to 7 a syslog severity (GELF, journald), up to 99 the scale of pino and bunyan, up to 600
 * that of Monolog, from 5000 that of logback. Sources: Graylog GELF 1.1; pino `levels.values`; Monolog `Level.php`;
 * logback `Level.java`.
 */
export function levelOfNumber(number: number): Level | null {
  if (!Number.isInteger(number) || number < 0) return null;
  if (number < 8) return levelOfSeverity(number);
  return SCALE.find(([least]) => number >= least)?.[1] ?? null;
}
