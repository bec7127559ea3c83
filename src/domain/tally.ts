import { type ByteReader, corrupt } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { encodeText } from './byte-string.js';
import { safeSum } from './safe-sum.js';

const MAX_NAMES = 4096;
const MAX_NAME_BYTES = 1024;

interface Cell {
  count: number;
}

/** Counts by name, for the few names that a program chooses itself (formats, duration sources), not for texts of a log. */
export class Tally {
  readonly #cells = new Map<string, Cell>();

  add(name: string, count = 1): void {
    const cell = this.#cells.get(name);
    if (cell === undefined) this.#cells.set(name, { count });
    else cell.count = safeSum(cell.count, count);
  }

  merge(other: Tally): void {
    for (const [name, { count }] of other.#cells) this.add(name, count);
  }

  total(): number {
    let total = 0;
    for (const { count } of this.#cells.values()) total = safeSum(total, count);
    return total;
  }

  /** Name to count, in byte order of the names. */
  entries(): ReadonlyMap<string, number> {
    const sorted = [...this.#cells].map(([name, { count }]) => ({ name, bytes: encodeText(name), count }));
    sorted.sort((a, b) => (a.bytes < b.bytes ? -1 : 1));
    return new Map(sorted.map(({ name, count }) => [name, count]));
  }

  encode(writer: ByteWriter): void {
    const entries = this.entries();
    writer.varint(entries.size);
    for (const [name, count] of entries) {
      writer.text(name);
      writer.varint(count);
    }
  }

  static decode(reader: ByteReader): Tally {
    const tally = new Tally();
    let previous: string | null = null;
    for (let rest = reader.length(2, MAX_NAMES); rest > 0; rest -= 1) {
      const name = reader.text(MAX_NAME_BYTES);
      const bytes = encodeText(name);
      if (previous !== null && bytes <= previous) throw corrupt('names are not in order');
      previous = bytes;
      tally.add(name, reader.positive());
    }
    return tally;
  }
}
