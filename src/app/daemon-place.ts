/** Which daemon a command talks to. */
import { failure, type Fault, toFault } from '../domain/errors.js';
import { socketOf } from '../repl/socket-place.js';
import type { Surroundings } from './config-files.js';
import { collect } from './config-layers.js';
import { loadSettings } from './load-settings.js';
import { parsePath } from './parse-watch-option.js';
import { NO_HOME, stateFolderIn } from './watch-config.js';

/** How a user names a daemon; by default it is the one that `watch` would be here: the setting `state` says where. */
export interface DaemonOptions {
  readonly state?: string;
  readonly socket?: string;
  /** As for `watch`: the file that settings are read from, or false for none. */
  readonly config?: string | false;
}

/** The path of a control socket, or all that is wrong with what names it. */
export type FoundDaemon =
  | { readonly socket: string; readonly faults: readonly [] }
  | { readonly socket: null; readonly faults: readonly Fault[] };

/**
 * Finds the control socket. Settings are read only where no option names the daemon, and then must be right as a whole: a wrong
 * file may hide which daemon is meant, and another one might be stopped.
 */
export function findDaemon(options: DaemonOptions, around: Surroundings): FoundDaemon {
  if (options.socket !== undefined) return { socket: options.socket, faults: [] };
  const { state, faults } = stateOf(options, around);
  if (faults.length > 0) return { socket: null, faults };
  const folder = stateFolderIn({ state }, around);
  if (folder !== null) return { socket: socketOf(folder, around.env), faults: [] };
  return { socket: null, faults: [toFault(failure('MR_ERR_OPTION_INVALID', ['--state', NO_HOME, 'nothing']))] };
}

interface NamedState {
  readonly state: string | null;
  readonly faults: readonly Fault[];
}

function stateOf({ state, config }: DaemonOptions, around: Surroundings): NamedState {
  if (state !== undefined) {
    const faults: Fault[] = [];
    return { state: collect(faults, () => parsePath('--state', state)), faults };
  }
  const { settings, faults } = loadSettings(config === undefined ? {} : { config }, around);
  return { state: settings.state, faults };
}
