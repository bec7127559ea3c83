import { MAX_FRAME_BYTES } from './protocol.js';

const NEWLINE = 10;

/**
 * Cuts what arrives into lines. Of a line that is too long nothing is kept: it is told once, as null, when it gets too long,
 * and the rest of it is passed over.
 */
export class FrameReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #isTooLong = false;

  constructor(maxBytes = MAX_FRAME_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** True while a line has begun that has not ended. */
  get isWithin(): boolean {
    return this.#bytes > 0 || this.#isTooLong;
  }

  /** The lines that end in `chunk`, without their ends; null for one that is too long. Empty lines are left out. */
  push(chunk: Buffer): readonly (string | null)[] {
    const lines: (string | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end), lines);
      this.#finish(lines);
      start = end + 1;
    }
    this.#add(chunk.subarray(start), lines);
    return lines;
  }

  #add(part: Buffer, lines: (string | null)[]): void {
    if (this.#isTooLong || part.length === 0) return;
    if (this.#bytes + part.length > this.#maxBytes) {
      this.#forget();
      this.#isTooLong = true;
      lines.push(null);
      return;
    }
    this.#parts.push(part);
    this.#bytes += part.length;
  }

  #finish(lines: (string | null)[]): void {
    const wasTooLong = this.#isTooLong;
    const text = decoded(Buffer.concat(this.#parts, this.#bytes));
    this.#forget();
    if (!wasTooLong && text !== '') lines.push(text);
  }

  #forget(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#isTooLong = false;
  }
}

/** A carriage return before the newline belongs to the end. */
function decoded(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
