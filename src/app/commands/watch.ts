/** `millrace watch`: the daemon, in the foreground. */
import { ControlServer } from '../../repl/control-server.js';
import { daemonCommands } from '../../repl/daemon-commands.js';
import { socketOf } from '../../repl/socket-place.js';
import { loadKernel } from '../../threads/load-kernel.js';
import { Daemon } from '../daemon/daemon.js';
import { DaemonView } from '../daemon/daemon-view.js';
import { LiveSettings } from '../daemon/live-settings.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { WatchConfig } from '../watch-config.js';

/** What the daemon is started with besides its settings. */
export interface WatchTools {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads all settings anew. @throws what is wrong with them */
  readonly readConfig: () => WatchConfig;
}

/**
 * Runs until a signal or `stop` ends it; a second signal ends it at once: what is not committed is read again by the next.
 * @throws MR_ERR_STORE_FOLDER, MR_ERR_STORE_LOCKED, MR_ERR_STORE_NEWER, MR_ERR_STORE_FAILED, MR_ERR_SOCKET_BUSY, MR_ERR_SOCKET_PLACE
 */
export async function watch(config: WatchConfig, { version, env, readConfig }: WatchTools): Promise<ExitCode> {
  const settings = new LiveSettings(config);
  const { log } = settings;
  const kernel = config.engine === 'scanner' ? await loadKernel(config.formats) : null;
  const daemon = Daemon.start({ settings, kernel });
  const { stopped, stop } = untilStopped();
  const view = new DaemonView(daemon, { version, readConfig, onStop: stop });
  const server = new ControlServer({ table: daemonCommands({ port: view, now: Date.now }), version });
  const socket = socketOf(config.state, env);
  const forget = onSignals(stop, () => void reload(view, settings));
  try {
    await server.listen(socket);
    if (config.alerts.length > 0) log.warn('Alerts are not judged by this version', { rules: config.alerts.length });
    log.info('Watching', { roots: config.roots, state: config.state, socket, pid: process.pid });
    await stopped;
    log.info('Stopping');
    forget();
  } finally {
    await daemon.stop();
    await server.close();
  }
  log.info('Stopped');
  return EXIT.fine;
}

function untilStopped(): { readonly stopped: Promise<void>; readonly stop: () => void } {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return { stopped, stop };
}

/** After the first signal the second one has its usual effect: it ends the process. */
function onSignals(stop: () => void, onReload: () => void): () => void {
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('SIGHUP', onReload);
  return () => {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
  };
}

async function reload(view: DaemonView, { log }: LiveSettings): Promise<void> {
  try {
    log.info('Settings read again', await view.reload());
  } catch (error) {
    log.error('Settings could not be read again, those before hold', { error });
  }
}
