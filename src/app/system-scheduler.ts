import { performance } from 'node:perf_hooks';
import type { Scheduler } from '../actors/scheduler.js';

/** The scheduler port over the timers of Node. */
export function systemScheduler(): Scheduler {
  return {
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    every: (periodMs, action) => {
      const timer = setInterval(action, periodMs);
      return () => clearInterval(timer);
    },
  };
}

/** Milliseconds of a clock that never goes back. */
export function monotonicNow(): number {
  return performance.now();
}
