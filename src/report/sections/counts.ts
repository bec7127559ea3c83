import { LEVELS } from '../../domain/log-entry.js';
import { formatCount, formatShare } from '../numbers.js';
import type { Line, Tone } from '../spans.js';
import { flow, labelled, span } from '../spans.js';
import type { SummaryReport } from '../summary-report.js';
import type { View } from '../view.js';
import { largestFirst, sumOf } from '../view.js';

/** A number with its name, and how it looks. */
interface Count {
  readonly name: string;
  readonly count: number;
  readonly tone: Tone;
}

const WORST_FIRST: readonly string[] = LEVELS.toReversed();
const MAX_STATUSES = 12;

/** Levels and statuses with their shares, and how many different clients and paths there were. */
export function countsSection(view: View): Line[] {
  const { report, bodyColumns } = view;
  return [
    ...labelled('levels', flow(shares(levelCounts(report)), bodyColumns)),
    ...labelled('status', flow(statusItems(report), bodyColumns)),
    ...labelled('distinct', flow(distinctItems(report), bodyColumns)),
  ];
}

/** Formats that lines were found in, and the lines that count for nothing else. */
export function linesSection(view: View): Line[] {
  const { report, bodyColumns } = view;
  const formats = formatCounts(report).map(([name, count]) => ({ name, count, tone: 'plain' as const }));
  return [
    ...labelled('formats', flow(shares(formats), bodyColumns)),
    ...labelled('lines', flow(lineItems(report), bodyColumns)),
  ];
}

function levelCounts({ levels }: SummaryReport): Count[] {
  const rankOf = (name: string): number => (WORST_FIRST.includes(name) ? WORST_FIRST.indexOf(name) : LEVELS.length);
  return largestFirst(levels)
    .map(([name, count]) => ({ name, count, tone: rankOf(name) < 2 ? ('bad' as const) : ('plain' as const) }))
    .toSorted((one, other) => rankOf(one.name) - rankOf(other.name));
}

/** Statuses in order of their numbers; of very many the server errors and then the most frequent. */
function statusItems({ status }: SummaryReport): Line[] {
  const all = largestFirst(status).map(([name, count]) => ({ name, count, tone: statusTone(name) }));
  const shown = all.toSorted((one, other) => Number(other.tone === 'bad') - Number(one.tone === 'bad'));
  const kept = shown.slice(0, MAX_STATUSES).toSorted((one, other) => Number(one.name) - Number(other.name));
  const items = shares(kept, sumOf(status));
  const hidden = all.length - kept.length;
  return hidden > 0 ? [...items, [span(`… and ${formatCount(hidden)} more`, 'quiet')]] : items;
}

function statusTone(name: string): Tone {
  return Number(name) >= 500 ? 'bad' : 'plain';
}

function distinctItems({ distinct }: SummaryReport): Line[] {
  return Object.entries(distinct)
    .filter(([, { estimate }]) => estimate > 0)
    .map(([dimension, { estimate, relativeError }]) => {
      const amount = span(`${formatCount(estimate)} ${estimate === 1 ? singularOf(dimension) : pluralOf(dimension)}`);
      return relativeError > 0 ? [amount, span(` ± ${formatShare(relativeError, 1)}`, 'quiet')] : [amount];
    });
}

function formatCounts({ files }: SummaryReport): readonly (readonly [string, number])[] {
  const totals = new Map<string, number>();
  for (const { formats } of files) {
    for (const [name, lines] of Object.entries(formats)) totals.set(name, (totals.get(name) ?? 0) + lines);
  }
  return largestFirst(Object.fromEntries(totals));
}

/** Nothing where every line was parsed and timed: the title has told it then. */
function lineItems(report: SummaryReport): Line[] {
  const items: Count[] = [
    { name: 'parsed', count: report.parsed, tone: 'plain' },
    { name: 'malformed', count: report.malformed, tone: 'warning' },
    { name: 'empty', count: report.empty, tone: 'plain' },
    { name: 'over-long', count: report.oversize, tone: 'warning' },
    { name: 'quarantined', count: report.quarantined, tone: 'bad' },
    { name: 'without time', count: report.untimed, tone: 'plain' },
    { name: 'outside 1970-2106', count: report.outOfRange, tone: 'plain' },
  ];
  const told = items.filter(({ count }) => count > 0);
  if (told.every(({ name }) => name === 'parsed')) return [];
  return told.map(({ name, count, tone }) => [
    span(`${formatCount(count)} ${name}`, tone),
    span(` (${formatShare(count, report.lines)})`, 'quiet'),
  ]);
}

function shares(counts: readonly Count[], total = counts.reduce((sum, { count }) => sum + count, 0)): Line[] {
  return counts.map(({ name, count, tone }) => [
    span(`${name} `, tone),
    span(formatCount(count), tone),
    span(` (${formatShare(count, total)})`, 'quiet'),
  ]);
}

const NOUNS: Readonly<Record<string, string>> = {
  clientIp: 'client',
  path: 'path',
  method: 'method',
  logger: 'logger',
  level: 'level',
};

/** Names one thing of a dimension for people, such as `client` for `clientIp`. */
export function singularOf(dimension: string): string {
  return Object.hasOwn(NOUNS, dimension) ? (NOUNS[dimension] ?? dimension) : dimension;
}

/** Names the things of a dimension for people; a dimension without a noun of ours keeps its name. */
export function pluralOf(dimension: string): string {
  return Object.hasOwn(NOUNS, dimension) ? `${singularOf(dimension)}s` : dimension;
}
