/** What one run of `analyze` is to do: settings of all layers and requests of the command line, checked once, here and nowhere else. */
import { homedir } from 'node:os';
import type { ChaosPlan } from '../domain/chaos.js';
import type { Fault } from '../domain/errors.js';
import type { Engine, Folding } from '../domain/plan.js';
import type { Dimension } from '../domain/summary/dimensions.js';
import { FORMAT_NAMES } from '../parsers/registry.js';
import type { Surroundings } from './config-files.js';
import { collect } from './config-layers.js';
import { loadSettings, type SettingOptions } from './load-settings.js';
import type { LogLevel } from './log-levels.js';
import { type ChaosOptions, parseChaos } from './parse-option.js';
import type { Settings } from './settings.js';

/** What the command line says to `analyze`: settings, and what is asked of this one run. */
export interface RawOptions extends SettingOptions {
  readonly chaos?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
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
  /** Null: chosen by where the log goes. */
  readonly logFormat: 'json' | 'pretty' | null;
}

/** The options of a run, or all that is wrong with them. */
export type CheckedConfig =
  | { readonly config: AnalyzeConfig; readonly faults: readonly [] }
  | { readonly config: null; readonly faults: readonly Fault[] };

const MAX_CHUNK_BYTES = 256 * 1024 * 1024;
const NO_CHAOS: ChaosOptions = { plan: null, poison: null };

/** Loads and checks what `analyze` is to do. `isTerminal` tells where the report goes. */
export function readConfig(raw: RawOptions, around: Surroundings, isTerminal: boolean): CheckedConfig {
  const { settings, faults: wrongSettings } = loadSettings(raw, around);
  const faults = [...wrongSettings];
  const chaos = raw.chaos === undefined ? NO_CHAOS : collect(faults, () => parseChaos(raw.chaos ?? ''));
  if (chaos === null || faults.length > 0) return { config: null, faults };
  const hasColors = isTerminal && around.env['TERM'] !== 'dumb';
  return { config: { ...settingsOfRun(settings, hasColors), ...requestsOf(raw, chaos) }, faults: [] };
}

type Requests = Pick<AnalyzeConfig, 'chaos' | 'poison' | 'output'>;

function requestsOf(raw: RawOptions, { plan, poison }: ChaosOptions): Requests {
  return { chaos: plan, poison, output: raw.json ? 'json' : raw.csv ? 'csv' : 'text' };
}

function settingsOfRun(settings: Settings, hasColors: boolean): Omit<AnalyzeConfig, keyof Requests> {
  const { format, 'chunk-size': chunkBytes } = settings;
  return {
    formats: format === null ? FORMAT_NAMES : [format],
    timezone: settings.timezone,
    windowMs: settings.window,
    topCount: settings.top,
    windowedKeys: settings['keys-per-window'],
    folding: settings['fold-ids'] ? 'ids' : 'none',
    workers: settings.workers,
    chunkBytes: chunkBytes === null ? null : Math.min(chunkBytes, MAX_CHUNK_BYTES),
    stallTimeoutMs: settings['stall-timeout'],
    engine: settings.engine,
    isQuiet: settings.quiet,
    useColor: hasColors && settings.color,
    logLevel: settings['log-level'] ?? 'error',
    logFormat: settings['log-format'],
  };
}

/** Where this process runs. */
export function surroundings(): Surroundings {
  return {
    env: process.env,
    workingDirectory: ofSystem(() => process.cwd()),
    home: ofSystem(homedir) || null,
    root: '/',
  };
}

/**
 * Null where the system has no answer: a working directory that was removed, or the home of a user who is in no list, as in
 * many containers, without `HOME`.
 */
function ofSystem(ask: () => string): string | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  }
}
