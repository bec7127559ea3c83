import { assertNever } from '../assert-never.js';
import { type Metric, METRICS } from './alert-rule.js';
import { type Figures, sumOfFigures } from './alert-window.js';

/**
 * The value of a metric over a span of `spanMs` of which `windows` are those that hold lines; in the unit of the metric,
 * null where there is nothing to take it of.
 */
export function valueOf(metric: Metric, windows: readonly Figures[], spanMs: number): number | null {
  const sum = sumOfFigures(windows, METRICS[metric].unit === 'ms');
  switch (metric) {
    case 'errorsPerMinute':
      return sum.errors / (spanMs / 60_000);
    case 'linesPerSecond':
      return sum.lines / (spanMs / 1000);
    case 'requestsPerSecond':
      return sum.requests === null ? null : sum.requests / (spanMs / 1000);
    case 'errorRate':
      return percentOf(sum.errors, sum.requests ?? sum.lines);
    case 'malformed':
      return sum.malformed === null ? null : percentOf(sum.malformed, sum.lines + sum.malformed);
    case 'mean':
      return sum.durations === null ? null : sum.durations.mean / 1000;
    case 'p50':
    case 'p90':
    case 'p95':
    case 'p99':
      return sum.durations === null ? null : sum.durations.quantile(Number(metric.slice(1)) / 100) / 1000;
    default:
      return assertNever(metric);
  }
}

/** A share in percent; null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}
