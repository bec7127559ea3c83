/** The reference and the kernel side by side, as they merge summaries. */
import { MillraceError } from '../../src/domain/errors.js';
import { SUMMARY_LIMITS, type SummaryLimits } from '../../src/domain/summary/limits.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { encodeSummary } from '../../src/domain/summary/summary-codec.js';
import { ReferenceMerger, type SummaryMerger } from '../../src/domain/summary/summary-merger.js';
import { KernelMerger } from '../../src/scanner/kernel-merger.js';
import { loadMerger } from '../../src/threads/load-kernel.js';
import type { PrioritizedEntry } from './any-entry.js';
import { SUMMARY_PLAN } from './plan-of.js';

const MERGER = loadMerger();

/** Two mergers of one plan. */
export interface MergerTwins {
  readonly reference: SummaryMerger;
  readonly kernel: SummaryMerger;
  /** Merges a summary into both; tells how that ended, which must be alike. */
  readonly merge: (encoded: Uint8Array) => readonly [reference: Outcome, kernel: Outcome];
  /** What both have merged, as hexadecimal digits. */
  readonly encode: () => readonly [reference: string, kernel: string];
}

/** Merged, or the error that it was refused with. */
export type Outcome = string;

export function newKernelMerger(plan = SUMMARY_PLAN, limits: SummaryLimits = SUMMARY_LIMITS): KernelMerger {
  return new KernelMerger(() => MERGER, plan, limits);
}

export function createMergerTwins(plan = SUMMARY_PLAN, limits: SummaryLimits = SUMMARY_LIMITS): MergerTwins {
  const reference = new ReferenceMerger(plan, limits);
  const kernel = newKernelMerger(plan, limits);
  return {
    reference,
    kernel,
    merge: (encoded) => [outcomeOf(reference, encoded), outcomeOf(kernel, encoded)],
    encode: () => [hexOf(reference.encode()), hexOf(kernel.encode())],
  };
}

/** The encoded summary of entries. */
export function summaryOf(
  entries: readonly PrioritizedEntry[],
  plan = SUMMARY_PLAN,
  limits: SummaryLimits = SUMMARY_LIMITS,
): Uint8Array {
  const summary = new Summary(plan, limits);
  for (const { entry, priority } of entries) summary.add(entry, priority);
  return encodeSummary(summary);
}

function outcomeOf(merger: SummaryMerger, encoded: Uint8Array): Outcome {
  try {
    merger.merge(encoded);
    return 'merged';
  } catch (error) {
    if (error instanceof MillraceError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
