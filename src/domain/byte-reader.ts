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

  /** Reads an integer of `[0, max]`. */
  varint(max = Number.MAX_SAFE_INTEGER): number {
    const first = this.byte();
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
    const length = this.varint(maxLength);
    // `apply` copies short keys several times as fast as `byteStringOf`; the types want an array, any array-like will do
    return String.fromCharCode.apply(null, this.raw(length) as unknown as number[]);
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
