/** Loads a command when it is called, and runs it with its options checked. */
import { MillraceError } from '../domain/errors.js';
import type { StartedThread } from '../threads/start-thread.js';
import type { AnalyzeConfig, RawOptions } from './config.js';
import type { DaemonOptions } from './daemon-place.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { RawGenerateOptions } from './generate-config.js';
import type { Log } from './log.js';
import { sayError } from './say-error.js';
import type { CheckedWatchConfig, RawWatchOptions, WatchConfig } from './watch-config.js';

/** Options of `backtest` as the command line gives them. */
export interface RawBacktestOptions extends RawOptions {
  readonly fail?: boolean;
}

/** Runs `generate`; resolves with the exit code. */
export async function runGenerate(options: RawGenerateOptions): Promise<ExitCode> {
  const [{ generate }, { parseGenerateConfig }] = await Promise.all([
    import('./commands/generate.js'),
    import('./generate-config.js'),
  ]);
  return generate(parseGenerateConfig(options, process.stdout.isTTY));
}

/** Runs `analyze`; resolves with the exit code. */
export async function runAnalyze(
  inputs: readonly string[],
  options: RawOptions,
  spare: StartedThread | null,
): Promise<ExitCode> {
  const [{ analyze }, config] = await Promise.all([import('./commands/analyze.js'), configOf(options)]);
  return config === null ? EXIT.usage : analyze(inputs, config, { log: await logOf(config), spare });
}

/** Runs `backtest` by the rules in the file `path`; resolves with the exit code. */
export async function runBacktest(
  path: string,
  inputs: readonly string[],
  options: RawBacktestOptions,
  spare: StartedThread | null,
): Promise<ExitCode> {
  const [{ backtest, readRules }, { dimensionsOf }, asked] = await Promise.all([
    import('./commands/backtest.js'),
    import('../domain/alerts/parse-rules.js'),
    configOf({ ...options, window: options.window ?? BACKTEST_WINDOW }),
  ]);
  if (asked === null) return EXIT.usage;
  const rules = readRules(path);
  const config = { ...asked, windowedKeys: dimensionsOf(rules) };
  return backtest(inputs, { rules, config, isCheck: options.fail ?? false }, { log: await logOf(config), spare });
}

/** Runs `watch` over some directories; resolves with the exit code when it is told to end. */
export async function runWatch(
  directories: readonly string[],
  options: RawWatchOptions,
  version: string,
): Promise<ExitCode> {
  const [{ watch }, { readWatchConfig }, { surroundings }] = await Promise.all([
    import('./commands/watch.js'),
    import('./watch-config.js'),
    import('./config.js'),
  ]);
  const read = (): CheckedWatchConfig =>
    readWatchConfig({ ...options, directories }, surroundings(), process.stderr.isTTY);
  const { config, faults } = read();
  for (const fault of faults) sayError(fault);
  if (config === null) return EXIT.usage;
  const readConfig = (): WatchConfig => {
    const again = read();
    const [fault] = again.faults;
    if (again.config !== null) return again.config;
    throw new MillraceError(fault?.code ?? 'MR_ERR_UNEXPECTED', fault?.message ?? '');
  };
  return watch(config, { version, env: surroundings().env, readConfig });
}

/** What `status`, `stop` and `exec` take. */
export interface RawDaemonOptions extends DaemonOptions {
  readonly json?: boolean;
  readonly color?: boolean;
}

/** Runs a command of a daemon; resolves with the exit code. */
export async function runExec(line: string, options: RawDaemonOptions): Promise<ExitCode> {
  const [{ exec }, place] = await Promise.all([import('./commands/exec.js'), placeOf(options)]);
  if (place === null) return EXIT.usage;
  return exec(place.path, line, {
    isJson: options.json ?? false,
    useColor: place.hasColors && options.color !== false,
  });
}

/** Stops a daemon; resolves with the exit code when it is gone. */
export async function runStop(options: RawDaemonOptions): Promise<ExitCode> {
  const [{ stop }, place] = await Promise.all([import('./commands/exec.js'), placeOf(options)]);
  return place === null ? EXIT.usage : stop(place.path);
}

interface DaemonPlace {
  readonly path: string;
  readonly hasColors: boolean;
}

/** Where the daemon listens; null where something is wrong with what names it, which is said then. */
async function placeOf(options: DaemonOptions): Promise<DaemonPlace | null> {
  const [{ findDaemon }, { surroundings }] = await Promise.all([import('./daemon-place.js'), import('./config.js')]);
  const around = surroundings();
  const { socket, faults } = findDaemon(options, around);
  for (const fault of faults) sayError(fault);
  if (socket === null) return null;
  const { env } = around;
  const hasColors = process.stdout.isTTY && env['TERM'] !== 'dumb' && (env['NO_COLOR'] ?? '') === '';
  return { path: socket, hasColors };
}

/** What the daemon will judge by; the width that is set for reports is not meant. */
const BACKTEST_WINDOW = '10s';

/** The settings in force; null where something is wrong with them, which is said then. */
async function configOf(options: RawOptions): Promise<AnalyzeConfig | null> {
  const { readConfig, surroundings } = await import('./config.js');
  const { config, faults } = readConfig(options, surroundings(), process.stdout.isTTY);
  for (const fault of faults) sayError(fault);
  return config;
}

async function logOf({ logLevel, logFormat }: AnalyzeConfig): Promise<Log> {
  const { openLog } = await import('./log.js');
  return openLog({ level: logLevel, format: logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json') });
}
