/** The screen of `status`: what is wrong first. */
import { formatAmount, formatBytes, formatCount, formatDecimal, formatRate, formatSpan } from '../numbers.js';
import { flow, labelled, type Line, span, type Tone, wrap } from '../spans.js';
import { zoneClock } from '../zone-clock.js';
import { instantOf, type Page } from './page.js';
import type { AlertRow, StatusReport } from './reports.js';

const TONES: Readonly<Record<string, Tone>> = {
  following: 'strong',
  degraded: 'bad',
  paused: 'warning',
  stopped: 'bad',
};
/** Alerts that are listed; `alerts` lists all. */
const MAX_FIRING = 5;
/** From here on a lag is worth a look. */
const LATE_MS = 10_000;

export function statusLines(report: StatusReport, page: Page): Line[] {
  return [
    ...flow(titleItems(report), page.columns),
    ...labelled('fault', faultLines(report, page), 'bad'),
    ...labelled('alerts', alertLines(report, page), (report.firing ?? []).length > 0 ? 'bad' : 'label'),
    ...labelled('gaps', gapLines(report, page), (report.gaps?.count ?? 0) > 0 ? 'warning' : 'label'),
    ...labelled('last 5 min', recentLines(report, page)),
    ...labelled('behind', flow(behindItems(report), page.bodyColumns), report.lagMs >= LATE_MS ? 'warning' : 'label'),
    ...labelled('counted', flow(countedItems(report), page.bodyColumns)),
    ...labelled('process', flow(processItems(report), page.bodyColumns)),
    ...labelled(
      'watches',
      flow(
        report.roots.map((root) => [span(root)]),
        page.bodyColumns,
      ),
    ),
    ...labelled('state', [[span(report.stateFolder)]]),
  ];
}

function titleItems({ state, version, pid, startedAt, uptimeSeconds, timezone }: StatusReport): Line[] {
  const clock = zoneClock(timezone);
  return [
    [span(`millrace ${version}`, 'strong'), span(' is '), span(wordsOf(state), TONES[state] ?? 'plain')],
    [span(`pid ${pid}`)],
    [
      span(`since ${instantOf(startedAt, clock)} ${clock.zone}`),
      span(` (${formatSpan(uptimeSeconds * 1000)})`, 'quiet'),
    ],
  ];
}

/** `catchingUp` as people write it. */
function wordsOf(state: string): string {
  return state.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function faultLines({ fault }: StatusReport, { bodyColumns }: Page): Line[] {
  return fault === null ? [] : wrap(`${fault.message} (${fault.code})`, bodyColumns, 'bad');
}

function alertLines({ firing, timezone }: StatusReport, { bodyColumns }: Page): Line[] {
  if (firing === null) return [[span('not known now', 'warning')]];
  if (firing.length === 0) return [[span('none fires', 'quiet')]];
  const clock = zoneClock(timezone);
  const lines = firing.slice(0, MAX_FIRING).flatMap((alert) => wrap(alertWords(alert), bodyColumns, 'bad'));
  const more = firing.length - MAX_FIRING;
  return more > 0 ? [...lines, [span(`and ${formatCount(more)} more: millrace exec alerts`, 'bad')]] : lines;

  function alertWords({ name, key, firedAt, worst, unit }: AlertRow): string {
    const of = key === null ? '' : ` of ${key}`;
    const since = firedAt === null ? '' : ` since ${instantOf(firedAt, clock)}`;
    return `${name}${of} fires${since}${worst === null ? '' : `, at worst ${formatDecimal(worst)} ${unit}`.trimEnd()}`;
  }
}

function gapLines({ gaps }: StatusReport, { bodyColumns }: Page): Line[] {
  if (gaps === null) return [[span('not known now', 'warning')]];
  if (gaps.count === 0) return [[span('none: every byte that was there is counted', 'quiet')]];
  const places = formatAmount(gaps.count, 'place');
  const words =
    gaps.bytes > 0
      ? `${places} never counted, at least ${formatBytes(gaps.bytes)}`
      : `${places} where something may be missing`;
  return wrap(`${words}: millrace exec gaps`, bodyColumns, 'warning');
}

function recentLines({ recent }: StatusReport, { bodyColumns }: Page): Line[] {
  if (recent === null) return [[span('not known now', 'warning')]];
  const { lines, requests, errors, errorsPerMinute, seconds, p95 } = recent;
  if (lines === 0) return [[span('no line', 'quiet')]];
  const items: Line[] = [[span(`${formatRate(lines / seconds)} lines/s`)]];
  if (requests > 0) items.push([span(`${formatRate(requests / seconds)} requests/s`)]);
  items.unshift([span(`${formatRate(errorsPerMinute)} errors/min`, errors > 0 ? 'bad' : 'plain')]);
  if (p95 !== null) items.push([span(`p95 ${formatDecimal(p95)} ms`)]);
  return flow(items, bodyColumns);
}

function behindItems({ backlogBytes, lagMs }: StatusReport): Line[] {
  if (backlogBytes === 0) return [[span('nothing', 'quiet')]];
  const tone = lagMs >= LATE_MS ? 'warning' : 'plain';
  return [[span(formatBytes(backlogBytes), tone)], [span(`the oldest for ${formatSpan(lagMs)}`, tone)]];
}

function countedItems({ committed, timezone }: StatusReport): Line[] {
  const { lines, bytes, malformed, requests, errors, at } = committed;
  const items: Line[] = [
    [span(formatAmount(lines, 'line'))],
    [span(formatBytes(bytes))],
    [span(formatAmount(requests, 'request'))],
    [span(formatAmount(errors, 'error'))],
    [span(`${formatCount(malformed)} malformed`, malformed > 0 ? 'warning' : 'plain')],
  ];
  if (at !== null) items.push([span(`last commit ${instantOf(at, zoneClock(timezone))}`, 'quiet')]);
  return items;
}

function processItems({ files, openDescriptors, workers, rssBytes, incarnations }: StatusReport): Line[] {
  const items: Line[] = [
    [span(`${formatAmount(files, 'file')} followed`)],
    [span(`${formatCount(openDescriptors)} open`)],
    [span(formatAmount(workers, 'worker'))],
    [span(`${formatBytes(rssBytes)} memory`)],
  ];
  if (incarnations > 1) items.push([span(`begun anew ${formatAmount(incarnations - 1, 'time')}`, 'warning')]);
  return items;
}
