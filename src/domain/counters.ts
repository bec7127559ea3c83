import { type ByteReader, corrupt } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { safeSum } from './safe-sum.js';

/** Counts by a small number: levels, status codes, classes of lines. */
export class Counters {
  readonly #counts: Float64Array;

  /** Counts the numbers `[0, size)`; others are ignored. */
  constructor(size: number) {
    this.#counts = new Float64Array(size);
  }

  add(index: number, amount = 1): void {
    this.#counts[index] = safeSum(this.get(index), amount);
  }

  get(index: number): number {
    return this.#counts[index] ?? 0;
  }

  total(): number {
    return this.#counts.reduce(safeSum, 0);
  }

  merge(other: Counters): void {
    other.#counts.forEach((count, index) => {
      if (count > 0) this.add(index, count);
    });
  }

  /** The numbers that were counted and their counts, in ascending order. */
  entries(): readonly (readonly [index: number, count: number])[] {
    return [...this.#counts.entries()].filter(([, count]) => count > 0);
  }

  encode(writer: ByteWriter): void {
    const entries = this.entries();
    writer.varint(entries.length);
    for (const [index, count] of entries) {
      writer.varint(index);
      writer.varint(count);
    }
  }

  static decode(reader: ByteReader, size: number): Counters {
    const counters = new Counters(size);
    let previous = -1;
    for (let rest = reader.length(2, size); rest > 0; rest -= 1) {
      const index = reader.varint(size - 1);
      if (index <= previous) throw corrupt('counters are not in order');
      previous = index;
      counters.add(index, reader.positive());
    }
    return counters;
  }
}
