/** What one run of `generate` is to do: options parsed and checked once. */
import { failure } from '../domain/errors.js';
import { type ErrorMode, type FormatChoice, type GenerateOptions, OPTION_LIMITS } from '../generate/options.js';
import { parseCount, parseInstant, parseQuantity, parseShare, parseSize } from './parse-option.js';

/** Options as the command line gives them; format and errors are checked there. */
export interface RawGenerateOptions {
  readonly format: FormatChoice;
  readonly errors: ErrorMode;
  readonly size?: string;
  readonly out?: string;
  readonly truth?: string;
  readonly seed?: string;
  readonly rate?: string;
  readonly start?: string;
  readonly dirt?: string;
  readonly routes?: string;
  readonly paths?: string;
  readonly clients?: string;
  readonly distinct?: string;
}

/** Options of a run, checked, with defaults filled in. */
export interface GenerateConfig {
  readonly options: GenerateOptions;
  /** Path of the log; null for standard output. */
  readonly out: string | null;
  /** Path of the truth, `-` for standard output; null: beside the log, if that is a file. */
  readonly truth: string | null;
}

/** Values for what is not asked for. */
export const GENERATE_DEFAULTS = Object.freeze({
  sizeBytes: 100 * 1024 * 1024,
  seed: 1,
  rate: 200,
  startAt: Date.UTC(2024, 0, 24),
  dirt: 0.0002,
  routes: 120,
  paths: 200_000,
  clients: 50_000,
  distinct: 0,
});

/** Checks the options of `generate`. @throws MR_ERR_OPTION_INVALID */
export function parseGenerateConfig(raw: RawGenerateOptions, isTerminal: boolean): GenerateConfig {
  const out = raw.out === undefined || raw.out === '-' ? null : raw.out;
  if (raw.out === undefined && isTerminal)
    throw failure('MR_ERR_OPTION_INVALID', ['--out', 'a file, or - to fill the terminal', 'nothing']);
  if (out === null && raw.truth === '-')
    throw failure('MR_ERR_OPTION_INVALID', ['--truth', 'a file, for the log goes to standard output', '-']);
  if (out !== null && raw.truth === out)
    throw failure('MR_ERR_OPTION_INVALID', ['--truth', 'another file than --out', raw.truth]);
  return { options: generateOptions(raw), out, truth: raw.truth ?? null };
}

function generateOptions(raw: RawGenerateOptions): GenerateOptions {
  const read = (
    name: keyof typeof GENERATE_DEFAULTS,
    text: string | undefined,
    parse: (text: string) => number,
  ): number => (text === undefined ? GENERATE_DEFAULTS[name] : parse(text));
  const { routes, keys, rate } = OPTION_LIMITS;
  return {
    format: raw.format,
    errors: raw.errors,
    sizeBytes: read('sizeBytes', raw.size, (text) => parseSize('--size', text)),
    seed: read('seed', raw.seed, (text) => parseCount('--seed', text, [0, Number.MAX_SAFE_INTEGER])),
    rate: read('rate', raw.rate, (text) => parseCount('--rate', text, [1, rate])),
    startAt: read('startAt', raw.start, (text) => parseInstant('--start', text)),
    dirt: read('dirt', raw.dirt, (text) => parseShare('--dirt', text)),
    routes: read('routes', raw.routes, (text) => parseCount('--routes', text, [1, routes])),
    paths: read('paths', raw.paths, (text) => parseQuantity('--paths', text, [1, keys])),
    clients: read('clients', raw.clients, (text) => parseQuantity('--clients', text, [1, keys])),
    distinct: read('distinct', raw.distinct, (text) => parseQuantity('--distinct', text, [0, keys])),
  };
}
