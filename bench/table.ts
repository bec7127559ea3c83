/** Sets what was measured as a table of Markdown. */
import type { Measured } from './measure.js';
import { ratioOf, type Spread, spreadOf } from './statistics.js';

/**
 * One row for each trial: median and spread of the time, rate, ratio to the time of each unit, peak memory.
 * Units are names of trials.
 */
export function setMeasured(measured: readonly Measured[], units: readonly string[] = []): string {
  const rounds = measured[0]?.wallMs.length ?? 0;
  const heads = [
    'command',
    'works out',
    `wall time, ${rounds} rounds`,
    'MB/s',
    ...units.map((unit) => `x ${unit}`),
    'peak memory',
  ];
  const unitTimes = units.map((unit) => measured.find(({ name }) => name === unit)?.wallMs ?? []);
  const rows = measured.map(({ name, does, bytes, factor, wallMs, maxRssBytes }) => [
    factor === 1 ? name : `${name} *`,
    does,
    setSpread(spreadOf(wallMs.map((ms) => ms / 1000)), 's'),
    String(Math.round(bytes / 1000 / spreadOf(wallMs).median)),
    ...unitTimes.map((unit) => setSpread(ratioOf(wallMs, unit))),
    maxRssBytes === null ? 'unknown' : `${Math.round(maxRssBytes / 1e6)} MB`,
  ]);
  const note = measured.some(({ factor }) => factor !== 1)
    ? [
        '',
        '\\* measured on a part of the file; its time, start-up included, times how often the part goes into the whole',
      ]
    : [];
  return [heads, heads.map(() => '---'), ...rows].map(setRow).concat(note).join('\n');
}

/** `12.3 s (12.0–13.1)`: the median, then the smallest and the largest. */
export function setSpread({ median, min, max }: Spread, unit = ''): string {
  return `${setNumber(median)}${unit === '' ? '' : ` ${unit}`} (${setNumber(min)}–${setNumber(max)})`;
}

/** Three digits, or all before the point. */
function setNumber(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function setRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
