/**
 * Reads the YAML of a configuration file. The only importer of yaml, which takes its time to load: it is loaded for the
 * first file that there is. Only the tree is looked at; nothing of the file becomes an object, a type or a copy.
 */
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { failure, type Fault, toFault } from '../domain/errors.js';
import { NO_HOOKS, type Pair, readAlerts, type Tree } from './alert-settings.js';
import type { AlertsFinding, FileLayer, Finding, Layer } from './config-layers.js';
import { nearestName } from './nearest-name.js';
import { splitList } from './parse-watch-option.js';
import { isSettingName, SETTING_NAMES, type SettingName, settingNamed } from './settings.js';

/** Deeper than any setting is; yaml ends the whole process where some thousand brackets are nested. */
const MAX_DEPTH = 32;
/** More tell nothing new. */
const MAX_FAULTS = 20;
/** Characters of a name that is shown. */
const MAX_SHOWN = 64;
/** The section that is no setting: it has no text. */
const ALERTS = 'alerts';
const HOOKS: readonly string[] = ['alert-exec', 'alert-webhook'];

/** A file that is being read: where it is, and what was found in it. */
interface Reading {
  readonly yaml: typeof Yaml;
  readonly path: string;
  readonly layer: FileLayer;
  readonly lines: Yaml.LineCounter;
  /** False for a file that nobody named and that lies in a project: see `AlertPlace`. */
  readonly mayCall: boolean;
  readonly said: (Finding | AlertsFinding | Fault | Complaint)[];
}

/** What is wrong, and where in the text. */
interface Complaint {
  readonly offset: number;
  readonly what: string;
}

/** What a file says: `path` stands in origins and faults. `mayCall`: its hooks are taken. */
export function layerOfYaml(path: string, text: string, layer: FileLayer, mayCall = layer !== 'project'): Layer {
  const yaml = createRequire(import.meta.url)('yaml') as typeof Yaml; // what the package exports
  const reading: Reading = { yaml, path, layer, lines: new yaml.LineCounter(), mayCall, said: [] };
  const document = parse(reading, text);
  if (document !== null) readDocument(reading, document);
  return layerOf(reading);
}

function layerOf({ path, lines, said }: Reading): Layer {
  const faultAt = (offset: number, what: string): Fault => {
    const { line, col } = lines.linePos(offset);
    return toFault(failure('MR_ERR_CONFIG_INVALID', [path, line, col, what]));
  };
  let more = said.filter((item) => 'what' in item).length;
  let told = 0;
  return said.flatMap((item): Layer => {
    if (!('what' in item)) return [item];
    told += 1;
    more -= 1;
    if (told <= MAX_FAULTS) return [faultAt(item.offset, item.what)];
    return told === MAX_FAULTS + 1 ? [faultAt(item.offset, `${more + 1} more from here on`)] : [];
  });
}

/** The document as a tree; null where it is too deep to be made one. */
function parse(reading: Reading, text: string): Yaml.Document.Parsed | null {
  const { yaml, lines } = reading;
  const parser = new yaml.Parser(lines.addNewLine);
  const tokens: Yaml.CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length <= MAX_DEPTH) continue;
    complain(reading, parser.offset, 'nested too deeply for settings');
    return null;
  }
  tokens.push(...parser.end());
  // Duplicate keys are found below: yaml compares each with each, which takes minutes for a hostile file.
  const composer = new yaml.Composer({ prettyErrors: false, uniqueKeys: false, schema: 'core' });
  const [first, second] = composer.compose(tokens, true, text.length);
  if (second !== undefined) complain(reading, second.range[0], 'only one document is read, found another');
  return first ?? null;
}

function readDocument(reading: Reading, { errors, contents }: Yaml.Document.Parsed): void {
  for (const { pos, message } of errors) complain(reading, pos[0], message);
  if (errors.length > 0 || contents === null) return; // what follows from an error would only confuse
  if (reading.yaml.isScalar(contents) && contents.value === null) return;
  if (!isPlain(reading, contents)) return;
  if (!reading.yaml.isMap<Yaml.ParsedNode, Yaml.ParsedNode | null>(contents)) {
    complain(reading, contents.range[0], `wants lines of the form name: value, found ${kindOf(reading, contents)}`);
    return;
  }
  const lineOf = new Map<string, number>();
  for (const { key, value } of contents.items) readPair(reading, { key, value, lineOf });
}

interface KeyAndValue {
  readonly key: Yaml.ParsedNode;
  readonly value: Yaml.ParsedNode | null;
  /** Line of each name that was read before. */
  readonly lineOf: Map<string, number>;
}

function readPair(reading: Reading, { key, value, lineOf }: KeyAndValue): void {
  const offset = key.range[0];
  if (!isPlain(reading, key)) return;
  if (!reading.yaml.isScalar(key)) {
    complain(reading, offset, `wants the name of a setting, found ${kindOf(reading, key)}`);
    return;
  }
  const name = textOf(key);
  const { line } = reading.lines.linePos(offset);
  const before = lineOf.get(name);
  lineOf.set(name, line);
  if (before !== undefined) complain(reading, offset, `'${name}' is set twice, first in line ${before}`);
  else if (name === ALERTS) readSection(reading, key, value);
  else if (!isSettingName(name)) complain(reading, offset, unknownName(name));
  else if (HOOKS.includes(name) && !reading.mayCall) complain(reading, offset, NO_HOOKS);
  else if (value === null) reading.said.push(findingAt(reading, { name, key, place: key, text: '' }));
  else readValue(reading, { name, key, value });
}

