import type { AlertReport, BacktestReport, RuleReport } from './backtest-report.js';
import { formatAmount, formatRate, formatShare, formatSpan, formatWindowWidth } from './numbers.js';
import { flow, type Line, printLines, span, type Tone, wrap } from './spans.js';
import { type Column, setTable } from './table.js';
import { printedColumns, type TextOptions } from './view.js';
import { type ZoneClock, zoneClock } from './zone-clock.js';

/** Alerts of one rule that are listed. */
const MAX_ALERTS = 20;
/** Files that were found and not read, by name. */
const MAX_PASSED_OVER = 5;
const COLUMNS: readonly Column[] = [
  { title: 'fired', align: 'left', rank: 0 },
  { title: 'resolved', align: 'left', rank: 0 },
  { title: 'after', align: 'right', rank: 2 },
  { title: 'worst', align: 'right', rank: 1 },
  { title: 'at', align: 'left', rank: 3 },
  { title: 'key', align: 'left', rank: 0, leastColumns: 12 },
];
const VERDICTS: Readonly<Record<RuleReport['verdict'], readonly [string, Tone]>> = {
  fired: ['fired', 'bad'],
  quiet: ['never fired', 'quiet'],
  holds: ['holds', 'bad'],
  untested: ['not tested', 'warning'],
};

/** Renders a backtest for a terminal or a text file: each rule with its alerts, then what must be known to read them. */
export function renderBacktest(report: BacktestReport, options: TextOptions): string {
  const columns = printedColumns(options);
  const clock = zoneClock(report.timezone);
  const sections = [
    titleLines(report, clock, columns),
    ...report.rules.map((rule) => ruleLines(rule, clock, columns)),
    noteLines(report, columns),
  ].filter((lines) => lines.length > 0);
  return sections.map((lines) => printLines(lines, columns, options.useColor)).join('\n');
}

function titleLines({ rules, lines, from, to, window }: BacktestReport, clock: ZoneClock, columns: number): Line[] {
  const items = [span(formatAmount(rules.length, 'rule'), 'strong'), span(formatAmount(lines, 'line'))];
  if (from !== null && to !== null) {
    items.push(span(`${instant(from, clock)} → ${instant(to, clock)} ${clock.zone}`));
    items.push(span(`windows of ${formatWindowWidth(window.seconds)}`));
  }
  return flow(
    items.map((item) => [item]),
    columns,
  );
}

function ruleLines(rule: RuleReport, clock: ZoneClock, columns: number): Line[] {
  const [words, tone] = VERDICTS[rule.verdict];
  const times = rule.alerts.length > 1 ? ` ${formatAmount(rule.alerts.length, 'time')}` : '';
  const value = rule.value === null ? '' : ` at ${valueText(rule.value, rule)}`;
  const head: Line = [
    span(rule.name, 'label'),
    ...(rule.name === rule.rule ? [] : [span(`  ${rule.rule}`, 'quiet')]),
    span(`  ${words}${times}${value}`, tone),
  ];
  const shown = rule.alerts.slice(0, MAX_ALERTS).map((alert) => alertRow(alert, rule, clock));
  const used = rule.by === null ? COLUMNS.slice(0, -1) : COLUMNS;
  const more = rule.alerts.length - MAX_ALERTS;
  return [
    ...flow([head], columns),
    ...(rule.note === null ? [] : wrap(rule.note, columns, rule.verdict === 'untested' ? 'warning' : 'quiet')),
    ...setTable(used, shown, columns),
    ...(more > 0 ? [[span(`and ${formatAmount(more, 'time')} more; --json has all`, 'quiet')]] : []),
  ];
}

function alertRow(alert: AlertReport, rule: RuleReport, clock: ZoneClock): Line {
  const { firedAt, resolvedAt, seconds, worst, worstAt, key } = alert;
  return [
    span(instant(firedAt, clock), 'bad'),
    resolvedAt === null ? span('not by the end', 'warning') : span(instant(resolvedAt, clock)),
    span(formatSpan(seconds * 1000)),
    span(worst === null ? '-' : valueText(worst, rule)),
    span(worstAt === null ? '-' : instant(worstAt, clock), 'quiet'),
    span(key ?? ''),
  ];
}

function valueText(value: number, { unit }: RuleReport): string {
  return unit === '' ? formatRate(value) : `${formatRate(value)} ${unit}`;
}

function instant(iso: string, clock: ZoneClock): string {
  const at = Date.parse(iso);
  return `${clock.date(at)} ${clock.time(at)}`;
}

function noteLines({ window, timeless, unreadable, passedOver, coverage }: BacktestReport, columns: number): Line[] {
  const notes: (readonly [string, Tone])[] = [];
  if (window.widened) {
    const [wide, asked] = [formatWindowWidth(window.seconds), formatWindowWidth(window.askedSeconds)];
    const hint = window.askedSeconds < 60 && window.seconds > 60 ? '; --window 1m would be finer here' : '';
    notes.push([
      `The log touches too many windows of ${asked}: rules were judged at the end of each ${wide}, and shorter peaks are ` +
        `flattened${hint}`,
      'warning',
    ]);
  }
  if (timeless > 0) notes.push([`${formatAmount(timeless, 'line')} without a time, in no window`, 'warning']);
  if (passedOver.length > 0) {
    const shown = passedOver.slice(0, MAX_PASSED_OVER).map(({ path, reason }) => `${path} (${reason})`);
    const more = passedOver.length - shown.length;
    notes.push([`not read: ${shown.join(', ')}${more > 0 ? ` and ${formatAmount(more, 'other')}` : ''}`, 'warning']);
  }
  for (const { message, code } of unreadable) notes.push([`${message} (${code})`, 'bad']);
  if (!coverage.complete) {
    const share = formatShare(coverage.counted, coverage.bytes);
    notes.push([`coverage incomplete: ${share} of the bytes were read; alerts may be missing or wrong`, 'bad']);
  }
  return notes.flatMap(([text, tone]) => wrap(text, columns, tone));
}
