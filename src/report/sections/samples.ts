import { formatAmount, formatCount } from '../numbers.js';
import type { Line } from '../spans.js';
import { flow, indented, labelled, span } from '../spans.js';
import type { SampleReport, SummaryReport } from '../summary-report.js';
import type { Column } from '../table.js';
import { setTable } from '../table.js';
import type { View } from '../view.js';
import { largestFirst } from '../view.js';
import { moreThan } from './files.js';

const MAX_SAMPLES = 10;
const INDENT_COLUMNS = 2;
const COLUMNS: readonly Column[] = [
  { title: 'file', align: 'left', rank: 0, leastColumns: 10, cut: 'start' },
  { title: 'byte', align: 'right', rank: 0 },
  { title: 'reason', align: 'left', rank: 1 },
  { title: 'text', align: 'left', rank: 0, leastColumns: 12 },
];

/** Malformed lines by reason and over-long ones with examples, then the quarantined ones. Offsets are bare digits: they get copied. */
export function samplesSection(view: View): Line[] {
  const { report, bodyColumns } = view;
  const reasons = largestFirst(report.reasons).map(([reason, count]) => [span(`${reason} ${formatCount(count)}`)]);
  const quarantined =
    report.quarantined > 0 ? [[span(`${formatAmount(report.quarantined, 'line')} that no scan survived`)]] : [];
  return [
    ...labelled('malformed', flow(amountThen(report.malformed, reasons), bodyColumns), 'warning'),
    ...labelled('over-long', overLong(report), 'warning'),
    ...sampleTable(report.samples.malformed, view),
    ...labelled('quarantined', flow(quarantined, bodyColumns), 'bad'),
    ...sampleTable(report.samples.quarantined, view),
  ];
}

/** Lines that were too long to parse; none where there are none. */
function overLong({ oversize }: SummaryReport): readonly Line[] {
  return oversize > 0 ? [[span(formatAmount(oversize, 'line'))]] : [];
}

/** The reasons tell the amount too; without any the amount stands alone. */
function amountThen(malformed: number, reasons: readonly Line[]): readonly Line[] {
  return malformed > 0 && reasons.length === 0 ? [[span(formatAmount(malformed, 'line'))]] : reasons;
}

function sampleTable(samples: readonly SampleReport[], { widthColumns }: View): Line[] {
  const rows = samples
    .slice(0, MAX_SAMPLES)
    .map(({ file, offset, reason, text }) => [span(file), span(String(offset)), span(reason), span(text, 'quiet')]);
  const table = setTable(COLUMNS, rows, widthColumns - INDENT_COLUMNS);
  return indented([...table, ...moreThan(samples.length, MAX_SAMPLES)], INDENT_COLUMNS);
}
