/** Reads what follows the name of a command. */
import { failure } from '../../domain/errors.js';
import { nearestWord } from '../nearest-word.js';

/** Arguments, the options apart from the words. */
export interface Arguments {
  /** By name, such as `--last`. */
  readonly options: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** What a command takes. */
export interface ArgumentShape {
  /** Options that take a value, as `--last 15m` or `--last=15m`. */
  readonly options?: readonly string[];
  readonly maxWords?: number;
}

/** @throws MR_ERR_COMMAND_ARGUMENT where there are others than the command takes */
export function readArguments(
  command: string,
  args: readonly string[],
  { options: names = [], maxWords = 0 }: ArgumentShape,
): Arguments {
  const options = new Map<string, string>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    const [name = '', ...rest] = arg.split('=');
    if (!names.includes(name)) throw refusal(command, name, names);
    const value = rest.length > 0 ? rest.join('=') : args[(index += 1)];
    if (value === undefined || value === '')
      throw failure('MR_ERR_COMMAND_ARGUMENT', [command, `a value for ${name}`, '']);
    if (options.has(name)) throw failure('MR_ERR_COMMAND_ARGUMENT', [command, `${name} once`, `${name} ${value}`]);
    options.set(name, value);
  }
  const extra = words[maxWords];
  if (extra !== undefined) throw refusal(command, extra, names);
  return { options, words };
}

function refusal(command: string, found: string, names: readonly string[]): Error {
  const nearest = nearestWord(found, names);
  const known = names.length === 0 ? 'no such argument' : `only ${names.join(', ')}`;
  return failure('MR_ERR_COMMAND_ARGUMENT', [
    command,
    nearest === '' ? known : `${known} (did you mean ${nearest}?)`,
    found,
  ]);
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_SPAN_MS = 10 * 365 * 86_400_000;

/** Reads a span of time such as `90s`, `15m`, `1.5h` or `2d`, in ms, at most ten years. @throws MR_ERR_COMMAND_ARGUMENT */
export function readSpan(command: string, option: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(s|m|min|h|d)$/.exec(text.trim()) ?? [];
  const spanMs = Math.round(Number(amount) * (UNITS_MS[unit] ?? Number.NaN));
  if (!(spanMs >= 1000 && spanMs <= MAX_SPAN_MS))
    throw failure('MR_ERR_COMMAND_ARGUMENT', [command, `${option} with a time such as 90s, 15m, 2h or 7d`, text]);
  return spanMs;
}

/** Reads one of `choices`. @throws MR_ERR_COMMAND_ARGUMENT */
export function readChoice<Choice extends string>(
  command: string,
  [option, text]: readonly [string, string],
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  const nearest = nearestWord(text, choices);
  const hint = nearest === '' ? '' : ` (did you mean ${nearest}?)`;
  throw failure('MR_ERR_COMMAND_ARGUMENT', [command, `${option} with one of ${choices.join(', ')}${hint}`, text]);
}
