/**
 * Repeatable random numbers for tests with more data than fast-check makes.
 * Source: Marsaglia, "Xorshift RNGs", J. Statistical Software 8(14), 2003.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 1;
    for (let warm = 0; warm < 16; warm += 1) this.#next();
  }

  /** A whole number of `[0, limit)`. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** A number of `[0, 1)`. */
  unit(): number {
    return this.#next() / 2 ** 32;
  }

  /** One of the items, of which there is at least one. */
  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item; // the index is below the length
  }

  shuffle(items: unknown[]): void {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }
}
