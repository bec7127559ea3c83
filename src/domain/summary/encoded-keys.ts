import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteString } from '../byte-string.js';
import { safeSum } from '../safe-sum.js';
import { FlatHistogram } from './flat-histogram.js';
import { MAX_KEY_BYTES } from './key-form.js';

/** A key, and what was counted for it: filled anew for each key that is read. */
export class EncodedKey {
  priority = 0;
  /** 0 where counts are in a sketch. */
  count = 0;
  errors = 0;
  bytes = 0;
  readonly durations = new FlatHistogram();
  /** Where the bytes of the key are. */
  start = 0;
  end = 0;

  /** Reads and checks all but the order of keys. */
  read(reader: ByteReader, isExact: boolean): void {
    this.start = reader.skipString(MAX_KEY_BYTES);
    this.end = reader.position;
    this.priority = reader.varint();
    if (!isExact) {
      this.#clear();
      return;
    }
    this.count = reader.positive();
    this.errors = reader.varint(this.count);
    this.bytes = reader.varint();
    this.durations.read(reader);
    if (this.durations.count > this.count) throw corrupt('a cell holds more durations than entries');
  }

  #clear(): void {
    this.count = 0;
    this.errors = 0;
    this.bytes = 0;
    this.durations.clear();
  }
}

const shown = new EncodedKey();

/** What keys are checked by. */
export interface KeyLimits {
  readonly maxKeys: number;
  readonly keyBytes: { readonly least: number; readonly most: number };
}

/** What is known of keys when they have been read. */
interface KeySums {
  readonly size: number;
  readonly total: number;
  readonly largest: number;
  readonly last: ByteString;
}

/**
 * The keys of a dimension, checked and left as they are encoded: to merge them or to write them again, none needs an object.
 * The bytes must not change.
 */
export class EncodedKeys {
  readonly size: number;
  /** Occurrences of all keys; 0 where they are in a sketch. */
  readonly total: number;
  readonly largestPriority: number;
  /** The last key; empty where there is none. */
  readonly last: ByteString;
  readonly #reader: ByteReader;
  readonly #isExact: boolean;

  private constructor(reader: ByteReader, isExact: boolean, sums: KeySums) {
    this.#reader = reader;
    this.#isExact = isExact;
    this.size = sums.size;
    this.total = sums.total;
    this.largestPriority = sums.largest;
    this.last = sums.last;
  }

  /** Checks what follows; `isExact` tells whether each key has its counts. */
  static read(reader: ByteReader, isExact: boolean, { maxKeys, keyBytes }: KeyLimits): EncodedKeys {
    const size = reader.length(isExact ? 6 : 2, maxKeys);
    const first = reader.position;
    let [previousStart, previousEnd, total, largest] = [first, first, 0, 0];
    for (let index = 0; index < size; index += 1) {
      shown.read(reader, isExact);
      const { start, end, priority } = shown;
      if (end - start < keyBytes.least || end - start > keyBytes.most) throw corrupt(`a key has ${end - start} bytes`);
      if (index > 0 && !reader.isBefore(previousStart, previousEnd, start, end)) throw corrupt('keys are not in order');
      if (isExact) total = safeSum(total, shown.count);
      largest = Math.max(largest, priority);
      previousStart = start;
      previousEnd = end;
    }
    const last = reader.stringAt(previousStart, previousEnd);
    return new EncodedKeys(reader.since(first), isExact, { size, total, largest, last });
  }

  /** Shows the keys in byte order. What `visit` is given is another key after it has returned. */
  forEach(visit: (key: EncodedKey, keys: EncodedKeys) => void): void {
    this.#reader.rewind();
    for (let rest = this.size; rest > 0; rest -= 1) {
      shown.read(this.#reader, this.#isExact);
      visit(shown, this);
    }
  }

  /** The bytes of a key that is shown. */
  textOf({ start, end }: EncodedKey): ByteString {
    return this.#reader.stringAt(start, end);
  }
}
