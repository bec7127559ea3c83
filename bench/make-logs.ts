/** Writes logs of a given size for measurements: repeatable, with many lines that differ, and the truth about each. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { increment, type Truth } from './answer.js';

/** The kinds of log that are measured; `mixed` alternates between the other three. */
export const LOG_KINDS = ['plain', 'combined', 'json', 'mixed'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** One line with what it says. */
interface Entry {
  readonly text: string;
  readonly iso: string;
  readonly level: string | null;
  readonly status: number | null;
  readonly path: string | null;
}

/** A truth while its log is written. */
interface Tally {
  lines: number;
  errors: number;
  readonly levels: Map<string, number>;
  readonly statuses: Map<string, number>;
  readonly minutes: Map<string, number>;
  readonly paths: Map<string, number>;
}

const START = Date.UTC(2024, 0, 24);
const LINES_PER_SECOND = 200;
const BLOCK_LINES = 1000;
const ROUTES = Array.from({ length: 120 }, (_, index) => `/api/v1/section-${index % 12}/item-${index}`);
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Writes at least `bytes` bytes of whole lines to `path`, down to the disk; returns what they hold. */
export function writeLog(path: string, kind: LogKind, bytes: number): Truth {
  const tally: Tally = {
    lines: 0,
    errors: 0,
    levels: new Map(),
    statuses: new Map(),
    minutes: new Map(),
    paths: new Map(),
  };
  const file = openSync(path, 'w');
  for (let written = 0; written < bytes; ) {
    const first = tally.lines;
    const block = Array.from({ length: BLOCK_LINES }, (_, index) => countEntry(tally, entryOf(kind, first + index)));
    written += writeSync(file, `${block.join('\n')}\n`);
  }
  fsyncSync(file); // or the kernel writes it while others are timed
  closeSync(file);
  return truthOf(tally);
}

function countEntry(tally: Tally, { text, iso, level, status, path }: Entry): string {
  tally.lines += 1;
  if (level === 'ERROR' || (status !== null && status >= 500)) tally.errors += 1;
  increment(tally.minutes, iso.slice(0, 16));
  if (level !== null) increment(tally.levels, level);
  if (status !== null) increment(tally.statuses, String(status));
  if (path !== null) increment(tally.paths, path);
  return text;
}

/** Every line has a duration. */
function truthOf({ lines, errors, levels, statuses, minutes, paths }: Tally): Truth {
  return {
    lines,
    errors,
    timed: lines,
    levels: Object.fromEntries(levels),
    statuses: Object.fromEntries(statuses),
    minutes: Object.fromEntries(minutes),
    paths: Object.fromEntries(paths),
  };
}

function entryOf(kind: LogKind, index: number): Entry {
  if (kind === 'mixed') return entryOf((['plain', 'json', 'combined'] as const)[index % 3] ?? 'plain', index);
  const hash = Math.imul(index ^ (index >>> 7), 0x9e3779b1) >>> 0;
  const second = Math.floor(index / LINES_PER_SECOND);
  const at = new Date(START + second * 1000 + (index % LINES_PER_SECOND) * 5);
  const tookMs = 1 + Math.round(Math.exp((hash % 1000) / 140));
  return kind === 'plain' ? plainEntry(at, hash, tookMs) : accessEntry(kind, at, hash, tookMs);
}

function plainEntry(at: Date, hash: number, tookMs: number): Entry {
  const iso = at.toISOString();
  const level = hash % 100 < 2 ? 'ERROR' : hash % 100 < 8 ? 'WARN' : 'INFO';
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 23)} ${level} Request processed in ${tookMs}ms`;
  return { text, iso, level, status: null, path: null };
}

function accessEntry(kind: 'combined' | 'json', at: Date, hash: number, tookMs: number): Entry {
  const iso = at.toISOString();
  const path = ROUTES[Math.floor(((hash % 4096) / 4096) ** 2 * ROUTES.length)] ?? '/';
  const status = hash % 200 === 0 ? 500 : hash % 50 === 0 ? 404 : 200;
  if (kind === 'json') {
    const text = `{"time":"${iso}","level":"info","msg":"request","req":{"method":"GET","url":"${path}"},"res":{"statusCode":${status}},"responseTime":${tookMs}}`;
    return { text, iso, level: 'INFO', status, path };
  }
  const client = `10.${hash & 3}.${(hash >>> 3) & 31}.${(hash >>> 9) & 255}`;
  const text = accessLine({ at, client, path, status, sizeBytes: 200 + (hash % 9000), tookMs });
  return { text, iso, level: null, status, path };
}

/** What a line of an access log says. */
export interface Access {
  readonly at: Date;
  readonly client: string;
  readonly path: string;
  readonly status: number;
  readonly sizeBytes: number;
  readonly tookMs: number;
}

/** A line of a combined access log with the time that the request took, in seconds. */
export function accessLine({ at, client, path, status, sizeBytes, tookMs }: Access): string {
  const iso = at.toISOString();
  const day = `${iso.slice(8, 10)}/${MONTHS[at.getUTCMonth()] ?? ''}/${iso.slice(0, 4)}`;
  return `${client} - - [${day}:${iso.slice(11, 19)} +0000] "GET ${path} HTTP/1.1" ${status} ${sizeBytes} "-" "${AGENT}" ${(tookMs / 1000).toFixed(3)}`;
}
