import { safeSum } from '../safe-sum.js';
import { RESOLUTIONS, type Resolution, WIDTH_MS } from './resolutions.js';
import type { WindowCount, WindowCounts } from './window-cells.js';

/** A cell of history: of all that was added for one start, source, dimension and key. */
export interface SourceCount extends WindowCount {
  readonly source: string;
}

/** `isOwn`: its histogram is no part of what was added, and may be changed. */
interface Sum {
  readonly cell: SourceCount;
  readonly isOwn: boolean;
}

/**
 * Sums cells of chunks into the cells of each resolution that is at least as wide: the roll-up. As each resolution is
 * summed of the same chunks, the finer windows of a wider one always add up to it. Made for one batch.
 */
export class WindowSums {
  readonly #cells: Readonly<Record<Resolution, Map<string, Sum>>> = {
    '10s': new Map(),
    '1m': new Map(),
    '1h': new Map(),
  };

  add(source: string, { widthMs, cells }: WindowCounts): void {
    for (const resolution of RESOLUTIONS) {
      if (WIDTH_MS[resolution] % widthMs !== 0) continue;
      for (const cell of cells) this.#addCell(resolution, { ...cell, source });
    }
  }

  /** In the order in which their first part was added. */
  list(resolution: Resolution): readonly SourceCount[] {
    return [...this.#cells[resolution].values()].map(({ cell }) => cell);
  }

  #addCell(resolution: Resolution, cell: SourceCount): void {
    const width = WIDTH_MS[resolution];
    const startMs = Math.floor(cell.startMs / width) * width;
    const cells = this.#cells[resolution];
    const id = JSON.stringify([startMs, cell.source, cell.dimension, cell.key]);
    const sum = cells.get(id);
    if (sum === undefined) cells.set(id, { cell: { ...cell, startMs }, isOwn: false });
    else cells.set(id, { cell: addedTo(sum.isOwn ? sum.cell : withOwnDurations(sum.cell), cell), isOwn: true });
  }
}

/** The sum of `left` and `right`, which stand for the same; the histogram of `left` becomes that of the sum. */
export function addedTo(left: SourceCount, right: WindowCount): SourceCount {
  if (left.durations !== null && right.durations !== null) left.durations.merge(right.durations);
  return {
    ...left,
    lines: safeSum(left.lines, right.lines),
    requests: sumOfKnown(left.requests, right.requests),
    errors: safeSum(left.errors, right.errors),
    bytes: sumOfKnown(left.bytes, right.bytes),
    overcount: safeSum(left.overcount, right.overcount),
    durations: left.durations ?? right.durations?.clone() ?? null,
  };
}

function withOwnDurations(cell: SourceCount): SourceCount {
  return { ...cell, durations: cell.durations?.clone() ?? null };
}

function sumOfKnown(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : safeSum(left, right);
}
