/** Drives alert rules over the windows of an analysis, with the machines that watch a running log. */
import { type AlertRule, judge, METRICS } from '../domain/alerts/alert-rule.js';
import { summaryWindows, type SummaryWindows } from '../domain/alerts/summary-windows.js';
import { percentOf } from '../domain/alerts/value-of.js';
import { type ByteString, decodeText } from '../domain/byte-string.js';
import type { AlertEmitted } from '../machines/alert-machine.js';
import { AlertWatch } from '../machines/alert-watch.js';
import { type FiringAlert, MAX_KEYS_PER_RULE } from '../machines/rule-watch.js';
import type { AlertReport, BacktestReport, RuleReport } from '../report/backtest-report.js';
import type { SummaryReport } from '../report/summary-report.js';
import type { Analysis } from './run-analysis.js';

/** Rules that were driven over windows. */
interface Driven {
  readonly alerts: ReadonlyMap<AlertRule, readonly AlertReport[]>;
  readonly refused: ReadonlyMap<AlertRule, number>;
}

/** Tells when each rule would have fired over what an analysis with keys per window of its dimensions found. */
export function backtestRules(rules: readonly AlertRule[], { report, state }: Analysis): BacktestReport {
  const windows = summaryWindows(state.summary);
  const driven = drive(
    rules.filter((rule) => whyUntested(rule, windows) === null),
    windows,
  );
  const { from, to, timezone, lines, parsed, malformed, untimed, outOfRange, window, coverage } = report;
  const { bytes, counted, complete, quarantined, digest } = coverage;
  const { seconds, askedSeconds, widened } = window;
  return {
    schema: 'millrace.backtest/1',
    from,
    to,
    timezone,
    lines,
    parsed,
    malformed,
    timeless: untimed + outOfRange,
    window: { seconds, askedSeconds, widened },
    rules: rules.map((rule) => reportRule(rule, windows, driven, report)),
    coverage: { bytes, counted, complete, quarantined, digest },
    unreadable: report.unreadable,
    passedOver: report.passedOver,
  };
}

/** Why a rule cannot be driven over windows; null where it can. */
function whyUntested({ metric, by }: AlertRule, { inexact }: SummaryWindows): string | null {
  if (metric === 'malformed') return 'malformed lines have no time: judged once, over all lines';
  if (by === null || !inexact.includes(by)) return null;
  return `not tested: more keys in windows (${by}) than are counted exactly; a wider --window may do`;
}

function drive(rules: readonly AlertRule[], { windows, widthMs }: SummaryWindows): Driven {
  const alerts = new Map<AlertRule, AlertReport[]>(rules.map((rule) => [rule, []]));
  const onAlert = (rule: AlertRule, key: ByteString | null, event: AlertEmitted): void => {
    if (event.type === 'alert.resolved') alerts.get(rule)?.push(reportAlert({ ...event, key }, event.at));
  };
  const watch = new AlertWatch({ rules, widthMs, onAlert });
  for (const window of windows) watch.close(window);
  const endAt = ((windows.at(-1)?.index ?? 0) + 1) * widthMs;
  for (const firing of watch.firing()) {
    alerts.get(firing.rule)?.push({ ...reportAlert(firing, endAt), resolvedAt: null });
  }
  return { alerts, refused: watch.refused() };
}

type Fired = Omit<FiringAlert, 'rule'>;

function reportAlert({ key, since, firedAt, worst, worstAt }: Fired, endAt: number): AlertReport {
  return {
    key: key === null ? null : decodeText(key),
    since: isoOf(since),
    firedAt: isoOf(firedAt),
    resolvedAt: isoOf(endAt),
    seconds: (endAt - firedAt) / 1000,
    worst,
    worstAt: worstAt === null ? null : isoOf(worstAt),
  };
}

function isoOf(instantAt: number): string {
  return new Date(instantAt).toISOString();
}

function reportRule(rule: AlertRule, windows: SummaryWindows, driven: Driven, report: SummaryReport): RuleReport {
  const { widthMs } = windows;
  const secondsOf = (ms: number): number => (Math.ceil(ms / widthMs) * widthMs) / 1000;
  const alerts = (driven.alerts.get(rule) ?? []).toSorted(byTime);
  const keysRefused = driven.refused.get(rule) ?? 0;
  const untested = whyUntested(rule, windows);
  const isWhole = rule.metric === 'malformed';
  const value = isWhole ? percentOf(report.malformed, report.parsed + report.malformed) : null;
  const verdictOfWhole = judge(rule, value).holds ? 'holds' : 'quiet';
  const spanSeconds = secondsOf(rule.spanMs ?? widthMs);
  return {
    name: rule.name,
    rule: rule.text,
    by: rule.by,
    unit: METRICS[rule.metric].unit,
    verdict: isWhole ? verdictOfWhole : untested !== null ? 'untested' : alerts.length > 0 ? 'fired' : 'quiet',
    note: untested ?? keysNote(keysRefused) ?? roundingNote(rule, secondsOf, spanSeconds),
    spanSeconds,
    forSeconds: secondsOf(rule.forMs),
    resolveForSeconds: secondsOf(rule.clearForMs),
    value,
    keysRefused,
    alerts,
  };
}

function byTime(a: AlertReport, b: AlertReport): number {
  if (a.firedAt !== b.firedAt) return a.firedAt < b.firedAt ? -1 : 1;
  return (a.key ?? '') < (b.key ?? '') ? -1 : 1;
}

function keysNote(keysRefused: number): string | null {
  if (keysRefused === 0) return null;
  return `tested in part: beyond ${MAX_KEYS_PER_RULE} keys at once, ${keysRefused} times a key was not judged`;
}

/** Says what windows made of the times of a rule, where that is something else than was written. */
function roundingNote(rule: AlertRule, secondsOf: (ms: number) => number, spanSeconds: number): string | null {
  const isAsked = (ms: number): boolean => secondsOf(ms) * 1000 === ms;
  const isSpanAsked = rule.spanMs === null || isAsked(rule.spanMs);
  if (isSpanAsked && isAsked(rule.forMs) && isAsked(rule.clearForMs)) return null;
  const held = rule.forMs > 0 ? `, for ${secondsOf(rule.forMs)} s` : '';
  const cleared = rule.clearForMs === rule.forMs ? '' : `, resolved after ${secondsOf(rule.clearForMs)} s`;
  return `judged in whole windows: over ${spanSeconds} s${held}${cleared}`;
}
