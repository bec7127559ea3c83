/** Third-party cases: lines, and what their sources say of them. How to compare: `../shared/corpora/README.md`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeText } from '../../src/domain/byte-string.js';
import { createLineParser, type LineParser } from '../../src/parsers/parse-line.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { CORPORA } from './capability.js';

/** One case; what its source does not state is absent. */
export interface CorpusCase {
  readonly id: string;
  readonly kind: string;
  /** A label of the collection, not a format of ours. */
  readonly format: string;
  readonly line: string;
  readonly expect: {
    readonly parse?: 'fail';
    readonly timestamp?: string;
    readonly timestampNoYear?: string;
    /** The zone in which the source read a stamp without zone. */
    readonly zone?: string;
    readonly level?: string;
    readonly status?: number | string;
    readonly method?: string;
    readonly path?: string;
    readonly durationMs?: number;
    readonly clientIp?: string;
  };
}

/** Parts of an entry that are compared; `line` is the line as such, which must be accepted. */
export type Part = 'line' | 'timestamp' | 'level' | 'status' | 'method' | 'path' | 'durationMs' | 'clientIp';

/** All cases of one physical line, by label. */
export function lineCases(): ReadonlyMap<string, readonly CorpusCase[]> {
  const files = readdirSync(join(CORPORA, 'cases')).filter((name) => name.endsWith('.jsonl'));
  const cases = files.flatMap((name) => linesIn(join('cases', name)).map((line) => JSON.parse(line) as CorpusCase));
  const byLabel = new Map<string, CorpusCase[]>();
  for (const each of cases) {
    if (each.kind === 'line') byLabel.set(each.format, [...(byLabel.get(each.format) ?? []), each]);
  }
  return byLabel;
}

/** The non-empty lines of a file of the collection. */
export function linesIn(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): readonly string[] {
  return readFileSync(join(CORPORA, path), encoding)
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '');
}

/** What the collection states of one of its whole files. */
export function truthOf<Truth>(folder: string): Truth {
  return JSON.parse(readFileSync(join(CORPORA, folder, 'truth.json'), 'utf8')) as Truth;
}

/** A parser of all formats; stamps without a year are of 2029 at the latest. */
export function corpusParser(): LineParser {
  return createLineParser({ formats: FORMAT_NAMES, timezone: 'UTC', referenceAt: Date.UTC(2030, 0, 1) });
}

/** The parts in which the parser disagrees with the source of a case. */
export function missesOf(parser: LineParser, { line, expect }: CorpusCase): readonly Part[] {
  const entry = parser.parse(encodeText(line));
  if ('reason' in entry) return ['line'];
  const { metrics, fields } = entry;
  const misses: Record<Exclude<Part, 'line'>, boolean> = {
    timestamp: !isSameTime(entry.timestamp, expect),
    level: differs(expect.level, entry.level),
    status: differs(expect.status?.toString(), metrics.status?.toString()),
    method: differs(expect.method?.toUpperCase(), fields.method?.toUpperCase()),
    path: differs(expect.path?.split('?')[0], fields.path),
    durationMs: expect.durationMs !== undefined && !isNear(expect.durationMs * 1000, metrics.durationUs, 1),
    clientIp: differs(expect.clientIp, fields.clientIp),
  };
  return (Object.keys(misses) as Exclude<Part, 'line'>[]).filter((part) => misses[part]);
}

function differs(stated: string | undefined, read: string | null | undefined): boolean {
  return stated !== undefined && stated !== '' && stated !== read;
}

function isNear(stated: number, read: number | null | undefined, tolerance: number): boolean {
  return read !== null && read !== undefined && Math.abs(stated - read) <= tolerance;
}

/** Within a millisecond; whole seconds where the source has no fraction, and from the month on where it has no year. */
function isSameTime(read: number | null, { timestamp, timestampNoYear, zone }: CorpusCase['expect']): boolean {
  if (timestampNoYear !== undefined)
    return read !== null && new Date(read).toISOString().slice(5, 19) === timestampNoYear.slice(0, 14);
  if (timestamp === undefined || (zone !== undefined && zone !== 'assumed-utc')) return true;
  const stated = Date.parse(timestamp.replace(/(\.\d{3})\d+/, '$1'));
  return timestamp.includes('.')
    ? isNear(stated, read, 1)
    : read !== null && Math.floor(read / 1000) === Math.floor(stated / 1000);
}
