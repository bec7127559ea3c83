/** What one run of `analyze` is to do: options parsed and checked once, here and nowhere else. */
import { availableParallelism } from 'node:os';
import type { ChaosPlan } from '../domain/chaos.js';
import type { Engine, Folding } from '../domain/plan.js';
import type { Dimension } from '../domain/summary/dimensions.js';
import { FORMAT_NAMES, formatNamed } from '../parsers/registry.js';
import type { LogLevel } from './log-levels.js';
import {
  parseChaos,
  parseCount,
  parseDimensions,
  parseDuration,
  parseSize,
  parseTimezone,
  parseWindow,
} from './parse-option.js';

/** Options as the command line gives them: texts, absent where not given. */
export interface RawOptions {
  readonly format?: string;
  readonly timezone?: string;
  readonly window?: string;
  readonly top?: string;
  /** One for each time that the option was given. */
  readonly keysPerWindow?: readonly string[];
  readonly foldIds?: boolean;
  readonly workers?: string;
  readonly chunkSize?: string;
  readonly stallTimeout?: string;
  readonly chaos?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly engine?: string;
  readonly logLevel: string;
  readonly logFormat?: string;
}

/** Options of a run, checked, with defaults filled in. */
export interface AnalyzeConfig {
  readonly formats: readonly string[];
  readonly timezone: string;
  readonly windowMs: number;
  readonly topCount: number;
  /** Dimensions of which keys are counted per window, in the order of DIMENSIONS. */
  readonly windowedKeys: readonly Dimension[];
  readonly folding: Folding;
  readonly workers: number;
  /** Null: chosen by the size of the input. */
  readonly chunkBytes: number | null;
  readonly stallTimeoutMs: number;
  readonly chaos: ChaosPlan | null;
  readonly poison: string | null;
  readonly engine: Engine;
  readonly output: 'text' | 'json' | 'csv';
  readonly isQuiet: boolean;
  readonly useColor: boolean;
  readonly logLevel: LogLevel;
}

/** Values for what is not asked for. */
export const DEFAULTS = Object.freeze({
  windowMs: 60_000,
  topCount: 10,
  stallTimeoutMs: 10_000,
  engine: 'scanner',
});

const MAX_WORKERS = 256;
const MAX_CHUNK_BYTES = 256 * 1024 * 1024;

/** Checks the options of `analyze`. @throws MR_ERR_OPTION_INVALID, MR_ERR_FORMAT_UNKNOWN, MR_ERR_TIMEZONE_UNKNOWN, MR_ERR_CHAOS_INVALID */
export function parseConfig(raw: RawOptions, isTerminal: boolean): AnalyzeConfig {
  const chaos = raw.chaos === undefined ? { plan: null, poison: null } : parseChaos(raw.chaos);
  return {
    formats: raw.format === undefined ? FORMAT_NAMES : [formatNamed(raw.format).name],
    timezone: parseTimezone(raw.timezone ?? hostTimezone()),
    windowMs: raw.window === undefined ? DEFAULTS.windowMs : parseWindow('--window', raw.window),
    topCount: raw.top === undefined ? DEFAULTS.topCount : parseCount('--top', raw.top, [0, 10_000]),
    windowedKeys: parseDimensions('--keys-per-window', raw.keysPerWindow ?? []),
    folding: raw.foldIds === false ? 'none' : 'ids',
    workers:
      raw.workers === undefined ? availableParallelism() : parseCount('--workers', raw.workers, [1, MAX_WORKERS]),
    chunkBytes:
      raw.chunkSize === undefined ? null : Math.min(parseSize('--chunk-size', raw.chunkSize), MAX_CHUNK_BYTES),
    stallTimeoutMs:
      raw.stallTimeout === undefined ? DEFAULTS.stallTimeoutMs : parseDuration('--stall-timeout', raw.stallTimeout),
    chaos: chaos.plan,
    poison: chaos.poison,
    engine: (raw.engine ?? DEFAULTS.engine) as Engine, // one of the choices that the command line offers
    output: raw.json ? 'json' : raw.csv ? 'csv' : 'text',
    isQuiet: raw.quiet ?? false,
    useColor: isTerminal && raw.color !== false && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    logLevel: raw.logLevel as LogLevel, // one of the choices that the command line offers
  };
}

/** How a date ends in a zone that Intl calls UTC: to ask Intl costs 10 ms in a fresh process. */
const IN_UTC = '(Coordinated Universal Time)';

/** The zone of this host; UTC where its `TZ` is none of IANA's names, which leaves the runtime without a name. */
function hostTimezone(): string {
  if (new Date().toString().endsWith(IN_UTC)) return 'UTC';
  const { timeZone }: { timeZone?: string } = Intl.DateTimeFormat().resolvedOptions();
  return timeZone ?? 'UTC';
}
