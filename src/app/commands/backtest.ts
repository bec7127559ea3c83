/** `millrace backtest`: one analysis, and what alert rules would have made of it. */
import { readFileSync, statSync } from 'node:fs';
import type { AlertRule } from '../../domain/alerts/alert-rule.js';
import { parseRules } from '../../domain/alerts/parse-rules.js';
import { failure, type MillraceError } from '../../domain/errors.js';
import { type BacktestReport, isFailed } from '../../report/backtest-report.js';
import { renderBacktest } from '../../report/backtest-text.js';
import { printJson } from '../../report/json.js';
import { reasonOf } from '../../sources/reason-of.js';
import { backtestRules } from '../backtest-rules.js';
import type { AnalyzeConfig } from '../config.js';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.js';
import { writeOut } from '../output.js';
import { type AnalysisTools, codesThatHold, runAnalysis } from '../run-analysis.js';

/** A larger file is no list of rules, but a log that was named in its place. */
const MAX_RULES_BYTES = 1024 * 1024;

/** How a backtest is run; `config` asks for the keys per window of the rules. */
export interface Backtest {
  readonly rules: readonly AlertRule[];
  readonly config: AnalyzeConfig;
  /** True: rules that fire make the command fail. */
  readonly isCheck: boolean;
}

/** Runs one backtest; resolves with the exit code. @throws MR_ERR_OUTPUT_WRITE, MR_ERR_RESTART_BUDGET, MR_ERR_UNEXPECTED */
export function backtest(
  names: readonly string[],
  { rules, config, isCheck }: Backtest,
  tools: AnalysisTools,
): Promise<ExitCode> {
  return runAnalysis(names, config, tools, async (analysis) => {
    const report = backtestRules(rules, analysis);
    await writeOut(render(report, config));
    const holding = codesThatHold(analysis);
    return exitCodeOf(isCheck && report.rules.some(isFailed) ? [...holding, EXIT.checkFailed] : holding);
  });
}

/** Reads a file of rules. @throws MR_ERR_INPUT_UNREADABLE, MR_ERR_RULE_INVALID */
export function readRules(path: string): readonly AlertRule[] {
  return parseRules(readText(path), path);
}

function readText(path: string): string {
  const refuse = (why: string, cause?: unknown): MillraceError =>
    failure('MR_ERR_INPUT_UNREADABLE', [path, why], cause);
  let size: number | undefined;
  try {
    size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size !== undefined && size <= MAX_RULES_BYTES) return readFileSync(path, 'utf8');
  } catch (error) {
    throw refuse(reasonOf(error), error);
  }
  throw refuse(size === undefined ? 'there is no such file' : 'a file of rules has at most 1 MiB; is it a log?');
}

function render(report: BacktestReport, config: AnalyzeConfig): string {
  if (config.output === 'json') return printJson(report);
  const widthColumns = process.stdout.isTTY ? process.stdout.columns : 100;
  return renderBacktest(report, { widthColumns, useColor: config.useColor });
}
