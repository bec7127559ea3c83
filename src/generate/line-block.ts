const ZERO = 48;
const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** Bytes under construction: one array that is filled again and again, so that no line allocates anything. */
export class LineBlock {
  readonly bytes: Uint8Array;
  /** Number of bytes that are written; set back to drop the last of them. */
  at = 0;

  /** Nothing may be written beyond `capacity` bytes: what is beyond is dropped. */
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  byte(value: number): void {
    this.bytes[this.at] = value;
    this.at += 1;
  }

  /** Copies a text; byte by byte, which beats `set` for the lengths that lines are made of. */
  put(text: Uint8Array): void {
    const { bytes } = this;
    const { length } = text;
    let at = this.at;
    for (let index = 0; index < length; index += 1) {
      bytes[at] = text[index] ?? 0;
      at += 1;
    }
    this.at = at;
  }

  /** Writes one byte `count` times. */
  fill(value: number, count: number): void {
    this.bytes.fill(value, this.at, this.at + count);
    this.at += count;
  }

  /** Writes a whole number that is not negative, in decimal. */
  decimal(value: number): void {
    if (value >= 1_000_000_000) {
      const high = Math.floor(value / 1_000_000_000);
      this.decimal(high);
      this.digits(value - high * 1_000_000_000, 9);
      return;
    }
    let count = 1;
    for (let limit = 10; value >= limit && count < 9; limit *= 10) count += 1;
    this.digits(value, count);
  }

  /** Writes the last `count` decimal digits of a whole number below 2^31, with leading zeros. */
  digits(value: number, count: number): void {
    let rest = value | 0;
    for (let at = this.at + count - 1; at >= this.at; at -= 1) {
      const tenth = (rest / 10) | 0;
      this.bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.at += count;
  }

  /** Writes the last `count` hexadecimal digits of a 32-bit word. */
  hex(word: number, count: number): void {
    for (let digit = count - 1; digit >= 0; digit -= 1) this.byte(HEX[(word >>> (digit * 4)) & 15] ?? ZERO);
  }
}
