/** Loads a command when it is called, and runs it with its options checked. */
import type { StartedThread } from '../threads/start-thread.js';
import type { RawOptions } from './config.js';
import type { ExitCode } from './exit-codes.js';
import type { RawGenerateOptions } from './generate-config.js';
import type { LogOptions } from './log.js';
import type { LogLevel } from './log-levels.js';

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
  const [{ analyze }, { parseConfig }, { openLog }] = await Promise.all([
    import('./commands/analyze.js'),
    import('./config.js'),
    import('./log.js'),
  ]);
  const config = parseConfig(options, process.stdout.isTTY);
  return analyze(inputs, config, { log: openLog(logOptions(options, config.logLevel)), spare });
}

/** Runs `backtest` by the rules in the file `path`; resolves with the exit code. */
export async function runBacktest(
  path: string,
  inputs: readonly string[],
  options: RawBacktestOptions,
  spare: StartedThread | null,
): Promise<ExitCode> {
  const [{ backtest, readRules }, { dimensionsOf }, { parseConfig }, { openLog }] = await Promise.all([
    import('./commands/backtest.js'),
    import('../domain/alerts/parse-rules.js'),
    import('./config.js'),
    import('./log.js'),
  ]);
  const asked = parseConfig({ ...options, window: options.window ?? '10s' }, process.stdout.isTTY);
  const rules = readRules(path);
  const config = { ...asked, windowedKeys: dimensionsOf(rules) };
  const log = openLog(logOptions(options, config.logLevel));
  return backtest(inputs, { rules, config, isCheck: options.fail ?? false }, { log, spare });
}

function logOptions({ logFormat }: RawOptions, level: LogLevel): LogOptions {
  const format = logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json');
  return { level, format: format === 'json' ? 'json' : 'pretty' };
}
