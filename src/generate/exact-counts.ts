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
    let sum = 0;
    this.visit((value, count) => {
      sum += value * count;
    });
    return sum;
  }

  /** Values of lower nearest rank `floor(q * (count - 1))` for each `q` of [0, 1], in ascending order; 0 where empty. */
  quantiles(qs: readonly number[]): number[] {
    const ranks = qs.map((q) => Math.floor(q * (this.count - 1)));
    const values = qs.map(() => 0);
    let seen = 0;
    let next = 0;
    this.visit((value, count) => {
      seen += count;
      for (; next < ranks.length && (ranks[next] ?? 0) < seen; next += 1) values[next] = value;
    });
    return values;
  }

  /** Calls back for each value that occurred, in ascending order. */
  private visit(found: (value: number, count: number) => void): void {
    this.dense.forEach((count, value) => {
      if (count > 0) found(value, count);
    });
    const large = Array.from(this.sparse).sort(([left], [right]) => left - right);
    for (const [value, count] of large) found(value, count);
  }

  private grow(value: number): void {
    let size = this.dense.length;
    while (size <= value) size *= 2;
    const grown = new Uint32Array(size);
    grown.set(this.dense);
    this.dense = grown;
  }
}
