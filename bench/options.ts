/** What `npm run bench -- …` was asked for. */
import { parseArgs } from 'node:util';
import { MAX_DISTINCT_LINES } from './make-distinct.js';
import { LOG_KINDS, type LogKind } from './make-logs.js';

/** The parts of the bench, in the order in which they run. */
export const PARTS = ['peers', 'startup', 'kill', 'threads', 'scale', 'distinct'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  readonly kinds: readonly LogKind[];
  readonly sizeBytes: number;
  readonly rounds: number;
  /** Slow peers run on a log of one in so many of the bytes. */
  readonly share: number;
  /** Lines of the log in which every path and client is another. */
  readonly distinct: number;
  /** Names of the peers to run; null for all. */
  readonly peers: readonly string[] | null;
  /** Fetch what npm has of the peers before anything runs. */
  readonly isInstalling: boolean;
  /** Write the tables into RESULTS.md as well. */
  readonly isWriting: boolean;
}

export const USAGE = `npm run bench [-- PART… OPTIONS]
  PART…             ${PARTS.join(', ')}; default: peers, startup, kill
  --size SIZE       of each log, such as 250MB, 1GiB, 10GB; default 100MB
  --rounds COUNT    times that every command is timed, default 3
  --share COUNT     slow peers run on one part in so many, and the table says so; default 8, 1 for the whole
  --kinds KIND,…    ${LOG_KINDS.join(',')}; default: all
  --peers NAME,…    these peers only, as the head of the tables names them; default: all that are there
  --distinct COUNT  lines of the log of part 'distinct', default 10000000
  --install         fetch DuckDB from npm into bench/data/peers first
  --write           write the tables into bench/RESULTS.md, too`;

const QUICK_PARTS: readonly Part[] = ['peers', 'startup', 'kill'];
const MAX_COUNT = 1000;
const UNITS: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Reads the arguments after the script. @throws Error that says what was expected, and the usage */
export function parseOptions(args: readonly string[]): BenchOptions {
  try {
    return readOptions(args);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}

function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      size: { type: 'string', default: '100MB' },
      rounds: { type: 'string', default: '3' },
      share: { type: 'string', default: '8' },
      kinds: { type: 'string', default: LOG_KINDS.join(',') },
      peers: { type: 'string' },
      distinct: { type: 'string', default: '10000000' },
      install: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  return {
    parts: positionals.length === 0 ? QUICK_PARTS : pick('part', PARTS, positionals),
    kinds: pick('--kinds', LOG_KINDS, values.kinds.split(',')),
    sizeBytes: parseSize(values.size),
    rounds: parseCount('--rounds', values.rounds),
    share: parseCount('--share', values.share),
    distinct: parseCount('--distinct', values.distinct, MAX_DISTINCT_LINES),
    peers: values.peers?.split(',') ?? null,
    isInstalling: values.install,
    isWriting: values.write,
  };
}

/** The chosen ones in the order of `all`. */
function pick<T extends string>(option: string, all: readonly T[], chosen: readonly string[]): readonly T[] {
  const unknown = chosen.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`${option}: expected one of ${all.join(', ')}, found '${unknown}'`);
  return all.filter((known) => chosen.includes(known));
}

function parseSize(text: string): number {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)([KMG]i?B)$/.exec(text) ?? [];
  const bytes = Math.round(Number(count) * (UNITS[unit] ?? 0));
  if (bytes < 1) throw new Error(`--size: expected a size such as 250MB or 1GiB, found '${text}'`);
  return bytes;
}

function parseCount(option: string, text: string, max = MAX_COUNT): number {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= max) return Number(text);
  throw new Error(`${option}: expected a whole number from 1 to ${max}, found '${text}'`);
}
