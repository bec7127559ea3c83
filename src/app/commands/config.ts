/** `millrace config show` and `millrace config check`: what is set, where, and whether it is right. */
import { assertNever } from '../../domain/assert-never.js';
import type { Fault } from '../../domain/errors.js';
import { escapeTerminal } from '../../report/escape-terminal.js';
import { formatAmount } from '../../report/numbers.js';
import { FILE_VARIABLE, type Surroundings } from '../config-files.js';
import { type Entry, type Origin, strayVariables } from '../config-layers.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { checkFile, loadSettings, type LoadedSettings, type LookedFor, type SettingOptions } from '../load-settings.js';
import { nearestName } from '../nearest-name.js';
import { writeOut } from '../output.js';
import { sayError } from '../say-error.js';
import { fallbackWords, SETTING_NAMES, settingNamed, variableOf } from '../settings.js';

/** Prints each setting with its value and its origin; resolves with the exit code. @throws MR_ERR_OUTPUT_WRITE */
export async function showConfig(
  options: SettingOptions & { readonly json?: boolean },
  around: Surroundings,
): Promise<ExitCode> {
  const loaded = loadSettings(options, around);
  noteStrays(around);
  if (loaded.faults.length > 0) return refuse(loaded.faults);
  await writeOut(options.json ? asJson(loaded) : asText(loaded));
  return EXIT.fine;
}

/** Checks one file, or else all layers; resolves with the exit code. @throws MR_ERR_OUTPUT_WRITE */
export async function checkConfig(file: string | undefined, around: Surroundings): Promise<ExitCode> {
  if (file === undefined) noteStrays(around);
  const { faults, entries, alerts } = file === undefined ? loadSettings({}, around) : checkFile(file);
  if (faults.length > 0) return refuse(faults);
  const set = entries.filter(({ origin }) => origin.layer !== 'default').length;
  const rules = alerts.alerts.length === 0 ? '' : `, ${formatAmount(alerts.alerts.length, 'alert')}`;
  await writeOut(`${file === undefined ? 'configuration' : escapeTerminal(file)}: ${set} set${rules}, no errors\n`);
  return EXIT.fine;
}

function refuse(faults: readonly Fault[]): ExitCode {
  for (const fault of faults) sayError(fault);
  return EXIT.usage;
}

/** Only a note, for other programs may have variables of such names too. */
function noteStrays({ env }: Surroundings): void {
  for (const name of strayVariables(env, [FILE_VARIABLE])) {
    const nearest = nearestName(name, SETTING_NAMES.map(variableOf));
    const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
    process.stderr.write(`millrace: ${escapeTerminal(name)} sets nothing${hint}\n`);
  }
}

function asJson({ entries, alerts: section, files }: LoadedSettings): string {
  const settings = entries.map((entry) => ({ name: entry.name, value: plainValue(entry), ...entry.origin }));
  const alerts = section.alerts.map(({ rule: { name, text }, exec, webhook }) => {
    return { name, rule: text, exec, webhook, ...section.origin };
  });
  return `${JSON.stringify({ schema: 'millrace.config/1', settings, alerts, files }, null, 2)}\n`;
}

/** Sizes and times as they were written, for a number would need its unit. */
function plainValue({ name, text, value }: Entry): unknown {
  return ['command', 'count', 'list', 'switch'].includes(settingNamed(name).type) ? value : text;
}

function asText({ entries, alerts: section, files }: LoadedSettings): string {
  const settings = entries.map((entry) => [entry.name, shownValue(entry), shownOrigin(entry.origin)]);
  const places = files.length === 0 ? [] : ['', ...setColumns([['file', 'path', ''], ...files.map(shownFile)])];
  const rows = section.alerts.map(({ rule: { name, text } }) => [name, text, shownOrigin(section.origin)]);
  const alerts = rows.length === 0 ? [] : ['', ...setColumns([['alert', 'rule', 'from'], ...rows])];
  return [...setColumns([['setting', 'value', 'from'], ...settings]), ...alerts, ...places, ''].join('\n');
}

function shownValue({ name, text, origin }: Entry): string {
  const words = fallbackWords(settingNamed(name));
  if (text === null || text === '') return origin.layer === 'default' ? `(${words})` : '(none)';
  return origin.layer === 'default' && words !== text ? `${text} (${words})` : text;
}

function shownOrigin(origin: Origin): string {
  switch (origin.layer) {
    case 'command line':
      return `${origin.layer}  ${origin.option}`;
    case 'environment':
      return `${origin.layer}  ${origin.variable}`;
    case 'project':
    case 'user':
    case 'system':
      return `${origin.layer}  ${origin.file}:${origin.line}`;
    case 'default':
      return origin.layer;
    default:
      return assertNever(origin);
  }
}

function shownFile({ layer, path, isThere }: LookedFor): string[] {
  return [layer, path, isThere ? '' : 'not there'];
}

/** Columns as wide as their cells; the last is not filled up. */
function setColumns(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(escapeTerminal));
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
