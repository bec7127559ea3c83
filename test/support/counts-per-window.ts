/** Keys per window of ten seconds, and of multiples, as a summary tells of them and as a plain count finds them. */
import { isError } from '../../src/domain/log-entry.js';
import { safeSum } from '../../src/domain/safe-sum.js';
import type { Dimension } from '../../src/domain/summary/dimensions.js';
import { keyFormOf } from '../../src/domain/summary/key-form.js';
import type { Summary } from '../../src/domain/summary/summary.js';
import { TopKeys } from '../../src/domain/summary/top-keys.js';
import { keysByWindow } from '../../src/domain/summary/windowed-keys.js';
import type { PrioritizedEntry } from './any-entry.js';

/** What is counted of one key in one window: count, errors, bytes, durations and the longest of them. */
export type Counted = readonly [window: number, key: string, numbers: readonly number[]];

/** What a summary tells of the keys of a dimension, in order. */
export function countedPerWindow({ parts }: Summary, dimension: Dimension, ratio: number): readonly Counted[] {
  const windows = keysByWindow(parts.windowedKeys.get(dimension) ?? new TopKeys(), ratio);
  return inOrder(
    [...windows].flatMap(([window, keys]) =>
      keys.map(({ key, count, errors, bytes, durations }): Counted => {
        return [window, key, [count, errors, bytes, durations?.count ?? 0, durations?.max ?? 0]];
      }),
    ),
  );
}

/** The same, counted one by one. */
export function plainCountPerWindow(
  entries: readonly PrioritizedEntry[],
  dimension: Dimension,
  ratio: number,
): readonly Counted[] {
  const cells = new Map<string, Counted>();
  for (const { entry } of entries) {
    const { level, metrics, fields } = entry;
    const key = { ...fields, level: level ?? undefined, status: metrics.status?.toFixed() }[dimension];
    if (key === undefined || entry.timestamp === null) continue;
    const window = Math.floor(entry.timestamp / (10_000 * ratio));
    const { bytes = 0, durationUs } = metrics;
    const [, , [count = 0, errors = 0, sum = 0, durations = 0, longest = 0] = []] = cells.get(`${window} ${key}`) ?? [];
    const numbers = [
      count + 1,
      errors + (isError(entry) ? 1 : 0),
      safeSum(sum, bytes),
      durations + (durationUs === undefined ? 0 : 1),
      Math.max(longest, durationUs ?? 0),
    ];
    cells.set(`${window} ${key}`, [window, keyFormOf(key), numbers]);
  }
  return inOrder([...cells.values()]);
}

function inOrder(cells: readonly Counted[]): readonly Counted[] {
  return cells.toSorted(([a, one], [b, other]) => a - b || (one < other ? -1 : 1));
}
