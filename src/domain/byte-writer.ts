import { type ByteString, encodeText } from './byte-string.js';

/** Bytes of the longest varint. */
const MAX_VARINT_BYTES = 8;

const FIRST_BYTES = 1024;
/** The largest array that a writer has finished with, for the next to begin with; null while one uses it. */
let spare: Uint8Array | null = null;

/** Grows an array of bytes; the counterpart of `ByteReader`. Made by an encoder, ended by `finish`. */
export class ByteWriter {
  #bytes = takeSpare();
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /**
   * Writes a safe non-negative integer in 1 to 8 bytes, seven bits at a time, the lowest first, in the shortest form.
   * Source: unsigned LEB128, DWARF 5, section 7.6.
   */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a count: ${value}`);
    this.#reserve(MAX_VARINT_BYTES);
    const bytes = this.#bytes;
    let at = this.#length;
    let rest = value;
    for (; rest >= 0x8000_0000; rest = Math.floor(rest / 128)) {
      bytes[at] = (rest & 127) | 128;
      at += 1;
    }
    for (; rest >= 128; rest >>>= 7) {
      bytes[at] = (rest & 127) | 128;
      at += 1;
    }
    bytes[at] = rest;
    this.#length = at + 1;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes the number of bytes, then the bytes. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  byteString(text: ByteString): void {
    this.varint(text.length);
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index += 1) this.#bytes[this.#length + index] = text.charCodeAt(index);
    this.#length += text.length;
  }

  /** Writes ordinary text as UTF-8. */
  text(text: string): void {
    this.byteString(encodeText(text));
  }

  /** Copies what was written into an array of its own, so that it can be moved to another thread. The writer is empty then. */
  finish(): Uint8Array<ArrayBuffer> {
    const finished = this.#bytes.slice(0, this.#length);
    if (spare === null || spare.length < this.#bytes.length) spare = this.#bytes;
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    return finished;
  }

  #reserve(extra: number): void {
    const needed = this.#length + extra;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

function takeSpare(): Uint8Array {
  const taken = spare ?? new Uint8Array(FIRST_BYTES);
  spare = null;
  return taken;
}
