/** Where the state is kept, by convention. A pure function: who calls it reads the environment. */
import { isAbsolute, join } from 'node:path';

/** What the place of the state follows from. */
export interface StateFolderHints {
  /** Value of `--state`; null where it was not given. */
  readonly asked: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder of the state: `--state`, then the first of systemd's `$STATE_DIRECTORY`, then `$XDG_STATE_HOME/millrace`, then
 * `~/.local/state/millrace`. Null where there is not even a home.
 * Source: XDG Base Directory Specification 0.8 (paths that are not absolute are ignored); systemd.exec(5), StateDirectory=.
 */
export function stateFolderOf({ asked, env }: StateFolderHints): string | null {
  if (asked !== null && asked !== '') return asked;
  const [ofService = ''] = (env['STATE_DIRECTORY'] ?? '').split(':');
  if (ofService !== '') return ofService;
  const ofStates = env['XDG_STATE_HOME'] ?? '';
  if (isAbsolute(ofStates)) return join(ofStates, 'millrace');
  const home = env['HOME'] ?? '';
  return isAbsolute(home) ? join(home, '.local', 'state', 'millrace') : null;
}
