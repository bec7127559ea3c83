import { formatBytes, formatCount } from '../numbers.js';
import type { Line } from '../spans.js';
import { labelled, span, wrap } from '../spans.js';
import type { Column } from '../table.js';
import { setTable } from '../table.js';
import type { View } from '../view.js';
import { largestFirst } from '../view.js';

const MAX_FILES = 10;
const COLUMNS: readonly Column[] = [
  { title: 'files', align: 'left', rank: 0, leastColumns: 12, cut: 'start' },
  { title: 'size', align: 'right', rank: 2 },
  { title: 'lines', align: 'right', rank: 0 },
  { title: 'malformed', align: 'right', rank: 1 },
  { title: 'formats', align: 'left', rank: 3, leastColumns: 8 },
];

/** One row per file where there are several. */
export function filesSection({ report: { files }, widthColumns }: View): Line[] {
  if (files.length < 2) return [];
  const rows = files.slice(0, MAX_FILES).map((file) => [
    span(file.path),
    span(formatBytes(file.bytes)),
    span(formatCount(file.lines)),
    span(formatCount(file.malformed), file.malformed > 0 ? 'warning' : 'plain'),
    span(
      largestFirst(file.formats)
        .map(([name]) => name)
        .join(', '),
    ),
  ]);
  return [...setTable(COLUMNS, rows, widthColumns), ...moreThan(files.length, MAX_FILES)];
}

/** Inputs that could not be read at all, with the reason. */
export function unreadableSection({ report: { unreadable }, bodyColumns }: View): Line[] {
  const lines = unreadable.slice(0, MAX_FILES).flatMap(({ path, code, message }) => {
    const where = message.includes(path) ? '' : `${path}: `;
    return wrap(`${where}${message} (${code})`, bodyColumns);
  });
  return labelled('unreadable', [...lines, ...moreThan(unreadable.length, MAX_FILES)], 'bad');
}

/** Files with the name of a log that were found in a directory and not read: how many for each reason, with the first. */
export function passedOverSection({ report: { passedOver }, bodyColumns }: View): Line[] {
  const reasons = [...new Set(passedOver.map(({ reason }) => reason))];
  const lines = reasons.flatMap((reason) => {
    const [first, ...others] = passedOver.filter((file) => file.reason === reason);
    const more = others.length > 0 ? ` and ${formatCount(others.length)} more` : '';
    return first === undefined ? [] : wrap(`${first.path}${more}: ${reason}`, bodyColumns);
  });
  return labelled('passed over', lines, 'warning');
}

/** The line that tells how many were left out; none where none was. */
export function moreThan(count: number, shown: number): Line[] {
  return count > shown ? [[span(`… and ${formatCount(count - shown)} more`, 'quiet')]] : [];
}
