import type { FilePlan, SummaryPlan } from '../../src/domain/plan.js';

/** What a job asks for where the test does not care. */
export const SUMMARY_PLAN: SummaryPlan = { windowMs: 60_000, folding: 'ids', windowedKeys: [] };

/** The plan of one file; what the test does not care about is filled in. */
export function planOf(parts: Partial<FilePlan> = {}): FilePlan {
  return {
    index: 0,
    path: 'app.log',
    startsAt: 0,
    sizeBytes: 0,
    seed: 7,
    formats: ['plain'],
    timezone: 'UTC',
    referenceAt: Date.UTC(2024, 0, 25),
    endPolicy: 'final',
    ...parts,
  };
}
