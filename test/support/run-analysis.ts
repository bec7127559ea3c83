import { startJob } from '../../src/app/compose.js';
import type { RawOptions } from '../../src/app/config.js';
import { openLog } from '../../src/app/log.js';
import { reportJob } from '../../src/app/report-job.js';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { discover } from '../../src/sources/discover.js';
import { planJob } from '../../src/sources/plan-job.js';
import { loadKernel } from '../../src/threads/load-kernel.js';
import { configOf } from './config-of.js';

/** Analyzes in this process, with the product's own threads and actors; options as on the command line. */
export async function runAnalysis(
  names: readonly string[],
  options: RawOptions & { readonly chunkBytes?: number } = {},
): Promise<SummaryReport> {
  const config = configOf({ timezone: 'UTC', ...options });
  const { formats, timezone } = config;
  const planned = planJob(discover(names), { formats, timezone, startedAt: Date.UTC(2024, 5, 1) });
  const log = openLog({ level: 'error', format: 'json' });
  const threads = config.workers;
  const kernel = config.engine === 'scanner' ? await loadKernel(formats) : null;
  const job = startJob({ ...config, planned, threads, kernel, chunkBytes: options.chunkBytes ?? 1024 * 1024, log });
  try {
    return reportJob({ result: await job.done, job, planned, config, threads, wallMs: 1 });
  } finally {
    await job.close();
  }
}

/** What must be the same however the work was done: the report less resources, paths, and counts of chunks and attempts. */
export function answerOf(report: SummaryReport): unknown {
  const { resources: _resources, coverage, files, samples, ...answer } = report;
  const { chunks: _chunks, retried: _retried, duplicates: _duplicates, split: _split, ...proof } = coverage;
  return {
    ...answer,
    files: files.map(({ path: _path, ...file }) => file),
    samples: Object.values(samples).map((group) => group.map(({ file: _file, ...sample }) => sample)),
    coverage: proof,
  };
}
