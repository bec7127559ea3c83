/** Turns the texts of options into values; each says what it expected and what it found. */
import { CHAOS_FAULTS, type ChaosFault, type ChaosPlan } from '../domain/chaos.js';
import { failure } from '../domain/errors.js';
import { type Dimension, DIMENSIONS } from '../domain/summary/dimensions.js';
import { FORMAT_NAMES } from '../parsers/registry.js';
import { isTimezone } from '../parsers/timezone.js';

const SIZE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const TIME_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const LATEST_START = Date.UTC(2100, 0, 1);

/** Reads a size such as `4MiB`, `512k` or `65536`: bytes, units in powers of 1024. @throws MR_ERR_OPTION_INVALID */
export function parseSize(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim());
  const bytes =
    match === null
      ? Number.NaN
      : Math.round(Number(match[1]) * (SIZE_UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN));
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    throw failure('MR_ERR_OPTION_INVALID', [option, 'a size such as 4MiB or 65536', text]);
  return bytes;
}

/** Reads a span of time such as `10s`, `5m` or `1h`, in ms. @throws MR_ERR_OPTION_INVALID */
export function parseDuration(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)$/i.exec(text.trim());
  const exactMs =
    match === null ? Number.NaN : Number(match[1]) * (TIME_UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN);
  const ms = Number(exactMs.toPrecision(15)); // 0.07m is 4200 ms, though not in binary
  if (!Number.isSafeInteger(ms) || ms < 1)
    throw failure('MR_ERR_OPTION_INVALID', [option, 'a time such as 10s, 5m or 1h', text]);
  return ms;
}

/** Reads a span of time in `[min, max]`, in ms. @throws MR_ERR_OPTION_INVALID */
export function parseDurationWithin(option: string, text: string, [min, max]: readonly [number, number]): number {
  const ms = parseDuration(option, text);
  if (ms < min || ms > max) throw failure('MR_ERR_OPTION_INVALID', [option, `${min} ms to ${max / 1000} s`, text]);
  return ms;
}

/** Reads a size in `[min, max]`, in bytes. @throws MR_ERR_OPTION_INVALID */
export function parseSizeWithin(option: string, text: string, [min, max]: readonly [number, number]): number {
  const bytes = parseSize(option, text);
  if (bytes < min || bytes > max)
    throw failure('MR_ERR_OPTION_INVALID', [option, `${min} to ${max} bytes, such as 1MiB`, text]);
  return bytes;
}

/** Reads the width of a window: whole seconds, at most 28 days. @throws MR_ERR_OPTION_INVALID */
export function parseWindow(option: string, text: string): number {
  const ms = parseDuration(option, text);
  if (ms % 1000 !== 0 || ms > 28 * 86_400_000) {
    throw failure('MR_ERR_OPTION_INVALID', [option, 'whole seconds, at most 28 days, such as 10s or 5m', text]);
  }
  return ms;
}

/** Reads a whole number in `[min, max]`. @throws MR_ERR_OPTION_INVALID */
export function parseCount(option: string, text: string, [min, max]: readonly [number, number]): number {
  const count = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(count >= min && count <= max))
    throw failure('MR_ERR_OPTION_INVALID', [option, `a whole number from ${min} to ${max}`, text]);
  return count;
}

const COUNT_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 };

/** Reads a whole number in `[min, max]`, also as `250k` or `10M`. @throws MR_ERR_OPTION_INVALID */
export function parseQuantity(option: string, text: string, [min, max]: readonly [number, number]): number {
  const match = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text.trim());
  const exact =
    match === null ? Number.NaN : Number(match[1]) * (COUNT_UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN);
  const count = Number(exact.toPrecision(15)); // 1.1M is 1,100,000, though not in binary
  if (!(Number.isInteger(count) && count >= min && count <= max))
    throw failure('MR_ERR_OPTION_INVALID', [option, `a whole number from ${min} to ${max}, such as 250k or 10M`, text]);
  return count;
}

/** Reads a share such as `0.001` or `0.1%`, from 0 to 1. @throws MR_ERR_OPTION_INVALID */
export function parseShare(option: string, text: string): number {
  const match = /^(\d*\.?\d+)\s*(%?)$/.exec(text.trim());
  const share = match === null ? Number.NaN : Number(match[1]) / (match[2] === '%' ? 100 : 1);
  if (!(share <= 1)) throw failure('MR_ERR_OPTION_INVALID', [option, 'a share such as 0.001 or 0.1%', text]);
  return share;
}

