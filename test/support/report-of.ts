import { expect } from 'chai';
import type { SummaryReport } from '../../src/report/summary-report.js';
import type { Run } from './run-millrace.js';

/** The report that a run with `--json` printed. */
export function reportOf({ stdout }: Pick<Run, 'stdout'>): SummaryReport {
  return JSON.parse(stdout) as SummaryReport; // the contract of --json
}

/** A report without what may differ from run to run: cost, and how the work was cut and repeated. */
export function withoutCost(report: SummaryReport): object {
  const coverage = without(report.coverage, ['chunks', 'retried', 'duplicates', 'split']);
  return { ...without(report, ['resources']), coverage };
}

function without(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Checks that standard error holds these sentences, one a line, and nothing else: no trace of a stack. */
export function expectSentences(stderr: string, sentences: readonly string[]): void {
  expect(stderr).to.equal(sentences.map((sentence) => `millrace: ${sentence}\n`).join(''));
}
