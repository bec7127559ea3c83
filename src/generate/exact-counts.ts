/** Values below this are counted in an array, others in a map. */
const DENSE_LIMIT = 32_768;

/**
 * Counts how often each whole number occurred, so that any percentile is exact. Memory: at most 128 KiB for the small
 * values, and an entry of a map for each different large one.
 */
export class ExactCounts {
  count = 0;
  private dense = new Uint32Array(256);
  private readonly sparse = new Map<number, number>();

  /** Counts `value`, which is not negative. */
  add(value: number): void {
    this.count += 1;
    if (value >= DENSE_LIMIT) {
      this.sparse.set(value, (this.sparse.get(value) ?? 0) + 1);
      return;
    }
    if (value >= this.dense.length) this.grow(value);
    this.dense[value] = (this.dense[value] ?? 0) + 1;
  }

  /** Sum of all values; exact up to 2^53. */
  sum(): number {
    return this.cells().reduce((sum, [value, count]) => sum + value * count, 0);
  }

  /** Values of lower nearest rank `floor(q * (count - 1))` for each `q` of [0, 1]; nothing may be left uncounted. */
  quantiles(qs: readonly number[]): number[] {
    const cells = this.cells();
    return qs.map((q) => {
      const rank = Math.floor(q * (this.count - 1));
      let seen = 0;
      for (const [value, count] of cells) {
        seen += count;
        if (seen > rank) return value;
      }
      return 0;
    });
  }

  /** Values in ascending order, each with its count. */
  private cells(): (readonly [value: number, count: number])[] {
    const small = Array.from(this.dense.entries()).filter(([, count]) => count > 0);
    return [...small, ...Array.from(this.sparse).sort(([left], [right]) => left - right)];
  }

  private grow(value: number): void {
    let size = this.dense.length;
    while (size <= value) size *= 2;
    const grown = new Uint32Array(size);
    grown.set(this.dense);
    this.dense = grown;
  }
}