/** Reads the names of dimensions, separated by commas; returns them in their order. @throws MR_ERR_OPTION_INVALID */
export function parseDimensions(option: string, text: string): readonly Dimension[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (isDimension(name)) continue;
    throw failure('MR_ERR_OPTION_INVALID', [option, `one or more of ${DIMENSIONS.join(', ')}`, name]);
  }
  return DIMENSIONS.filter((dimension) => names.includes(dimension));
}

function isDimension(name: string): name is Dimension {
  return (DIMENSIONS as readonly string[]).includes(name);
}

const DATE_AND_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?(Z|[+-]\d{2}:\d{2})?$/;

/** Reads a date, also with a time and a zone, as epoch ms: `2024-01-24T08:00:00Z`. Without a zone it is UTC. @throws MR_ERR_OPTION_INVALID */
export function parseInstant(option: string, text: string): number {
  const [, date = '', time = '00:00', zone = 'Z'] = DATE_AND_TIME.exec(text.trim()) ?? [];
  const midnight = Date.parse(`${date}T00:00Z`);
  const isDate = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date); // not 30 February
  const instant = isDate ? Date.parse(`${date}T${time}${zone}`) : Number.NaN;
  if (!(instant >= 0 && instant < LATEST_START))
    throw failure('MR_ERR_OPTION_INVALID', [option, 'a time from 1970 to 2099 such as 2024-01-24T08:00:00Z', text]);
  return instant;
}

/** Checks the name of a time zone. @throws MR_ERR_TIMEZONE_UNKNOWN */
export function parseTimezone(option: string, text: string): string {
  if (!isTimezone(text)) throw failure('MR_ERR_TIMEZONE_UNKNOWN', [option, text]);
  return text;
}

/** Checks the name of a format. @throws MR_ERR_FORMAT_UNKNOWN */
export function parseFormat(option: string, text: string): string {
  if (!FORMAT_NAMES.includes(text)) throw failure('MR_ERR_FORMAT_UNKNOWN', [option, FORMAT_NAMES.join(', '), text]);
  return text;
}

/** Checks one of `choices`. @throws MR_ERR_OPTION_INVALID */
export function parseChoice<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === text);
  if (choice === undefined) throw failure('MR_ERR_OPTION_INVALID', [option, `one of ${choices.join(', ')}`, text]);
  return choice;
}

const ON: readonly string[] = ['true', 'yes', 'on', '1'];
const OFF: readonly string[] = ['false', 'no', 'off', '0'];

/** Reads `true` or `false`, also as yes and no, on and off, 1 and 0, in any case. @throws MR_ERR_OPTION_INVALID */
export function parseSwitch(option: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (!ON.includes(word) && !OFF.includes(word))
    throw failure('MR_ERR_OPTION_INVALID', [option, 'true or false', text]);
  return ON.includes(word);
}

/** What `--chaos` asks for. */
export interface ChaosOptions {
  readonly plan: ChaosPlan | null;
  /** Text whose lines kill their thread; null for none. */
  readonly poison: string | null;
}

/** Reads `crash=0.2,exit=0.05,hang=0.02,slow=0.1,duplicate=0.1,seed=7,poison=TEXT`. @throws MR_ERR_CHAOS_INVALID */
export function parseChaos(text: string): ChaosOptions {
  const rates: Record<ChaosFault, number> = { crash: 0, exit: 0, hang: 0, slow: 0, duplicate: 0 };
  let seed = 1;
  let poison: string | null = null;
  for (const pair of text.split(',')) {
    const [name, value] = splitOnce(pair.trim());
    if (name === 'poison' && value !== '') poison = value;
    else if (name === 'seed' && /^\d{1,15}$/.test(value)) seed = Number(value);
    else if (isFault(name) && isRate(value)) rates[name] = Number(value);
    else throw failure('MR_ERR_CHAOS_INVALID', [pair]);
  }
  const total = Object.values(rates).reduce((sum, rate) => sum + rate, 0);
  if (total > 1 + 1e-9) throw failure('MR_ERR_CHAOS_INVALID', [`${text} (rates add up to more than 1)`]);
  return { plan: total > 0 ? { rates, seed } : null, poison };
}

function splitOnce(pair: string): [string, string] {
  const place = pair.indexOf('=');
  return place < 0 ? [pair, ''] : [pair.slice(0, place), pair.slice(place + 1)];
}

function isFault(name: string): name is ChaosFault {
  return (CHAOS_FAULTS as readonly string[]).includes(name);
}

function isRate(value: string): boolean {
  return /^\d*\.?\d+$/.test(value) && Number(value) <= 1;
}
