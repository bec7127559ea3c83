/** Makes the report of an ended job out of all its parts; the digest is hashed here, where node:crypto is. */
import { createHash } from 'node:crypto';
import { BYTE_CLASSES, type LineClass } from '../domain/account.js';
import type { CoverageReceipt } from '../domain/coverage.js';
import { digestInput } from '../domain/digest-input.js';
import type { MergedState } from '../domain/merged-state.js';
import { reportSummary } from '../report/build-report.js';
import type { CoverageReport, FileReport, ResourceReport, SummaryReport } from '../report/summary-report.js';
import type { PlannedJob } from '../sources/plan-job.js';
import type { RunningJob } from './compose.js';
import type { AnalyzeConfig } from './config.js';
import type { JobResult } from './job-actors.js';
import { reportSamples } from './report-samples.js';

/** Everything that a report is made of. */
export interface ReportParts {
  readonly result: JobResult;
  readonly job: RunningJob;
  readonly planned: PlannedJob;
  readonly config: AnalyzeConfig;
  readonly wallMs: number;
  /** Scan threads that were at work. */
  readonly threads: number;
}

export function reportJob(parts: ReportParts): SummaryReport {
  const { result, job, planned, config } = parts;
  const state = result.merged.state;
  const receipt = state.coverage.receipt();
  const totals = sumAccounts(state);
  const pathOf = (file: number): string => planned.plans[file]?.path ?? '?';
  const failures = [...planned.failures, ...job.source.failures()];
  return {
    schema: 'millrace.summary/1',
    files: planned.plans.map((plan, file) => reportFile(state, file, plan.path)),
    bytes: receipt.bytes,
    ...totals,
    timezone: config.timezone,
    ...reportSummary(state.summary, config.topCount),
    samples: reportSamples(state, pathOf),
    reasons: reasonsOf(state),
    coverage: reportCoverage({ receipt, result, config, pathOf, isPartial: job.source.isPartial }),
    passedOver: planned.passedOver.map(({ path, why }) => ({ path, reason: why })),
    unreadable: failures.map(({ path, error }) => ({ path, code: error.code, message: error.message })),
    resources: reportResources(parts, receipt.counted),
  };
}

type LineTotals = Pick<SummaryReport, 'lines' | 'parsed' | 'malformed' | 'empty' | 'oversize' | 'quarantined'>;

function sumAccounts({ accounts }: MergedState): LineTotals {
  const sum = (lineClass: LineClass): number =>
    accounts.reduce((total, account) => total + account.lines(lineClass), 0);
  return {
    lines: accounts.reduce((total, account) => total + account.totalLines(), 0),
    parsed: sum('parsed'),
    malformed: sum('malformed'),
    empty: sum('empty'),
    oversize: sum('oversize'),
    quarantined: sum('quarantined'),
  };
}

function reportFile({ accounts, coverage }: MergedState, file: number, path: string): FileReport {
  const account = accounts[file];
  const bytes = coverage.receipt().files[file]?.bytes ?? 0;
  if (account === undefined) return { path, bytes, lines: 0, malformed: 0, formats: {} };
  const formats = Object.fromEntries(account.formats());
  return { path, bytes, lines: account.totalLines(), malformed: account.lines('malformed'), formats };
}

function reasonsOf({ accounts }: MergedState): Record<string, number> {
  const reasons: Record<string, number> = {};
  for (const account of accounts) {
    for (const [reason, lines] of account.reasons()) reasons[reason] = (reasons[reason] ?? 0) + lines;
  }
  return reasons;
}

interface CoverageParts {
  readonly receipt: CoverageReceipt;
  readonly result: JobResult;
  readonly config: AnalyzeConfig;
  readonly pathOf: (file: number) => string;
  /** True where the job was stopped before its end. */
  readonly isPartial: boolean;
}

function reportCoverage({ receipt, result, config, pathOf, isPartial }: CoverageParts): CoverageReport {
  const { state } = result.merged;
  const { accounts } = state;
  const bytesByClass = BYTE_CLASSES.map(
    (name) => [name, accounts.reduce((sum, account) => sum + account.bytes(name), 0)] as const,
  );
  return {
    bytes: receipt.bytes,
    counted: receipt.counted,
    complete: receipt.complete && result.outcome === 'completed' && !isPartial,
    chunks: receipt.merged,
    retried: result.context.retried,
    duplicates: receipt.duplicates,
    split: receipt.split,
    quarantined: accounts.reduce((sum, account) => sum + account.lines('quarantined'), 0),
    abandoned: receipt.abandoned.map(({ file, start, end, reason }) => ({ file: pathOf(file), start, end, reason })),
    bytesByClass: Object.fromEntries(bytesByClass),
    digest: digestOf(state, config),
  };
}

function digestOf(state: MergedState, config: AnalyzeConfig): string {
  const { accounts } = state;
  const summary = state.encodedSummary();
  const { timezone, windowMs, formats, folding, windowedKeys } = config;
  return createHash('sha256')
    .update(digestInput({ summary, accounts, timezone, windowMs, formats, folding, windowedKeys }))
    .digest('hex');
}

function reportResources({ wallMs, threads, config }: ReportParts, bytes: number): ResourceReport {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    wallMs: Math.round(wallMs),
    cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000),
    maxRssBytes: maxRSS * 1024,
    bytesPerSecond: Math.round(bytes / (wallMs / 1000)),
    workers: threads,
    engine: config.engine,
  };
}
