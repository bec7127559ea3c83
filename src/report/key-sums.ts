/** Sums of the rows of history by key. */
import type { ByteString } from '../domain/byte-string.js';
import { safeSum } from '../domain/safe-sum.js';
import type { WindowCount } from '../domain/store/window-cells.js';
import type { Histogram } from '../domain/summary/histogram.js';
import type { KeyCount } from '../domain/summary/top-keys.js';

/** The key of the row in which a window keeps all that it has no room for: it counts, and is no key. */
const REST: ByteString = '';

interface Sum {
  readonly lines: number;
  readonly errors: number;
  readonly bytes: number;
  readonly overcount: number;
  readonly durations: Histogram | null;
}

/** The keys of one dimension over some windows. Beyond twice `maxKeys` those with fewest lines are given up. */
export class KeySums {
  readonly #maxKeys: number;
  readonly #sums = new Map<ByteString, Sum>();
  #bytes = 0;
  #lines = 0;
  #isExact = true;

  constructor(maxKeys = 16_384) {
    this.#maxKeys = maxKeys;
  }

  /** False where keys were given up: those that are left may be short of some lines. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** Lines of all keys, of those without a name of their own as well. */
  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(row: WindowCount): void {
    const bytes = row.bytes ?? 0;
    this.#bytes = safeSum(this.#bytes, bytes);
    this.#lines = safeSum(this.#lines, row.lines);
    if (row.key !== REST) this.#sums.set(row.key, sumOf(this.#sums.get(row.key), row, bytes));
    if (this.#sums.size > 2 * this.#maxKeys) this.#prune();
  }

  /** In no order. */
  list(): KeyCount[] {
    return [...this.#sums].map(([key, { lines, errors, bytes, overcount, durations }]) => {
      return {
        key,
        count: lines,
        errors,
        bytes,
        durations,
        exact: this.#isExact && overcount === 0,
        maxOvercount: overcount,
      };
    });
  }

  #prune(): void {
    const byLines = [...this.#sums].toSorted(([, one], [, other]) => other.lines - one.lines);
    for (const [key] of byLines.slice(this.#maxKeys)) this.#sums.delete(key);
    this.#isExact = false;
  }
}

function sumOf(before: Sum | undefined, row: WindowCount, bytes: number): Sum {
  const { lines, errors, overcount } = row;
  if (before === undefined) return { lines, errors, bytes, overcount, durations: row.durations?.clone() ?? null };
  if (before.durations !== null && row.durations !== null) before.durations.merge(row.durations);
  return {
    lines: safeSum(before.lines, lines),
    errors: safeSum(before.errors, errors),
    bytes: safeSum(before.bytes, bytes),
    overcount: safeSum(before.overcount, overcount),
    durations: before.durations ?? row.durations?.clone() ?? null,
  };
}
