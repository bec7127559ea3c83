import type { Dimension } from '../summary/dimensions.js';

/** What a rule can look at; the unit in which its numbers are, and which of its figures exist by key. */
export interface MetricTraits {
  /** Of values and thresholds: `ms`, `%`, or nothing. */
  readonly unit: '' | 'ms' | '%';
  /** False where it is not counted by key. */
  readonly isByKey: boolean;
  /** True where an empty span has the value 0; otherwise it has none. */
  readonly isCount: boolean;
}

const COUNT: MetricTraits = { unit: '', isByKey: true, isCount: true };
const DURATION: MetricTraits = { unit: 'ms', isByKey: true, isCount: false };

/** The metrics by the names that rules call them. Lines are those that were understood and state a time. */
export const METRICS = Object.freeze({
  errorsPerMinute: COUNT,
  linesPerSecond: COUNT,
  requestsPerSecond: { unit: '', isByKey: false, isCount: true },
  /** Errors for each request; by key for each line of the key. */
  errorRate: { unit: '%', isByKey: true, isCount: false },
  mean: DURATION,
  p50: DURATION,
  p90: DURATION,
  p95: DURATION,
  p99: DURATION,
  /** Malformed lines as a share of those that are understood or malformed. */
  malformed: { unit: '%', isByKey: false, isCount: false },
} satisfies Record<string, MetricTraits>);
export type Metric = keyof typeof METRICS;

/** A comparison of the value of a metric with a number in the unit of that metric. */
export interface Bound {
  readonly isAbove: boolean;
  readonly threshold: number;
}

/** An alert rule, checked. */
export interface AlertRule {
  /** What it is called: the name that was given, or the text of the rule. */
  readonly name: string;
  /** The rule as it was written, without its name. */
  readonly text: string;
  readonly metric: Metric;
  /** Time before an evaluation over which the value is taken, ms; null is one window, however wide. */
  readonly spanMs: number | null;
  readonly bound: Bound;
  /** How long the condition must hold before the alert fires, ms; 0 fires at once. */
  readonly forMs: number;
  /** The dimension of which each key is judged alone; null judges all lines together. */
  readonly by: Dimension | null;
  /** The condition under which a firing alert resolves; null: that the other does not hold. */
  readonly clearBound: Bound | null;
  /** How long that condition must hold, ms. */
  readonly clearForMs: number;
}

/** The span over which values are taken, unless a rule asks whether there is anything at all. */
export const VALUE_SPAN_MS = 60_000;

/** What a value means for a rule. */
export interface Judgement {
  /** The condition of the rule holds. */
  readonly holds: boolean;
  /** The condition under which it resolves holds. */
  readonly clears: boolean;
}

/** Judges a value; where there is none the condition does not hold, and a firing alert may resolve. */
export function judge(rule: AlertRule, value: number | null): Judgement {
  if (value === null) return { holds: false, clears: true };
  const holds = isBeyond(rule.bound, value);
  return { holds, clears: rule.clearBound === null ? !holds : isBeyond(rule.clearBound, value) };
}

function isBeyond({ isAbove, threshold }: Bound, value: number): boolean {
  return isAbove ? value > threshold : value < threshold;
}
