/** The part of the table of settings that only the daemon goes by. */
import { DIMENSIONS } from '../domain/summary/dimensions.js';
import { parseDimensions, parseDurationWithin, parseSizeWithin } from './parse-option.js';
import { parseCommand, parseGlobs, parsePath, parseStart, parseUrl, splitList } from './parse-watch-option.js';
import type { Setting, SettingUser } from './setting.js';

const WATCH: readonly SettingUser[] = ['watch'];
const SCAN_INTERVAL_MS = [100, 60_000] as const;
const COMMIT_INTERVAL_MS = [10, 10_000] as const;
/** Small ones are for tests; of large ones few fit into what may be in flight. */
const CHUNK_BYTES = [4096, 16 * 1024 * 1024] as const;

/** Rows of `SETTINGS`, see there. */
export const WATCH_SETTINGS = {
  watch: {
    type: 'list',
    placeholder: '<dirs>',
    help: 'directories to watch where the command names none',
    fallback: { words: 'none', text: () => '' },
    of: WATCH,
    hasNoOption: true,
    parse: (_, text) => splitList(text),
  },
  state: {
    type: 'name',
    placeholder: '<dir>',
    help: 'directory that the state is kept in',
    fallback: { words: '$STATE_DIRECTORY, else $XDG_STATE_HOME/millrace', text: null },
    of: WATCH,
    parse: parsePath,
  },
  include: {
    type: 'list',
    placeholder: '<globs>',
    help: 'read files of these names only, such as *.log,api/**',
    fallback: { words: 'names of logs', text: () => '' },
    of: WATCH,
    parse: parseGlobs,
  },
  exclude: {
    type: 'list',
    placeholder: '<globs>',
    help: 'read no files of these names',
    fallback: { words: 'none', text: () => '' },
    of: WATCH,
    parse: parseGlobs,
  },
  from: {
    type: 'name',
    placeholder: '<time>',
    help: 'at the first start read what is there: start is all, end nothing, a time such as 2h or 2026-11-25T10:00 files changed since',
    fallback: 'start',
    of: WATCH,
    parse: parseStart,
  },
  'scan-interval': {
    type: 'time',
    placeholder: '<time>',
    help: 'look for new files and new lines this often',
    fallback: '1s',
    of: WATCH,
    parse: (where, text) => parseDurationWithin(where, text, SCAN_INTERVAL_MS),
  },
  'commit-interval': {
    type: 'time',
    placeholder: '<time>',
    help: 'make durable and show what was counted this often',
    fallback: '250ms',
    of: WATCH,
    parse: (where, text) => parseDurationWithin(where, text, COMMIT_INTERVAL_MS),
  },
  'max-chunk': {
    type: 'size',
    placeholder: '<size>',
    help: 'most bytes that are read at once of a file that is watched',
    fallback: '1MiB',
    of: WATCH,
    parse: (where, text) => parseSizeWithin(where, text, CHUNK_BYTES),
  },
  keys: {
    type: 'list',
    placeholder: '<dimensions>',
    help: `dimensions of which keys are kept for each window: ${DIMENSIONS.join(', ')}, separated by commas`,
    fallback: 'path,method,level,status',
    of: WATCH,
    parse: (where, text) => (text === '' ? [] : parseDimensions(where, text)),
  },
  'alert-exec': {
    type: 'command',
    placeholder: '<program>',
    help: 'program to run when an alert fires or resolves, where the alert names none',
    fallback: { words: 'none', text: null },
    of: WATCH,
    parse: parseCommand,
  },
  'alert-webhook': {
    type: 'name',
    placeholder: '<url>',
    help: 'URL to post alerts to that fire or resolve, where the alert names none',
    fallback: { words: 'none', text: null },
    of: WATCH,
    parse: parseUrl,
  },
} as const satisfies Record<string, Setting<unknown>>;
