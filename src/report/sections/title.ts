import { formatAmount, formatBytes, formatShare, formatSpan } from '../numbers.js';
import type { Line } from '../spans.js';
import { flow, labelled, span, wrap } from '../spans.js';
import type { View } from '../view.js';

/** What was read: files, size, lines, and from when to when. */
export function titleSection(view: View): Line[] {
  const { report, widthColumns } = view;
  const items = [
    [span(titleOf(view), 'strong')],
    ...(report.history === undefined ? [[span(formatBytes(report.bytes))]] : []),
    [span(formatAmount(report.lines, 'line'))],
    ...spanItems(view),
  ];
  return [...flow(items, widthColumns), ...alarms(view), ...verdict(view)];
}

function titleOf({ report: { files, history } }: View): string {
  if (history !== undefined) return history.last === null ? 'all history' : `last ${history.last}`;
  const [only] = files;
  if (only === undefined || files.length > 1) return formatAmount(files.length, 'file');
  return only.path === '-' ? 'standard input' : only.path;
}

function spanItems({ report: { from, to, lines }, clock }: View): Line[] {
  if (from === null || to === null) return lines > 0 ? [[span('no times')]] : [];
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const end = clock.date(first) === clock.date(last) ? clock.time(last) : `${clock.date(last)} ${clock.time(last)}`;
  const range = `${clock.date(first)} ${clock.time(first)} → ${end} ${clock.zone}`;
  return [[span(range), span(` (${formatSpan(last - first)})`, 'quiet')]];
}

/** What must not be overlooked before the numbers are believed. */
function alarms({ report: { coverage, unreadable }, bodyColumns }: View): Line[] {
  const items: Line[] = [];
  if (!coverage.complete) {
    const missing = coverage.bytes - coverage.counted;
    const share = formatShare(missing, coverage.bytes);
    items.push([span(missing > 0 ? `${formatBytes(missing)} not counted (${share})` : 'not all was counted', 'bad')]);
  }
  if (unreadable.length > 0) items.push([span(`${formatAmount(unreadable.length, 'input')} not readable`, 'bad')]);
  return labelled('incomplete', flow(items, bodyColumns), 'bad');
}

function verdict({ report, clock, widthColumns }: View): Line[] {
  if (report.parsed > 0) return [];
  if (report.history !== undefined && report.history.last !== null) {
    const from = Date.parse(report.history.from);
    return wrap(`Nothing to report: no line has a time since ${clock.date(from)} ${clock.time(from)}.`, widthColumns);
  }
  const why =
    report.lines > 0
      ? `of ${formatAmount(report.lines, 'line')} none is in a known format`
      : report.bytes > 0
        ? 'no line was read'
        : 'the input is empty';
  return wrap(`Nothing to report: ${why}.`, widthColumns);
}
