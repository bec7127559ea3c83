/** Names under which logs lie in a directory. */

/** As globs of the last part of a path; the sentence of MR_ERR_INPUT_NONE lists them. */
export const LOG_NAMES = [
  '*.log',
  '*.log.*',
  '*.log-*',
  '*log',
  '*.out',
  '*.err',
  '*.txt',
  '*.json',
  '*.jsonl',
  '*.ndjson',
  'messages',
  'secure',
  'cron',
  'debug',
] as const;

const LOG_NAME = new RegExp(`^(?:${LOG_NAMES.map(sourceOf).join('|')})$`, 's');
/** What rotation appends: a number or a date. */
const ROTATION = /[.-]\d[\d.T:_-]*$/;
const COMPRESSION = /\.(?:gz|bz2|xz|zst|lz4|lzma|zip|Z)$/;
/** Tables of logins, for the most part holes: text to nobody, though they begin like a run of NULs in a log. */
const LOGIN_TABLES: ReadonlySet<string> = new Set(['lastlog', 'faillog', 'tallylog']);

/** What the name of a file in a directory says of it. */
export type NameKind = 'log' | 'compressed log' | 'other';

/** Tells a log by its name, with or without what rotation appends; hidden files are none. */
export function kindOfName(name: string): NameKind {
  const plain = name.replace(COMPRESSION, '');
  const stem = plain.replace(ROTATION, '');
  if (name.startsWith('.') || LOGIN_TABLES.has(stem)) return 'other';
  if (!LOG_NAME.test(plain) && !LOG_NAME.test(stem)) return 'other';
  return plain === name ? 'log' : 'compressed log';
}

/** Tells what is compressed by its name. */
export function isCompressedName(name: string): boolean {
  return COMPRESSION.test(name);
}

function sourceOf(glob: string): string {
  return glob.replaceAll('.', '\\.').replaceAll('*', '.*');
}
