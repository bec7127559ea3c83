import type { DurationUnit } from '../numbers.js';
import { formatAmount, formatBytes, formatCount, formatDuration, formatRate, formatShare } from '../numbers.js';
import type { Line } from '../spans.js';
import { flow, labelled, span } from '../spans.js';
import type { DurationReport, SummaryReport } from '../summary-report.js';
import type { View } from '../view.js';
import { largestFirst } from '../view.js';

const APART = span('   ');

/** A count with its rate and a remark: the first two rows of the headline stand under each other. */
interface Figure {
  readonly count: string;
  readonly rate: string;
  readonly remark: string;
}

/** The numbers that someone on call looks for first: requests, errors, response times. */
export function headlineSection(view: View): Line[] {
  const { report, bodyColumns } = view;
  if (report.parsed === 0) return [];
  const [requests, errors] = aligned([requestFigure(report), errorFigure(report)]);
  return [
    ...labelled('requests', flow(requests ?? [], bodyColumns, APART)),
    ...labelled('errors', flow(errors ?? [], bodyColumns, APART), report.errors.total > 0 ? 'bad' : 'label'),
    ...responseLines(view),
    ...trafficLines(view),
  ];
}

function requestFigure({ requests }: SummaryReport): Figure {
  if (requests.total === 0) return { count: '0', rate: '', remark: '' };
  const { total, perSecond, peakPerSecond } = requests;
  return {
    count: formatCount(total),
    rate: `${formatRate(perSecond)}/s`,
    remark: `peak ${formatRate(peakPerSecond)}/s`,
  };
}

function errorFigure({ errors, parsed }: SummaryReport): Figure {
  if (errors.total === 0) return { count: '0', rate: '', remark: '' };
  const remark = `${formatShare(errors.total, parsed)} of entries`;
  return { count: formatCount(errors.total), rate: `${formatRate(errors.perMinute)}/min`, remark };
}

function aligned(figures: readonly Figure[]): Line[][] {
  const countColumns = Math.max(...figures.map(({ count }) => count.length));
  const rateColumns = Math.max(...figures.map(({ rate }) => rate.length));
  return figures.map(({ count, rate, remark }) => {
    const number = [span(count.padStart(countColumns), 'strong')];
    return rate === '' ? [number] : [number, [span(rate.padStart(rateColumns))], [span(remark, 'quiet')]];
  });
}

function responseLines({ report: { requests, durationMs, durationSources }, unit, bodyColumns }: View): Line[] {
  if (requests.total === 0 && durationMs === null) return [];
  if (durationMs === null) return labelled('response', [[span('-'), span('   no entry states a duration', 'quiet')]]);
  const sources = largestFirst(durationSources).map(([source]) => source);
  const origin = sources.length > 0 ? `, from ${sources.join(', ')}` : '';
  const note = [span(`${formatAmount(durationMs.count, 'duration')}${origin}`, 'quiet')];
  return labelled(`response ${unit.name}`, [
    ...flow(durationItems(durationMs, unit), bodyColumns, APART),
    ...flow([note], bodyColumns),
  ]);
}

function durationItems(duration: DurationReport, unit: DurationUnit): Line[] {
  return (['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const).map((name) => [
    span(`${name} `, 'quiet'),
    span(formatDuration(duration[name], unit), 'strong'),
  ]);
}

function trafficLines({ report: { traffic, requests }, bodyColumns }: View): Line[] {
  if (!(traffic.bytes > 0)) return [];
  const items = [[span(formatBytes(traffic.bytes))]];
  if (requests.total > 0) items.push([span(`${formatBytes(traffic.bytes / requests.total)} per request`, 'quiet')]);
  return labelled('traffic', flow(items, bodyColumns, APART));
}
