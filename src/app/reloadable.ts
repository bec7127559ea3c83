/** What a daemon makes of settings that were read again: which hold at once, and which it must be started anew for. */
import { isDeepStrictEqual } from 'node:util';
import type { WatchConfig } from './watch-config.js';

/** How settings changed; by name, in the order of the table. */
export interface Reload {
  /** What holds from now on: the old settings with what takes effect at once. */
  readonly config: WatchConfig;
  readonly atOnce: readonly string[];
  readonly needsRestart: readonly string[];
}

type Row = readonly [name: string, takesEffect: 'at once' | 'after a restart'];

/** A plan of a file and the state are fixed as they were begun; what only says how often or whom is not. */
const FIELDS: Readonly<Record<keyof WatchConfig, Row>> = {
  formats: ['format', 'after a restart'],
  timezone: ['timezone', 'after a restart'],
  folding: ['fold-ids', 'after a restart'],
  workers: ['workers', 'at once'],
  stallTimeoutMs: ['stall-timeout', 'after a restart'],
  engine: ['engine', 'after a restart'],
  log: ['log-level or log-format', 'at once'],
  roots: ['watch', 'after a restart'],
  state: ['state', 'after a restart'],
  include: ['include', 'at once'],
  exclude: ['exclude', 'at once'],
  from: ['from', 'after a restart'],
  scanIntervalMs: ['scan-interval', 'at once'],
  commitIntervalMs: ['commit-interval', 'at once'],
  maxChunkBytes: ['max-chunk', 'after a restart'],
  keys: ['keys', 'after a restart'],
  alerts: ['alerts', 'at once'],
  chaos: ['chaos', 'after a restart'],
  poison: ['poison', 'after a restart'],
};

/** Compares two readings of the settings. A rule by a dimension of which no keys are kept waits, with `keys`, for a restart. */
export function reloadable(before: WatchConfig, after: WatchConfig): Reload {
  const names = Object.keys(FIELDS) as readonly (keyof WatchConfig)[]; // its own keys
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const live = changed.filter((name) => FIELDS[name][1] === 'at once');
  return {
    config: { ...before, ...Object.fromEntries(live.map((name) => [name, after[name]])) },
    atOnce: live.map((name) => FIELDS[name][0]),
    needsRestart: changed.filter((name) => !live.includes(name)).map((name) => FIELDS[name][0]),
  };
}
