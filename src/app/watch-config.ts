/** What the daemon is to do: settings of all layers and the directories of the command line, checked. To reload is to read again. */
import { resolve } from 'node:path';
import type { ChaosPlan } from '../domain/chaos.js';
import { failure, type Fault, toFault } from '../domain/errors.js';
import type { From } from '../domain/follow/next-range.js';
import type { Engine, Folding } from '../domain/plan.js';
import { dimensionsOf } from '../domain/alerts/parse-rules.js';
import { type Dimension, DIMENSIONS } from '../domain/summary/dimensions.js';
import { FORMAT_NAMES } from '../parsers/registry.js';
import { stateFolderOf } from '../store/state-folder.js';
import type { AlertSetting } from './alert-settings.js';
import type { Surroundings } from './config-files.js';
import { collect } from './config-layers.js';
import { loadSettings, type SettingOptions } from './load-settings.js';
import type { LogOptions } from './log.js';
import { type ChaosOptions, parseChaos } from './parse-option.js';
import type { Start } from './parse-watch-option.js';
import type { Settings } from './settings.js';

/** What the command line says to `watch`. */
export interface RawWatchOptions extends SettingOptions {
  /** The arguments: directories, which take the place of those of the setting `watch`. */
  readonly directories?: readonly string[];
  readonly chaos?: string;
}

/** What the daemon is to do, with defaults filled in; paths are absolute. */
export interface WatchConfig {
  /** Directories to watch, each once, at least one. */
  readonly roots: readonly string[];
  readonly state: string;
  /** Globs of paths below a root; none: files with names of logs. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** See `fromAt`. */
  readonly from: Start;
  readonly scanIntervalMs: number;
  readonly commitIntervalMs: number;
  readonly maxChunkBytes: number;
  /** Dimensions of which keys are kept for each window, in the order of DIMENSIONS: those asked for, and those of alerts. */
  readonly keys: readonly Dimension[];
  readonly timezone: string;
  readonly formats: readonly string[];
  readonly folding: Folding;
  readonly workers: number;
  readonly stallTimeoutMs: number;
  readonly engine: Engine;
  readonly chaos: ChaosPlan | null;
  readonly poison: string | null;
  readonly log: LogOptions;
  /** With what the settings say where an alert names no program and no URL. */
  readonly alerts: readonly AlertSetting[];
}

/** The options of a daemon, or all that is wrong with them. */
export type CheckedWatchConfig =
  | { readonly config: WatchConfig; readonly faults: readonly [] }
  | { readonly config: null; readonly faults: readonly Fault[] };

const NO_CHAOS: ChaosOptions = { plan: null, poison: null };

/** Loads and checks what `watch` is to do. `isTerminal` tells where its own log goes. */
export function readWatchConfig(raw: RawWatchOptions, around: Surroundings, isTerminal: boolean): CheckedWatchConfig {
  const { settings, alerts, faults: wrongSettings } = loadSettings(raw, around);
  const faults = [...wrongSettings];
  const chaos = raw.chaos === undefined ? NO_CHAOS : collect(faults, () => parseChaos(raw.chaos ?? ''));
  if (chaos === null || faults.length > 0) return { config: null, faults };
  const state = stateFolderIn(settings, around);
  const roots = rootsOf(raw.directories ?? [], settings, around);
  if (state === null) faults.push(toFault(failure('MR_ERR_OPTION_INVALID', ['--state', NO_HOME, 'nothing'])));
  if (roots.length === 0) faults.push(toFault(failure('MR_ERR_WATCH_NOTHING', [])));
  if (state === null || faults.length > 0) return { config: null, faults };
  const places = { roots, state, alerts: withDefaults(alerts.alerts, settings) };
  const requests = { chaos: chaos.plan, poison: chaos.poison };
  return { config: { ...places, ...requests, ...settingsOfWatch(settings, places.alerts, isTerminal) }, faults: [] };
}

/** What is wanted where there is no place for the state. */
export const NO_HOME = 'a directory, for this user has no home to keep the state in';

/** The folder of the state, as every command that has to do with a daemon finds it; null where there is no place for it. */
export function stateFolderIn(settings: Pick<Settings, 'state'>, around: Surroundings): string | null {
  const env = { ...around.env, HOME: around.env['HOME'] ?? around.home ?? undefined };
  const folder = stateFolderOf({ asked: settings.state, env });
  return folder === null ? null : resolve(around.workingDirectory ?? '/', folder);
}

/** What of the files that are there at the first start is read, if that is now, epoch ms. */
export function fromAt(start: Start, now: number): From {
  if (typeof start === 'string') return start;
  return 'at' in start ? start.at : now - start.agoMs;
}

function rootsOf(directories: readonly string[], { watch }: Settings, around: Surroundings): readonly string[] {
  const named = directories.length > 0 ? directories : watch;
  return [...new Set(named.map((directory) => resolve(around.workingDirectory ?? '/', directory)))];
}

function withDefaults(alerts: readonly AlertSetting[], settings: Settings): readonly AlertSetting[] {
  return alerts.map(({ rule, exec, webhook }) => ({
    rule,
    exec: exec ?? settings['alert-exec'],
    webhook: webhook ?? settings['alert-webhook'],
  }));
}

type OfSettings = Omit<WatchConfig, 'roots' | 'state' | 'alerts' | 'chaos' | 'poison'>;

function settingsOfWatch(settings: Settings, alerts: readonly AlertSetting[], isTerminal: boolean): OfSettings {
  const { format, include, exclude, from, keys, timezone, workers, engine } = settings;
  const wanted = [...keys, ...dimensionsOf(alerts.map(({ rule }) => rule))];
  return {
    include,
    exclude,
    from,
    scanIntervalMs: settings['scan-interval'],
    commitIntervalMs: settings['commit-interval'],
    maxChunkBytes: settings['max-chunk'],
    keys: DIMENSIONS.filter((dimension) => wanted.includes(dimension)),
    timezone,
    formats: format === null ? FORMAT_NAMES : [format],
    folding: settings['fold-ids'] ? 'ids' : 'none',
    workers,
    stallTimeoutMs: settings['stall-timeout'],
    engine,
    log: {
      level: settings['log-level'] ?? 'info',
      format: settings['log-format'] ?? (isTerminal ? 'pretty' : 'json'),
    },
  };
}
