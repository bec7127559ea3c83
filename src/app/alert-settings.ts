/** Alerts as a file of settings states them: the section `alerts`, a list of rules, each with what is to be called. */
import type { AlertRule } from '../domain/alerts/alert-rule.js';
import { parseRule } from '../domain/alerts/parse-rule.js';
import { MAX_RULES } from '../domain/alerts/parse-rules.js';
import { type Fault, MillraceError, toFault } from '../domain/errors.js';
import { parseCommand, parseUrl } from './parse-watch-option.js';

/** One alert. Null for what goes by the settings `alert-exec` and `alert-webhook`. */
export interface AlertSetting {
  readonly rule: AlertRule;
  /** A program and its arguments. */
  readonly exec: readonly string[] | null;
  readonly webhook: string | null;
}

/** A part of a file, as far as alerts look at it; offsets in the text of the file. */
export type Tree =
  | { readonly kind: 'text'; readonly offset: number; readonly text: string }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly Tree[] }
  | { readonly kind: 'map'; readonly offset: number; readonly pairs: readonly Pair[] };

/** A key with its value; without one the value is an empty text. */
export interface Pair {
  readonly offset: number;
  readonly key: string;
  readonly value: Tree;
}

/** Where alerts are read from, and whom what is wrong is told. */
export interface AlertPlace {
  /** Names a place in errors: `FILE:LINE:COLUMN`. */
  readonly where: (offset: number) => string;
  readonly complain: (offset: number, what: string) => void;
  readonly refuse: (fault: Fault) => unknown;
  /** False for a file that anybody may have laid there: what it says starts no program and calls nobody. */
  readonly mayCall: boolean;
}

/** What is said of a hook in a file that may have none. */
export const NO_HOOKS =
  'hooks are read from files of the user and the system, and from named ones (--config), not from that of the project';

const KEYS = ['name', 'rule', 'exec', 'webhook'] as const;
type Key = (typeof KEYS)[number];

/** Reads the section; of a wrong alert what is wrong is told, and the others are read. */
export function readAlerts(section: Tree, place: AlertPlace): readonly AlertSetting[] {
  if (section.kind !== 'list') {
    if (section.kind === 'map' || section.text !== '') place.complain(section.offset, 'alerts wants a list of rules');
    return [];
  }
  const found = new Map<string, AlertSetting>();
  const surplus = section.items[MAX_RULES];
  if (surplus !== undefined) place.complain(surplus.offset, `at most ${MAX_RULES} alerts`);
  for (const item of section.items.slice(0, MAX_RULES)) {
    const alert = readAlert(item, place);
    if (alert === null) continue;
    const { name } = alert.rule;
    if (found.has(name)) place.complain(item.offset, `two alerts have the name '${name}'`);
    else found.set(name, alert);
  }
  return [...found.values()];
}

function readAlert(item: Tree, place: AlertPlace): AlertSetting | null {
  if (item.kind === 'text') return withoutHooks(readRule(item.text, item.offset, place));
  if (item.kind === 'list') {
    place.complain(item.offset, 'an alert is a rule, or a map with a rule; found a list');
    return null;
  }
  const [only, ...others] = item.pairs;
  const isNamedRule = only !== undefined && others.length === 0 && !isKey(only.key) && only.value.kind === 'text';
  if (!isNamedRule) return readMap(item.pairs, item.offset, place);
  return withoutHooks(readRule(`${only.key}: ${textOf(only.value)}`, item.offset, place)); // so YAML reads `name: rule`
}

function readMap(pairs: readonly Pair[], offset: number, place: AlertPlace): AlertSetting | null {
  const found = new Map<Key, Tree>();
  for (const { key, value, offset: at } of pairs) {
    if (!isKey(key)) place.complain(at, `an alert has no '${key.slice(0, 64)}'; known are ${KEYS.join(', ')}`);
    else if (found.has(key)) place.complain(at, `'${key}' is set twice`);
    else if (!place.mayCall && (key === 'exec' || key === 'webhook')) place.complain(at, NO_HOOKS);
    else found.set(key, value);
  }
  const text = found.get('rule');
  if (text === undefined) place.complain(offset, 'an alert wants a rule');
  const rule = text === undefined ? null : readText(text, place, (where) => parseRule(textOf(text), where));
  const name = found.get('name');
  const exec = readHook(found.get('exec'), place, parseCommand);
  const webhook = readHook(found.get('webhook'), place, parseUrl);
  const named = rule === null || name === undefined ? rule : withName(rule, name, place);
  return named === null ? null : { rule: named, exec, webhook };
}

function withName(rule: AlertRule, name: Tree, place: AlertPlace): AlertRule | null {
  const text = textOf(name).trim();
  const isName = name.kind === 'text' && text !== '' && text.length <= 200 && !text.includes(':');
  const isFree = rule.name === rule.text;
  if (isName && isFree) return { ...rule, name: text };
  place.complain(name.offset, isFree ? 'a name is a text without a colon' : 'the rule has a name already');
  return null;
}

function readHook<Value>(
  tree: Tree | undefined,
  place: AlertPlace,
  parse: (where: string, text: string) => Value,
): Value | null {
  return tree === undefined ? null : readText(tree, place, (where) => parse(where, commandText(tree)));
}

function readRule(text: string, offset: number, place: AlertPlace): AlertRule | null {
  return attempt(place, () => parseRule(text, place.where(offset)));
}

function readText<Value>(tree: Tree, place: AlertPlace, read: (where: string) => Value): Value | null {
  return attempt(place, () => read(place.where(tree.offset)));
}

function attempt<Value>(place: AlertPlace, read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    place.refuse(toFault(error));
    return null;
  }
}

/** The text of a command: a list as JSON, the form that it has on the command line. */
function commandText(tree: Tree): string {
  if (tree.kind === 'text') return tree.text;
  return tree.kind === 'list' ? JSON.stringify(tree.items.map(textOf)) : '';
}

function textOf(tree: Tree): string {
  return tree.kind === 'text' ? tree.text : '';
}

function withoutHooks(rule: AlertRule | null): AlertSetting | null {
  return rule === null ? null : { rule, exec: null, webhook: null };
}

function isKey(key: string): key is Key {
  return (KEYS as readonly string[]).includes(key);
}
