import { countsSection, linesSection } from './sections/counts.js';
import { firstErrorsSection, slowestSection } from './sections/examples.js';
import { filesSection, passedOverSection, unreadableSection } from './sections/files.js';
import { headlineSection } from './sections/headline.js';
import { receiptSection } from './sections/receipt.js';
import { samplesSection } from './sections/samples.js';
import { timelineSection } from './sections/timeline.js';
import { titleSection } from './sections/title.js';
import { dimensionsSection, pathsSection } from './sections/top-keys.js';
import { worstWindowSection } from './sections/worst-window.js';
import { printLines } from './spans.js';
import type { SummaryReport } from './summary-report.js';
import type { Section, TextOptions } from './view.js';
import { printedColumns, viewOf } from './view.js';

export type { TextOptions } from './view.js';

/** From what matters most in the first ten seconds down to what proves it. */
const SECTIONS: readonly Section[] = [
  titleSection,
  headlineSection,
  timelineSection,
  worstWindowSection,
  countsSection,
  pathsSection,
  (view) => [...dimensionsSection(view), ...linesSection(view)],
  firstErrorsSection,
  slowestSection,
  filesSection,
  samplesSection,
  unreadableSection,
  passedOverSection,
  receiptSection,
];

/**
 * Renders a report for a terminal or a text file. No line is wider than `widthColumns`; nothing from a log reaches the
 * terminal unescaped; sections without content are left out.
 */
export function renderText(report: SummaryReport, options: TextOptions): string {
  const view = viewOf(report, options);
  const sections = SECTIONS.map((section) => section(view)).filter((lines) => lines.length > 0);
  return sections.map((lines) => printLines(lines, printedColumns(options), options.useColor)).join('\n');
}
