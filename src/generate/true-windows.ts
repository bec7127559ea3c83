import type { TrueWindow } from './truth-report.js';

const MINUTE_MS = 60_000;

type Counts = { -readonly [Name in Exclude<keyof TrueWindow, 'start' | 'seconds'>]: number };

/** Counts by minute, and the first and last instant. Lines mostly follow each other within a minute. */
export class TrueWindows {
  private readonly minutes = new Map<number, Counts>();
  private minute = Number.NaN;
  private counts: Counts = { lines: 0, requests: 0, errors: 0, durations: 0 };
  private first = Infinity;
  private last = -Infinity;

  /** Counts one line that states the instant `at`, epoch ms. */
  add(at: number, isRequest: boolean, isError: boolean, hasDuration: boolean): void {
    this.enter(Math.floor(at / MINUTE_MS));
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    this.counts.lines += 1;
    if (isRequest) this.counts.requests += 1;
    if (isError) this.counts.errors += 1;
    if (hasDuration) this.counts.durations += 1;
  }

  /** First and last instant, ISO 8601 UTC; null where nothing was counted. */
  span(): { readonly from: string | null; readonly to: string | null } {
    if (this.minutes.size === 0) return { from: null, to: null };
    return { from: new Date(this.first).toISOString(), to: new Date(this.last).toISOString() };
  }

  report(): TrueWindow[] {
    const inOrder = Array.from(this.minutes).sort(([left], [right]) => left - right);
    return inOrder.map(([minute, counts]) => ({
      start: new Date(minute * MINUTE_MS).toISOString(),
      seconds: 60,
      ...counts,
    }));
  }

  private enter(minute: number): void {
    if (minute === this.minute) return;
    this.minute = minute;
    this.counts = this.minutes.get(minute) ?? { lines: 0, requests: 0, errors: 0, durations: 0 };
    this.minutes.set(minute, this.counts);
  }
}
