/**
 * The one table of settings: what may be set on the command line, in the environment and in files. The options and
 * their help, the variables, the keys of files, all checks and the table of docs/config.md are made of it.
 */
import { availableParallelism } from 'node:os';
import { ENGINES } from '../domain/plan.js';
import { DIMENSIONS } from '../domain/summary/dimensions.js';
import { FORMAT_NAMES } from '../parsers/registry.js';
import { hostTimezone } from './host-timezone.js';
import { LOG_LEVELS } from './log-levels.js';
import {
  parseChoice,
  parseCount,
  parseDimensions,
  parseDuration,
  parseFormat,
  parseSize,
  parseSwitch,
  parseTimezone,
  parseWindow,
} from './parse-option.js';
import type { Setting, SettingUser } from './setting.js';
import { WATCH_SETTINGS } from './watch-settings.js';

const MAX_TOP = 10_000;
const MAX_WORKERS = 256;
const LOG_FORMATS = ['json', 'pretty'] as const;
/** Commands that go by a setting. */
const ALL: readonly SettingUser[] = ['analyze', 'backtest', 'watch'];
const RUNS: readonly SettingUser[] = ['analyze', 'backtest'];
const ANALYZE: readonly SettingUser[] = ['analyze'];

/** By name: the option is `--name`, the variable `MILLRACE_NAME`, the key of a file `name`. */
export const SETTINGS = {
  format: {
    type: 'choice',
    placeholder: '<name>',
    letter: 'f',
    help: `read every line in this format: ${FORMAT_NAMES.join(', ')}`,
    fallback: { words: 'recognise each line', text: null },
    of: ALL,
    parse: parseFormat,
  },
  timezone: {
    type: 'name',
    placeholder: '<zone>',
    letter: 'z',
    help: 'IANA zone of stamps without zone',
    fallback: { words: 'that of this host', text: hostTimezone },
    of: ALL,
    parse: parseTimezone,
  },
  window: {
    type: 'time',
    placeholder: '<time>',
    letter: 'w',
    help: 'finest width of a window, such as 10s or 5m',
    fallback: '1m',
    of: RUNS,
    parse: parseWindow,
  },
  top: {
    type: 'count',
    placeholder: '<count>',
    letter: 'n',
    help: 'keys in each top list',
    fallback: '10',
    of: ANALYZE,
    parse: (where, text) => parseCount(where, text, [0, MAX_TOP]),
  },
  'keys-per-window': {
    type: 'list',
    placeholder: '<dimensions>',
    help: `also list the top keys of each window: ${DIMENSIONS.join(', ')}, separated by commas`,
    fallback: { words: 'none', text: () => '' },
    of: ANALYZE,
    parse: (where, text) => (text === '' ? [] : parseDimensions(where, text)),
  },
  'fold-ids': {
    type: 'switch',
    placeholder: null,
    help: 'numbers, UUIDs, hashes and tokens in paths count as :id',
    fallback: 'true',
    of: ALL,
    parse: parseSwitch,
  },
  workers: {
    type: 'count',
    placeholder: '<count>',
    help: 'scan threads',
    fallback: { words: 'one for each core', text: () => String(Math.min(availableParallelism(), MAX_WORKERS)) },
    of: ALL,
    parse: (where, text) => parseCount(where, text, [1, MAX_WORKERS]),
  },
  'chunk-size': {
    type: 'size',
    placeholder: '<size>',
    help: 'bytes of a chunk, such as 4MiB',
    fallback: { words: 'by the size of the input', text: null },
    of: RUNS,
    parse: parseSize,
  },
  'stall-timeout': {
    type: 'time',
    placeholder: '<time>',
    help: 'end a worker without progress after this time',
    fallback: '10s',
    of: ALL,
    parse: parseDuration,
  },
  engine: {
    type: 'choice',
    placeholder: '<engine>',
    help: 'what reads the lines: scanner is the kernel, reference the plain and slow parser',
    fallback: 'scanner',
    of: ALL,
    parse: (where, text) => parseChoice(where, text, ENGINES),
  },
  quiet: {
    type: 'switch',
    placeholder: null,
    letter: 'q',
    help: 'no progress bar',
    fallback: 'false',
    of: RUNS,
    parse: parseSwitch,
  },
  color: {
    type: 'switch',
    placeholder: null,
    help: 'colours on a terminal',
    fallback: 'true',
    of: RUNS,
    parse: parseSwitch,
  },
  'log-level': {
    type: 'choice',
    placeholder: '<level>',
    help: `least severity of the own log on stderr: ${LOG_LEVELS.join(', ')}`,
    fallback: { words: 'error, of watch info', text: null },
    of: ALL,
    parse: (where, text) => parseChoice(where, text, LOG_LEVELS),
  },
  'log-format': {
    type: 'choice',
    placeholder: '<format>',
    help: `form of the own log: ${LOG_FORMATS.join(', ')}`,
    fallback: { words: 'pretty on a terminal, else json', text: null },
    of: ALL,
    parse: (where, text) => parseChoice(where, text, LOG_FORMATS),
  },
  ...WATCH_SETTINGS,
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;
type Table = typeof SETTINGS;

/** A value for each setting; null where the run decides. */
export type Settings = {
  readonly [Name in SettingName]:
    | ReturnType<Table[Name]['parse']>
    | (Table[Name]['fallback'] extends { readonly text: null } ? null : never);
};

/** The names of all settings, in the order of the table. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** The table's row of a name, where only what all rows have in common matters. */
export function settingNamed(name: SettingName): Setting<unknown> {
  return SETTINGS[name];
}

/** What holds where a setting is not set, in words. */
export function fallbackWords({ fallback }: Setting<unknown>): string {
  return typeof fallback === 'string' ? fallback : fallback.words;
}

/** What holds where a setting is not set, as a text to be read; null where the run decides. */
export function fallbackText({ fallback }: Setting<unknown>): string | null {
  return typeof fallback === 'string' ? fallback : (fallback.text?.() ?? null);
}

/** The variable that sets it: `MILLRACE_CHUNK_SIZE`. */
export function variableOf(name: SettingName): string {
  return `MILLRACE_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Tells whether a setting has this name. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** The names of the settings that a command goes by, in the order of the table. */
export function settingsOf(user: SettingUser): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => settingNamed(name).of.includes(user));
}
