import { type ByteString, decodeText, encodeText } from './byte-string.js';
import { failure, type MillraceError } from './errors.js';

/** Makes the error of every decoder. */
export function corrupt(what: string): MillraceError {
  return failure('MR_ERR_SUMMARY_CORRUPT', [what]);
}

/**
 * Reads what a `ByteWriter` wrote and believes none of it: every length is held against what is left, every number
 * against its range, and only the one canonical form is accepted.
 * All methods throw MR_ERR_SUMMARY_CORRUPT.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#position];
    if (value === undefined) throw corrupt('it ends too early');
    this.#position += 1;
    return value;
  }

  /** Where the next byte is read. */
  get position(): number {
    return this.#position;
  }

  /** A reader of the bytes from `start` to where this one stands. */
  since(start: number): ByteReader {
    return new ByteReader(this.#bytes.subarray(start, this.#position));
  }

  /** Begins again at the first byte. */
  rewind(): void {
    this.#position = 0;
  }

  /** Reads an integer of `[0, max]`. */
  varint(max = Number.MAX_SAFE_INTEGER): number {
    const first = this.#bytes[this.#position];
    if (first === undefined) throw corrupt('it ends too early');
    this.#position += 1;
    const value = first < 128 ? first : this.#longVarint(first);
    if (value > max) throw corrupt(`a number is ${value}, at most ${max} was expected`);
    return value;
  }

  /** Reads a count of at least one. */
  positive(): number {
    const value = this.varint();
    if (value === 0) throw corrupt('a cell is empty');
    return value;
  }

  /** Reads the number of items that follow, each at least `bytesEach` bytes long: allocations stay within the input. */
  length(bytesEach: number, max: number): number {
    const items = this.varint(max);
    if (items * bytesEach > this.#bytes.length - this.#position) throw corrupt(`it is too short for ${items} items`);
    return items;
  }

  /** Returns a view of the next bytes. */
  raw(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#position) throw corrupt('it ends too early');
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }

  /** Returns a view of a block with its length before it. */
  block(): Uint8Array {
    return this.raw(this.varint());
  }

  byteString(maxLength: number): ByteString {
    const start = this.skipString(maxLength);
    return shortString(this.#bytes, start, this.#position);
  }

  /** Skips bytes with their number before them; returns where they begin, and they end where the reader stands. */
  skipString(maxLength: number): number {
    const length = this.varint(maxLength);
    const start = this.#position;
    if (length > this.#bytes.length - start) throw corrupt('it ends too early');
    this.#position = start + length;
    return start;
  }

  /** The bytes of `[start, end)`, which were read before. */
  stringAt(start: number, end: number): ByteString {
    return shortString(this.#bytes, start, end);
  }

  /** Tells whether the bytes of `[start, end)` stand before those of `[otherStart, otherEnd)` in their order. */
  isBefore(start: number, end: number, otherStart: number, otherEnd: number): boolean {
    const bytes = this.#bytes;
    const length = Math.min(end - start, otherEnd - otherStart);
    for (let index = 0; index < length; index += 1) {
      const order = (bytes[start + index] ?? 0) - (bytes[otherStart + index] ?? 0);
      if (order !== 0) return order < 0;
    }
    return end - start < otherEnd - otherStart;
  }

  text(maxLength: number): string {
    const bytes = this.byteString(maxLength);
    const text = decodeText(bytes);
    if (encodeText(text) !== bytes) throw corrupt('a name is not valid UTF-8');
    return text;
  }

  /** Checks that nothing follows. */
  end(): void {
    const rest = this.#bytes.length - this.#position;
    if (rest > 0) throw corrupt(`${rest} bytes follow its end`);
  }

  #longVarint(first: number): number {
    const second = this.#bytes[this.#position] ?? 0;
    if (second > 0 && second < 128) {
      this.#position += 1;
      return (first & 127) + second * 128;
    }
    let value = first & 127;
    for (let scale = 128; scale <= 2 ** 49; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte >= 128) continue;
      if (byte === 0 || value > Number.MAX_SAFE_INTEGER) break;
      return value;
    }
    throw corrupt('a number is not in its shortest form or beyond 2^53');
  }
}

/** An array for the bytes of a short string of each length: the quickest way to make one is from an array of numbers. */
const CODES: readonly number[][] = Array.from({ length: 65 }, (_, length) => Array.from({ length }, () => 0));

/** Copies a few thousand bytes at most into a string. */
function shortString(bytes: Uint8Array, start: number, end: number): ByteString {
  const codes = CODES[end - start];
  // the types want an array, any array-like will do
  if (codes === undefined) return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  for (let index = start; index < end; index += 1) codes[index - start] = bytes[index] ?? 0;
  return String.fromCharCode.apply(null, codes);
}
