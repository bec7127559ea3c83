import { type AnalyzeConfig, readConfig, type RawOptions } from '../../src/app/config.js';

/** Where a report goes, and what the environment says. */
interface Place {
  readonly env?: NodeJS.ProcessEnv;
  readonly isTerminal?: boolean;
}

/** What a run is to do where no file says anything. Throws, with all sentences, what is wrong with the options. */
export function configOf(raw: RawOptions, { env = {}, isTerminal = false }: Place = {}): AnalyzeConfig {
  const around = { env, workingDirectory: '/', home: null, root: '/' };
  const { config, faults } = readConfig({ ...raw, config: false }, around, isTerminal);
  if (config === null) throw new Error(faults.map(({ message }) => message).join('\n'));
  return config;
}
