import { cutEnd, displayWidth } from './display-width.js';
import { formatAmount, formatBytes, formatCount, formatSpan } from './numbers.js';

/** How far a run is. Made by its caller at every redraw. */
export interface ProgressState {
  readonly bytesDone: number;
  /** Null for a stream, whose end is not known. */
  readonly bytesTotal: number | null;
  readonly bytesPerSecond: number;
  readonly chunksDone: number;
  readonly retried: number;
  readonly etaSeconds: number | null;
}

const MAX_BAR_COLUMNS = 24;
const LEAST_BAR_COLUMNS = 8;
const SEPARATOR = ' · ';

/**
 * Renders one line of progress, padded to one column less than the terminal is wide: written after a `\r` it covers the
 * line before it and never wraps. No control characters; what does not fit is left out from the right.
 */
export function renderProgress(state: ProgressState, widthColumns: number): string {
  const columns = Math.max(0, Math.floor(widthColumns) - 1);
  const share = shareOf(state);
  const head = share === null ? '' : `${String(Math.floor(share * 100)).padStart(3)} % `;
  const reserved = share === null ? 0 : LEAST_BAR_COLUMNS + 1;
  const facts = factsWithin(factsOf(state), columns - head.length - reserved);
  const room = Math.min(MAX_BAR_COLUMNS, columns - head.length - displayWidth(facts) - 1);
  const bar = share === null || room < LEAST_BAR_COLUMNS ? '' : `${barOf(share, room)} `;
  const line = cutEnd(`${head}${bar}${facts}`, columns);
  return `${line}${' '.repeat(columns - displayWidth(line))}`;
}

function shareOf({ bytesDone, bytesTotal }: ProgressState): number | null {
  if (bytesTotal === null || !(bytesTotal > 0)) return null;
  return Math.min(1, Math.max(0, bytesDone / bytesTotal));
}

/** The facts in the order of their worth. */
function factsOf({ bytesDone, bytesTotal, bytesPerSecond, chunksDone, retried, etaSeconds }: ProgressState): string[] {
  const total = bytesTotal === null ? 'read' : `of ${formatBytes(bytesTotal)}`;
  const facts = [`${formatBytes(bytesDone)} ${total}`, `${formatBytes(bytesPerSecond)}/s`];
  if (etaSeconds !== null) facts.push(`${formatSpan(Math.ceil(etaSeconds) * 1000)} left`);
  if (retried > 0) facts.push(`${formatCount(retried)} retried`);
  return [...facts, formatAmount(chunksDone, 'chunk')];
}

function factsWithin(facts: readonly string[], columns: number): string {
  const line = facts.join(SEPARATOR);
  return facts.length === 0 || displayWidth(line) <= columns ? line : factsWithin(facts.slice(0, -1), columns);
}

function barOf(share: number, columns: number): string {
  const done = Math.floor(share * columns);
  return '█'.repeat(done) + '░'.repeat(columns - done);
}
