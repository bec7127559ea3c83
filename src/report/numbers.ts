import type { DurationReport } from './summary-report.js';

const GROUPS_OF_THREE = /\B(?=(?:\d{3})+(?!\d))/g;
const BYTE_UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const NO_NUMBER = '-';

/** The unit of all response times of a report, so that they compare at a glance. */
export interface DurationUnit {
  readonly name: 'µs' | 'ms' | 's';
  readonly unitsPerMs: number;
}

const MICROSECONDS: DurationUnit = { name: 'µs', unitsPerMs: 1000 };
const MILLISECONDS: DurationUnit = { name: 'ms', unitsPerMs: 1 };
const SECONDS: DurationUnit = { name: 's', unitsPerMs: 0.001 };

/** Picks the unit in which the 95th percentile of a report reads well. */
export function pickDurationUnit(duration: DurationReport | null): DurationUnit {
  if (duration === null || !(duration.p95 > 0)) return MILLISECONDS;
  if (duration.p95 < 1) return MICROSECONDS;
  return duration.p95 >= 10_000 ? SECONDS : MILLISECONDS;
}

/** Shows a whole number with en-US thousands separators. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? group(count.toFixed(0)) : NO_NUMBER;
}

/** Shows a count with its noun, `1 line` or `2 lines`. */
export function formatAmount(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Shows a number with three significant digits at most, at least two decimals below ten; `-` for null. */
export function formatDecimal(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NO_NUMBER;
  if (value === 0) return '0';
  if (value > 0 && value < 0.005) return '<0.01';
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return group(value.toFixed(decimals));
}

/** Shows a rate like `formatDecimal`, without zeros that say nothing. */
export function formatRate(value: number | null): string {
  return formatDecimal(value).replace(/\.0+$|(?<=\.\d)0$/, '');
}

/** Shows a duration given in ms as a bare number of `unit`; `-` for null. */
export function formatDuration(durationMs: number | null, unit: DurationUnit): string {
  return formatDecimal(durationMs === null ? null : durationMs * unit.unitsPerMs);
}

/** Shows bytes in binary units. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_NUMBER;
  if (bytes < 1024) return `${formatCount(bytes)} B`;
  let value = bytes / 1024;
  let step = 0;
  while (value >= 1023.5 && step < BYTE_UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${formatDecimal(value)} ${BYTE_UNITS[step]}`;
}

/** Shows `part` of `whole` in percent; `0 %` and `100 %` mean none and all, never rounded to. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0) || !Number.isFinite(part / whole)) return NO_NUMBER;
  if (part === 0 || part === whole) return part === 0 ? '0 %' : '100 %';
  const percent = (part / whole) * 100;
  if (percent < 0.05) return '<0.1 %';
  return percent < 100 && percent >= 99.95 ? '>99.9 %' : `${percent.toFixed(1)} %`;
}

/** Shows a span of time in its two largest units, such as `430 ms`, `12.3 s`, `1 h 25 min`. */
export function formatSpan(spanMs: number): string {
  if (!Number.isFinite(spanMs)) return NO_NUMBER;
  if (spanMs < 999.5) return `${formatCount(spanMs)} ms`;
  if (spanMs < 59_950) return `${formatRate(spanMs / 1000)} s`;
  const seconds = Math.round(spanMs / 1000);
  if (seconds < 3600) return inTwo(seconds, 60, ['min', 's']);
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return inTwo(minutes, 60, ['h', 'min']);
  return inTwo(Math.round(minutes / 60), 24, ['d', 'h']);
}

/** Shows the width of a window exactly, in the largest unit that divides it. */
export function formatWindowWidth(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const;
  const [size, name] = units.find(([unit]) => seconds > 0 && seconds % unit === 0) ?? [1, 's'];
  return `${formatCount(seconds / size)} ${name}`;
}

function inTwo(amount: number, size: number, [large, small]: readonly [string, string]): string {
  const rest = amount % size;
  const whole = `${formatCount((amount - rest) / size)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

function group(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(GROUPS_OF_THREE, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
