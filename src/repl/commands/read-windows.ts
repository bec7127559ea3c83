/** Reads windows piece by piece: between two pieces the daemon goes on with its work. */
import { setImmediate } from 'node:timers/promises';
import { failure } from '../../domain/errors.js';
import type { StoredWindow } from '../../domain/store/store.js';
import { WIDTH_MS } from '../../domain/store/resolutions.js';
import type { Dimension } from '../../domain/summary/dimensions.js';
import type { HistorySpan } from '../../report/history-span.js';
import { HistoryWindows } from '../../report/history-windows.js';
import type { History } from '../daemon-port.js';

/** Windows of a piece: one of all entries is one row, one of keys may be hundreds. */
const PIECE = { all: 4096, keys: 8 } as const;

/** What to read. */
export interface WindowsToRead {
  readonly span: HistorySpan;
  readonly dimensions: readonly Dimension[];
  /** Keys of a list of one window; 0 for no lists. */
  readonly topCount: number;
}

/** @throws MR_ERR_COMMAND_CANCELLED, and what the store throws */
export async function readWindows(
  history: History,
  { span, dimensions, topCount }: WindowsToRead,
  signal: AbortSignal,
): Promise<HistoryWindows> {
  const windows = new HistoryWindows(span, { topCount });
  await eachPiece(history, span, 'all', (rows) => windows.addAll(rows), signal);
  for (const dimension of dimensions) {
    await eachPiece(history, span, dimension, (rows) => windows.addKeys(dimension, rows), signal);
    windows.endKeys();
  }
  return windows;
}

async function eachPiece(
  history: History,
  { fromAt, toAt, resolution }: HistorySpan,
  dimension: Dimension | 'all',
  take: (rows: readonly StoredWindow[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const step = WIDTH_MS[resolution] * (dimension === 'all' ? PIECE.all : PIECE.keys);
  for (let at = fromAt; at < toAt; at += step) {
    take(history.windows({ resolution, dimension, source: null, fromAt: at, toAt: Math.min(at + step, toAt) }));
    await setImmediate();
    if (signal.aborted) throw failure('MR_ERR_COMMAND_CANCELLED', []);
  }
}
