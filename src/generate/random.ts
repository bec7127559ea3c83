/**
 * Repeatable random words: one seed gives the same words on every machine.
 * Source: Doty-Humphrey, PractRand, generator sfc32.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** `seed` is a safe integer, not negative. */
  constructor(seed: number) {
    this.a = seed | 0;
    this.b = Math.floor(seed / 2 ** 32) | 0;
    this.c = 0x9e3779b9 | 0;
    for (let warm = 0; warm < 16; warm += 1) this.next();
  }

  /** A number of `[0, 1)` with 32 random bits. */
  unit(): number {
    return (this.next() >>> 0) * 2 ** -32;
  }

  /** A whole number of `[0, limit)`; `limit` is at most 2^31. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** A whole number of `[0, 2^count)`, `count` from 1 to 31. */
  bits(count: number): number {
    return this.next() >>> (32 - count);
  }

  /**
   * A whole number of `[0, limit)`, of which the small ones are frequent: `power` 3 gives Zipf's law with exponent 2/3,
   * `power` 4 with 3/4, without a table whose size would be that of `limit`.
   */
  skewed(limit: number, power: 3 | 4): number {
    const unit = this.unit();
    const cube = unit * unit * unit;
    return Math.floor(limit * (power === 3 ? cube : cube * unit));
  }

  private next(): number {
    const word = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + word) | 0;
    return word;
  }
}
