/** One job over what was named, with what every command that reports on one needs: progress, signals, inputs that failed. */
import { performance } from 'node:perf_hooks';
import type { MergedState } from '../domain/merged-state.js';
import type { SummaryReport } from '../report/summary-report.js';
import { discover, type InputFailure } from '../sources/discover.js';
import { type PlannedJob, planJob } from '../sources/plan-job.js';
import { loadKernel } from '../threads/load-kernel.js';
import type { StartedThread } from '../threads/start-thread.js';
import { type RunningJob, startJob } from './compose.js';
import type { AnalyzeConfig } from './config.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { growHeapsByHalf } from './heap-growth.js';
import type { JobResult } from './job-actors.js';
import type { Log } from './log.js';
import { type Progress, showProgress } from './progress-bar.js';
import { reportJob } from './report-job.js';
import { sayError } from './say-error.js';

/** Less is not worth a thread: by the time that it is up, the one that is has read this much. */
const MIN_CHUNK_BYTES = 2 * 1024 * 1024;
/** Where a log has very many keys, the fewer chunks tell of them the better: merging 16 MiB at a time costs a tenth more than 32. */
const MAX_CHUNK_BYTES = 32 * 1024 * 1024;
/** Chunks of a stream lie in memory. */
const STREAM_CHUNK_BYTES = 12 * 1024 * 1024;
/** Chunks for each worker that a small input is cut into, so that no worker idles long at the end. */
const CHUNKS_PER_WORKER = 8;
/** Below, a job is over before its heaps have grown. */
const LARGE_BYTES = 16 * 1024 * 1024;

/** What an analysis is run with, besides what it is asked. */
export interface AnalysisTools {
  readonly log: Log;
  /** A thread that was started before anything was known; null for none. */
  readonly spare: StartedThread | null;
}

/** An analysis that ended. */
export interface Analysis {
  readonly report: SummaryReport;
  readonly state: MergedState;
  /** The signal that ended it before its time; null for none. */
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs one analysis and resolves with the exit code that `present` gives, which tells of it while signals are still held
 * off. Where no input can be read it says why, and nothing is presented.
 * @throws MR_ERR_OUTPUT_WRITE, MR_ERR_RESTART_BUDGET, MR_ERR_UNEXPECTED
 */
export async function runAnalysis(
  names: readonly string[],
  config: AnalyzeConfig,
  { log, spare }: AnalysisTools,
  present: (analysis: Analysis) => Promise<ExitCode>,
): Promise<ExitCode> {
  const startedAt = performance.now();
  const planned = planJob(discover(names), {
    formats: config.formats,
    timezone: config.timezone,
    startedAt: Date.now(),
  });
  if (planned.inputs.length === 0) return refuse(planned.failures);
  for (const { path, error } of planned.failures) log.warn('Input not readable', { path, error });
  for (const { path, why } of planned.passedOver) log.info('Input passed over', { path, reason: why });
  const chunkBytes = config.chunkBytes ?? chunkBytesFor(planned, config.workers);
  const threads = threadsFor(planned, chunkBytes, config.workers);
  const kernel = config.engine === 'scanner' ? await loadKernel(config.formats) : null;
  const onUp = isLarge(planned) ? growHeapsByHalf : () => undefined;
  const job = startJob({ ...config, planned, chunkBytes, threads, kernel, spare, onUp, log });
  const signals = cancelOnSignals(job);
  const stopProgress =
    config.isQuiet || !process.stderr.isTTY ? () => undefined : showProgress(process.stderr, () => progressOf(job));
  try {
    const result = await job.done;
    stopProgress();
    const report = reportJob({ result, job, planned, config, threads, wallMs: performance.now() - startedAt });
    const failures = [...planned.failures, ...job.source.failures()];
    if (report.coverage.counted === 0 && job.source.failures().length === planned.inputs.length)
      return refuse(failures);
    if (config.output !== 'text') for (const { error } of failures) sayError(error); // the text report names them
    const signal = isCancelled(job, result) ? signals.received() : null;
    return await present({ report, state: result.merged.state, signal });
  } finally {
    stopProgress();
    signals.forget();
    await job.close();
  }
}

/** Says what is wrong with each input where none can be read. */
function refuse(failures: readonly InputFailure[]): ExitCode {
  for (const { error } of failures) sayError(error);
  return EXIT.inputUnreadable;
}

/** Small inputs are cut finer, so that all workers have something to do; the answer does not depend on it. */
function chunkBytesFor(planned: PlannedJob, workers: number): number {
  const sizes = planned.plans.map((plan) => plan.sizeBytes);
  if (sizes.includes(null)) return STREAM_CHUNK_BYTES;
  const total = sum(sizes.map((size) => size ?? 0));
  return Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, Math.ceil(total / (workers * CHUNKS_PER_WORKER))));
}

/** No more threads than chunks. */
function threadsFor({ plans }: PlannedJob, chunkBytes: number, workers: number): number {
  const chunks = plans.map(({ sizeBytes }) => (sizeBytes === null ? workers : Math.ceil(sizeBytes / chunkBytes)));
  return Math.max(1, Math.min(workers, sum(chunks)));
}

/** Tells whether the job will make enough garbage for heaps to grow. */
function isLarge({ plans }: PlannedJob): boolean {
  return sum(plans.map(({ sizeBytes }) => sizeBytes ?? LARGE_BYTES)) >= LARGE_BYTES;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function progressOf(job: RunningJob): Progress {
  const counters = job.counters();
  return {
    bytesDone: counters?.bytes ?? 0,
    bytesTotal: job.source.totalBytes(),
    chunksDone: counters?.merged ?? 0,
    retried: counters?.retried ?? 0,
  };
}

interface Signals {
  readonly received: () => NodeJS.Signals | null;
  readonly forget: () => void;
}

/** The first signal ends the job with a partial report, the second ends the process. */
function cancelOnSignals(job: RunningJob): Signals {
  let received: NodeJS.Signals | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (received !== null) process.exit(signalCode(signal));
    received = signal;
    job.stop();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    received: () => received,
    forget: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}

function signalCode(signal: NodeJS.Signals): ExitCode {
  return signal === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted;
}

/** A signal that came when all was read changes nothing. */
function isCancelled(job: RunningJob, { outcome }: JobResult): boolean {
  return outcome === 'cancelled' || job.source.isPartial;
}

/** The exit codes that hold for any command that reports on an analysis. */
export function codesThatHold({ report, signal }: Analysis): ExitCode[] {
  const holding: ExitCode[] = [];
  if (signal !== null) holding.push(signalCode(signal));
  if (!report.coverage.complete) holding.push(EXIT.coverageIncomplete);
  if (report.unreadable.length > 0) holding.push(EXIT.inputUnreadable);
  if (report.parsed === 0) holding.push(EXIT.nothingToReport);
  return holding;
}
