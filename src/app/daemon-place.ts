/** Which daemon a command talks to. */
import { failure } from '../domain/errors.js';
import { socketOf } from '../repl/socket-place.js';
import { stateFolderOf } from '../store/state-folder.js';

/** How a user names a daemon; by default it is the one whose state is in the usual place. */
export interface DaemonOptions {
  readonly state?: string;
  readonly socket?: string;
}

/** The path of its control socket. @throws MR_ERR_OPTION_INVALID where there is not even a home to look in */
export function daemonSocketOf({ state, socket }: DaemonOptions, env: NodeJS.ProcessEnv): string {
  if (socket !== undefined) return socket;
  const folder = stateFolderOf({ asked: state ?? null, env });
  if (folder === null)
    throw failure('MR_ERR_OPTION_INVALID', ['--state', 'the folder of a state, as no home is known', '']);
  return socketOf(folder, env);
}
