/** Ends what a scheduler was asked to do; calling it twice, or too late, does nothing. */
export type Cancel = () => void;

/** The port for time: actors have no timers of their own, so that tests can step the clock by hand. */
export interface Scheduler {
  /** Calls `action` once, after `delayMs`. */
  after(delayMs: number, action: () => void): Cancel;
  /** Calls `action` every `periodMs`. */
  every(periodMs: number, action: () => void): Cancel;
}
