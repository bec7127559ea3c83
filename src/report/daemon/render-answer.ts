/** Shows what a command of a daemon answered, by the name of its schema. */
import { assertNever } from '../../domain/assert-never.js';
import { printJson } from '../json.js';
import { type Line, printLines } from '../spans.js';
import { renderText } from '../text.js';
import { printedColumns, type TextOptions } from '../view.js';
import { alertsLines, doneLines, filesLines, gapsLines, helpLines, workersLines } from './list-text.js';
import { type Page, pageOf } from './page.js';
import type { DaemonReport } from './reports.js';
import { statusLines } from './status-text.js';
import { windowsLines } from './windows-text.js';

/** Renders an answer for a terminal or a text file; one of a schema that is not known here is shown as JSON. */
export function renderAnswer(answer: unknown, options: TextOptions): string {
  if (!isReport(answer)) return printJson(answer);
  if (answer.schema === 'millrace.summary/1') return renderText(answer, options);
  return printLines(linesOf(answer, pageOf(options)), printedColumns(options), options.useColor);
}

type Listed = Exclude<DaemonReport, { readonly schema: 'millrace.summary/1' }>;

function linesOf(report: Listed, page: Page): readonly Line[] {
  switch (report.schema) {
    case 'millrace.status/1':
      return statusLines(report, page);
    case 'millrace.windows/1':
      return windowsLines(report, page);
    case 'millrace.files/1':
      return filesLines(report, page);
    case 'millrace.gaps/1':
      return gapsLines(report, page);
    case 'millrace.alerts/1':
      return alertsLines(report, page);
    case 'millrace.workers/1':
      return workersLines(report, page);
    case 'millrace.done/1':
      return doneLines(report, page);
    case 'millrace.help/1':
      return helpLines(report, page);
    default:
      return assertNever(report);
  }
}

const SCHEMAS: Readonly<Record<DaemonReport['schema'], true>> = {
  'millrace.alerts/1': true,
  'millrace.done/1': true,
  'millrace.files/1': true,
  'millrace.gaps/1': true,
  'millrace.help/1': true,
  'millrace.status/1': true,
  'millrace.summary/1': true,
  'millrace.windows/1': true,
  'millrace.workers/1': true,
};

/** The name of a schema is a promise of its shape. */
function isReport(answer: unknown): answer is DaemonReport {
  if (typeof answer !== 'object' || answer === null || !('schema' in answer)) return false;
  return typeof answer.schema === 'string' && Object.hasOwn(SCHEMAS, answer.schema);
}