function unknownName(name: string): string {
  const known = [...SETTING_NAMES, ALERTS];
  const nearest = nearestName(name, known);
  const hint = nearest === null ? `known are ${known.join(', ')}` : `did you mean '${nearest}'?`;
  return `no setting is called '${name.slice(0, MAX_SHOWN)}'; ${hint}`;
}

function readSection(reading: Reading, key: Yaml.ParsedNode, value: Yaml.ParsedNode | null): void {
  const { path, layer, lines, said, mayCall } = reading;
  const place = {
    where: (offset: number): string => {
      const { line, col } = lines.linePos(offset);
      return `${path}:${line}:${col}`;
    },
    complain: (offset: number, what: string): void => complain(reading, offset, what),
    refuse: (fault: Fault): unknown => said.push(fault),
    mayCall,
  };
  const section = value === null ? null : treeOf(reading, value);
  const alerts = section === null ? [] : readAlerts(section, place);
  said.push({ alerts, origin: { layer, file: path, line: lines.linePos(key.range[0]).line } });
}

/** A node without what is YAML's own; null where it is not plain, which is complained of. */
function treeOf(reading: Reading, node: Yaml.ParsedNode): Tree | null {
  const { yaml } = reading;
  if (!isPlain(reading, node)) return null;
  const [offset] = node.range;
  if (yaml.isScalar(node)) return { kind: 'text', offset, text: node.value === null ? '' : textOf(node) };
  if (yaml.isMap<Yaml.ParsedNode, Yaml.ParsedNode | null>(node)) {
    const pairs = node.items.flatMap(({ key, value }) => pairOf(reading, key, value) ?? []);
    return { kind: 'map', offset, pairs };
  }
  const items = yaml.isSeq<Yaml.ParsedNode>(node) ? node.items.flatMap((item) => treeOf(reading, item) ?? []) : [];
  return { kind: 'list', offset, items };
}

function pairOf(reading: Reading, key: Yaml.ParsedNode, value: Yaml.ParsedNode | null): Pair | null {
  const [offset] = key.range;
  const read = value === null ? null : treeOf(reading, value);
  if (!isPlain(reading, key) || (value !== null && read === null)) return null;
  if (reading.yaml.isScalar(key))
    return { offset, key: textOf(key), value: read ?? { kind: 'text', offset, text: '' } };
  complain(reading, offset, `wants a name, found ${kindOf(reading, key)}`);
  return null;
}

interface NamedValue {
  readonly name: SettingName;
  readonly key: Yaml.ParsedNode;
  readonly value: Yaml.ParsedNode;
}

function readValue(reading: Reading, { name, key, value }: NamedValue): void {
  const { yaml } = reading;
  if (!isPlain(reading, value)) return;
  const { type } = settingNamed(name);
  const isList = (type === 'list' || type === 'command') && yaml.isSeq<Yaml.ParsedNode>(value);
  const nodes = isList ? value.items : [value];
  if (!nodes.every((node) => isPlain(reading, node))) return;
  const odd = nodes.find((node) => !yaml.isScalar(node));
  if (odd !== undefined) {
    complain(reading, odd.range[0], `${name} wants ${isList ? 'names' : 'one value'}, found ${kindOf(reading, odd)}`);
    return;
  }
  const texts = nodes.map((node) => (yaml.isScalar(node) ? textOf(node) : ''));
  const cut = isList && type === 'list' ? texts.findIndex((text) => splitList(text).length > 1) : -1;
  if (cut >= 0)
    complain(reading, nodes[cut]?.range[0] ?? 0, `${name} wants one text in each place of its list, without commas`);
  if (cut >= 0) return;
  const text = isList && type === 'command' ? JSON.stringify(texts) : texts.join(',');
  reading.said.push(findingAt(reading, { name, key, place: value, text }));
}

interface PlacedText {
  readonly name: SettingName;
  readonly key: Yaml.ParsedNode;
  /** What its parser's complaints point to. */
  readonly place: Yaml.ParsedNode;
  readonly text: string;
}

function findingAt({ path, layer, lines }: Reading, { name, key, place, text }: PlacedText): Finding {
  const { line, col } = lines.linePos(place.range[0]);
  const origin = { layer, file: path, line: lines.linePos(key.range[0]).line };
  return { name, text, where: `${path}:${line}:${col}: ${name}`, origin };
}

/** Tells whether a node is what it looks like: an alias, an anchor or a tag would make something else of it. */
function isPlain(reading: Reading, node: Yaml.ParsedNode): boolean {
  const isAlias = reading.yaml.isAlias(node);
  const what = isAlias ? 'aliases' : node.anchor !== undefined ? 'anchors' : node.tag !== undefined ? 'tags' : null;
  if (what !== null) complain(reading, node.range[0], `${what} are not read in settings`);
  return what === null;
}

/** A scalar as it was written, without quotes: `10`, not the number. */
function textOf(scalar: Yaml.Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
}

function kindOf({ yaml }: Reading, node: Yaml.ParsedNode): string {
  if (yaml.isMap(node)) return 'a map';
  return yaml.isSeq(node) ? 'a list' : 'a text';
}

function complain({ said }: Reading, offset: number, what: string): void {
  said.push({ offset, what });
}
