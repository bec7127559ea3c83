import type { ByteString } from '../byte-string.js';

interface Prioritized {
  readonly priority: number;
}

/** The last of the `size` keys with the smallest priorities, ties by key. There must be more than `size` of them. */
export function lastKeptOf(
  cells: ReadonlyMap<ByteString, Prioritized>,
  size: number,
): { readonly priority: number; readonly key: ByteString } {
  const priorities = new Float64Array(cells.size);
  let at = 0;
  for (const cell of cells.values()) {
    priorities[at] = cell.priority;
    at += 1;
  }
  priorities.sort();
  const priority = priorities[size - 1] ?? 0;
  const below = priorities.indexOf(priority);
  const tied = [...cells].filter(([, cell]) => cell.priority === priority).map(([key]) => key);
  tied.sort();
  return { priority, key: tied[size - 1 - below] ?? '' };
}

/** The largest priority of the cells; 0 where there are none. */
export function largestPriority(cells: Iterable<Prioritized>): number {
  let largest = 0;
  for (const { priority } of cells) largest = Math.max(largest, priority);
  return largest;
}
