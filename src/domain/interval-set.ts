import type { ByteRange } from './chunk.js';

/** A set of bytes as sorted ranges that neither overlap nor touch. Cost: O(gaps), however many ranges were added. */
export class IntervalSet {
  readonly #ranges: ByteRange[] = [];

  constructor(ranges: Iterable<ByteRange> = []) {
    for (const range of ranges) this.add(range);
  }

  add({ start, end }: ByteRange): void {
    if (start >= end) return;
    const first = this.#firstEndingAt(start);
    let behind = first;
    let [from, to] = [start, end];
    for (let range = this.#ranges[behind]; range !== undefined && range.start <= end; range = this.#ranges[behind]) {
      from = Math.min(from, range.start);
      to = Math.max(to, range.end);
      behind += 1;
    }
    this.#ranges.splice(first, behind - first, { start: from, end: to });
  }

  /** Tells whether any byte of a range is in the set. */
  overlaps({ start, end }: ByteRange): boolean {
    if (start >= end) return false;
    const range = this.#ranges[this.#firstEndingAt(start + 1)];
    return range !== undefined && range.start < end;
  }

  /** Tells whether all bytes of a range are in the set. */
  covers({ start, end }: ByteRange): boolean {
    if (start >= end) return true;
    const range = this.#ranges[this.#firstEndingAt(start + 1)];
    return range !== undefined && range.start <= start && range.end >= end;
  }

  /** The ranges within `[start, end)` that are not in the set. */
  gaps({ start, end }: ByteRange): readonly ByteRange[] {
    const gaps: ByteRange[] = [];
    let at = start;
    for (const range of this.#ranges) {
      if (range.start > at && at < end) gaps.push({ start: at, end: Math.min(range.start, end) });
      at = Math.max(at, range.end);
    }
    if (at < end) gaps.push({ start: at, end });
    return gaps;
  }

  /** Number of bytes in the set. */
  length(): number {
    return this.#ranges.reduce((length, { start, end }) => length + end - start, 0);
  }

  list(): readonly ByteRange[] {
    return [...this.#ranges];
  }

  /** Index of the first range that ends at `position` or later. */
  #firstEndingAt(position: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.end ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
