/** Layers of settings, and what they come to: the strongest that sets a value wins; what is wrong in any of them is told. */
import type { AlertSetting } from './alert-settings.js';
import { type Fault, MillraceError, toFault } from '../domain/errors.js';
import { fallbackText, type SettingName, SETTING_NAMES, settingNamed, type Settings, variableOf } from './settings.js';

/** The files, strongest first. */
export const FILE_LAYERS = ['project', 'user', 'system'] as const;
export type FileLayer = (typeof FILE_LAYERS)[number];

/** Where a value comes from. */
export type Origin =
  | { readonly layer: 'command line'; readonly option: string }
  | { readonly layer: 'environment'; readonly variable: string }
  | { readonly layer: FileLayer; readonly file: string; readonly line: number }
  | { readonly layer: 'default' };

/** A text that a layer gives for a setting. */
export interface Finding {
  readonly name: SettingName;
  readonly text: string;
  /** Stands before what is wrong with it: an option, a variable, or a place in a file with the name. */
  readonly where: string;
  readonly origin: Origin;
}

/** The alerts of a file. */
export interface AlertsFinding {
  readonly alerts: readonly AlertSetting[];
  readonly origin: Origin;
}

/** What one layer says, in the order in which it says it: texts of settings, alerts, and what is wrong besides values. */
export type Layer = readonly (Finding | AlertsFinding | Fault)[];

/** A setting with its value. */
export interface Entry {
  readonly name: SettingName;
  /** As it was written; null where the run decides. */
  readonly text: string | null;
  readonly value: unknown;
  readonly origin: Origin;
}

/** What all layers come to. The settings hold only where there is no fault. */
export interface Settled {
  readonly settings: Settings;
  /** One for each setting, in the order of the table. */
  readonly entries: readonly Entry[];
  /** Those of the strongest file that states any, or that there are none. */
  readonly alerts: AlertsFinding;
  readonly faults: readonly Fault[];
}

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** Settings as the command line gives them: by the name in camel case, absent where not given. */
export type RawSettings = {
  readonly [Name in SettingName as Camel<Name>]?: string | boolean | readonly string[];
};

/** The layer of the command line. */
export function layerOfOptions(raw: RawSettings): Layer {
  const given = raw as Readonly<Record<string, RawSettings[keyof RawSettings]>>; // by name, whichever
  return SETTING_NAMES.flatMap((name): Finding[] => {
    const value = given[name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    if (value === undefined) return [];
    const option = value === false ? `--no-${name}` : `--${name}`;
    const text = typeof value === 'object' ? value.join(',') : String(value);
    return [{ name, text, where: option, origin: { layer: 'command line', option } }];
  });
}

/** The layer of the environment. An empty variable is as good as none; NO_COLOR (no-color.org) is weaker than MILLRACE_COLOR. */
export function layerOfEnvironment(env: NodeJS.ProcessEnv): Layer {
  const findings = SETTING_NAMES.flatMap((name): Finding[] => {
    const variable = variableOf(name);
    const text = env[variable] ?? '';
    return text === '' ? [] : [{ name, text, where: variable, origin: { layer: 'environment', variable } }];
  });
  const objection: Finding = {
    name: 'color',
    text: 'false',
    where: 'NO_COLOR',
    origin: { layer: 'environment', variable: 'NO_COLOR' },
  };
  return env['NO_COLOR'] ? [...findings, objection] : findings;
}

/** Variables that look like settings and are none; `others` are known as well. */
export function strayVariables(env: NodeJS.ProcessEnv, others: readonly string[]): string[] {
  const known: readonly string[] = [...SETTING_NAMES.map(variableOf), ...others];
  return Object.keys(env).filter((name) => name.startsWith('MILLRACE_') && !known.includes(name));
}

const NO_ALERTS: AlertsFinding = { alerts: [], origin: { layer: 'default' } };

/** Settles layers, the strongest first. Also what a stronger layer overrides must be right. */
export function settle(layers: readonly Layer[]): Settled {
  const faults: Fault[] = [];
  const found = new Map<SettingName, Entry>();
  let alerts: AlertsFinding | null = null;
  for (const said of layers.flat()) {
    if ('code' in said) {
      faults.push(said);
      continue;
    }
    if ('alerts' in said) {
      alerts ??= said;
      continue;
    }
    const { name, text, where, origin } = said;
    const value = collect(faults, () => settingNamed(name).parse(where, text));
    if (!found.has(name)) found.set(name, { name, text, value, origin });
  }
  const entries = SETTING_NAMES.map((name) => found.get(name) ?? defaultOf(name));
  const values = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  return { settings: values as Settings, entries, alerts: alerts ?? NO_ALERTS, faults }; // what the table's own parsers made
}

function defaultOf(name: SettingName): Entry {
  const setting = settingNamed(name);
  const text = fallbackText(setting);
  const value = text === null ? null : setting.parse(name, text);
  return { name, text, value, origin: { layer: 'default' } };
}

/** What `read` returns; null where it throws a failure, which is added to `faults`. */
export function collect<Value>(faults: Fault[], read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    faults.push(toFault(error));
    return null;
  }
}
