/** Draws the progress of a job on the last line of a terminal; off a terminal it draws nothing. */
import { renderProgress } from '../report/progress.js';
import { monotonicNow } from './system-scheduler.js';

/** What the bar shows. */
export interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
  readonly chunksDone: number;
  readonly retried: number;
}

const PERIOD_MS = 100;

/** Starts to draw; returns the function that ends it and wipes the line. */
export function showProgress(terminal: NodeJS.WriteStream, read: () => Progress): () => void {
  const startedAt = monotonicNow();
  const timer = setInterval(() => {
    const progress = read();
    const bytesPerSecond = (progress.bytesDone / Math.max(1, monotonicNow() - startedAt)) * 1000;
    const left = progress.bytesTotal === null ? null : progress.bytesTotal - progress.bytesDone;
    const etaSeconds = left === null || bytesPerSecond === 0 ? null : left / bytesPerSecond;
    terminal.write(
      `\r${renderProgress({ ...progress, bytesPerSecond, etaSeconds }, (terminal.columns ?? 80) - 1)}\x1b[K`,
    );
  }, PERIOD_MS);
  return () => {
    clearInterval(timer);
    terminal.write('\r\x1b[K');
  };
}
