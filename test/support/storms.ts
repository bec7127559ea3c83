/** The storms over the real daemon. */
import type { StormPlan } from './daemon-storm.js';

/** Lives of a daemon end within this, so that the storms kill it a hundred times. */
const LIFE_MS = 600;

export const STORMS: readonly StormPlan[] = [
  { mode: 'rename', rotations: 1000, lifeMs: 2 * LIFE_MS, seed: 1 },
  { mode: 'copytruncate', rotations: 300, lifeMs: LIFE_MS, seed: 2 },
  { mode: 'mixed', rotations: 100, lifeMs: LIFE_MS, seed: 3 },
];

/** The one of the suite. */
export const SHORT_STORM: StormPlan = { mode: 'rename', rotations: 20, lifeMs: LIFE_MS, seed: 1 };
