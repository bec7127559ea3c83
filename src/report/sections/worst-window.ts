import { cutEnd } from '../display-width.js';
import { escapeTerminal } from '../escape-terminal.js';
import { formatAmount, formatCount, formatWindowWidth } from '../numbers.js';
import type { Line } from '../spans.js';
import { flow, labelled, span, wrap } from '../spans.js';
import type { WindowKeyReport, WindowReport } from '../summary-report.js';
import type { View } from '../view.js';
import { pluralOf } from './counts.js';

const MAX_KEYS = 5;
const MAX_KEY_COLUMNS = 40;
const NUMBERS_COLUMNS = 20;

/** Which keys it was: those of the window with most errors, or of the one with most lines where none has errors. */
export function worstWindowSection(view: View): Line[] {
  const { report, bodyColumns } = view;
  if (report.window.keys.length === 0) return [];
  const hasErrors = report.windows.some(({ errors }) => errors > 0);
  const worst = worstOf(report.windows, hasErrors);
  if (worst === null) return [];
  const lists = hasErrors ? worst.topErrors : worst.top;
  const shown = report.window.keys.map((dimension) => [dimension, keysOf(lists, dimension, view)] as const);
  const notes = inexactNote(shown.flatMap(([, keys]) => keys));
  return [
    ...labelled(hasErrors ? 'most errors' : 'busiest', flow(headOf(worst, view), bodyColumns)),
    ...shown.flatMap(([dimension, keys]) => {
      const items = keys.map((key) => itemOf(key, hasErrors, view));
      return labelled(pluralOf(dimension), flow(items, bodyColumns));
    }),
    ...labelled(
      '',
      notes.flatMap((note) => wrap(note, bodyColumns, 'quiet')),
    ),
  ];
}

/** The first of the windows that have most; null where there is none. */
function worstOf(windows: readonly WindowReport[], hasErrors: boolean): WindowReport | null {
  const valueOf = ({ errors, lines }: WindowReport): number => (hasErrors ? errors : lines);
  return windows.reduce<WindowReport | null>((worst, window) => {
    return worst === null || valueOf(window) > valueOf(worst) ? window : worst;
  }, null);
}

function keysOf(lists: WindowReport['top'], dimension: string, { topCount }: View): readonly WindowKeyReport[] {
  const keys = Object.hasOwn(lists, dimension) ? (lists[dimension] ?? []) : [];
  return keys.slice(0, Math.min(topCount, MAX_KEYS));
}

function headOf({ start, seconds, errors, lines }: WindowReport, { clock }: View): Line[] {
  const startAt = Date.parse(start);
  const head = [[span(`${clock.date(startAt)} ${clock.time(startAt)}`)], [span(formatWindowWidth(seconds))]];
  if (errors > 0) head.push([span(formatAmount(errors, 'error'), 'bad')]);
  return [...head, [span(formatAmount(lines, 'line'))]];
}

function itemOf({ key, count, errors, exact }: WindowKeyReport, hasErrors: boolean, { bodyColumns }: View): Line {
  const name = span(`${cutEnd(escapeTerminal(key), Math.min(MAX_KEY_COLUMNS, bodyColumns - NUMBERS_COLUMNS))} `);
  const about = exact ? '' : '~';
  if (!hasErrors) return [name, span(`${about}${formatCount(count)}`)];
  return [name, span(`${about}${formatCount(errors)}`, 'bad'), span(` of ${about}${formatCount(count)}`, 'quiet')];
}

function inexactNote(keys: readonly WindowKeyReport[]): readonly string[] {
  const bounds = keys.filter(({ exact }) => !exact).map(({ maxOvercount }) => maxOvercount);
  if (bounds.length === 0) return [];
  const bound = formatCount(Math.max(...bounds));
  return [
    `~ counted by a sketch, at most ${bound} too high, keys may be missing; a wider --window keeps more of them exact`,
  ];
}
