import type { ByteString } from '../../domain/byte-string.js';

/** Grows the image of a scanner program: 32-bit words and bytes. Made by the compiler, ended by `finish`. */
export class ImageWriter {
  #bytes = new Uint8Array(32 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  readonly #texts = new Map<ByteString, number>();

  /** Offset at which the next thing will stand. */
  get at(): number {
    return this.#length;
  }

  /** Appends an unsigned or signed word; returns its offset. */
  word(value: number): number {
    const at = this.#reserve(4);
    this.#view.setInt32(at, value | 0, true);
    return at;
  }

  words(values: readonly number[]): number {
    const { at } = this;
    for (const value of values) this.word(value);
    return at;
  }

  /** Sets a word that was appended before its value was known. */
  patch(at: number, value: number): void {
    this.#view.setInt32(at, value | 0, true);
  }

  /** Appends bytes, padded with zeros to whole words; returns their offset. */
  bytes(values: Uint8Array): number {
    const at = this.#reserve(Math.ceil(values.length / 4) * 4);
    this.#bytes.set(values, at);
    return at;
  }

  /** The offset of a text, which is appended once. */
  text(text: ByteString): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const at = this.bytes(Uint8Array.from(text, (char) => char.charCodeAt(0)));
    this.#texts.set(text, at);
    return at;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(extra: number): number {
    const at = this.#length;
    this.#length += extra;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}
