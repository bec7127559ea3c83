import type { FilePlan } from '../../src/domain/plan.js';

/** The plan of one file; what the test does not care about is filled in. */
export function planOf(parts: Partial<FilePlan> = {}): FilePlan {
  return {
    index: 0,
    path: 'app.log',
    sizeBytes: 0,
    seed: 7,
    formats: ['plain'],
    timezone: 'UTC',
    referenceAt: Date.UTC(2024, 0, 25),
    ...parts,
  };
}
