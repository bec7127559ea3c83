/** `millrace analyze`: one job over what was named, one report. */
import { renderWindowsCsv } from '../../report/csv.js';
import { renderJson } from '../../report/json.js';
import type { SummaryReport } from '../../report/summary-report.js';
import { renderText } from '../../report/text.js';
import type { AnalyzeConfig } from '../config.js';
import { type ExitCode, exitCodeOf } from '../exit-codes.js';
import { writeOut } from '../output.js';
import { type AnalysisTools, codesThatHold, runAnalysis } from '../run-analysis.js';

/** Runs one analysis; resolves with the exit code. @throws MR_ERR_OUTPUT_WRITE, MR_ERR_RESTART_BUDGET, MR_ERR_UNEXPECTED */
export function analyze(names: readonly string[], config: AnalyzeConfig, tools: AnalysisTools): Promise<ExitCode> {
  return runAnalysis(names, config, tools, async (analysis) => {
    await writeOut(render(analysis.report, config));
    return exitCodeOf(codesThatHold(analysis));
  });
}

function render(report: SummaryReport, config: AnalyzeConfig): string {
  if (config.output === 'json') return renderJson(report);
  if (config.output === 'csv') return renderWindowsCsv(report);
  const widthColumns = process.stdout.isTTY ? process.stdout.columns : 100;
  return renderText(report, { widthColumns, useColor: config.useColor, topCount: config.topCount });
}
