/** Writes the encoding of a chunk's report into a region that grows. The twin of `domain/byte-writer.ts`. */
import { growable, grow } from '../memory';

const FIRST_BYTES: usize = 256 * 1024;

/** The region, by its number. */
const region: usize = growable(FIRST_BYTES);

export class Output {
  /** Address of what is written, and the one behind it. */
  static at: usize = 0;
  static end: usize = 0;
  static limit: usize = 0;
}

/** Begins anew. */
export function beginOutput(): void {
  Output.at = load<u32>(region);
  Output.end = Output.at;
  Output.limit = Output.at + load<u32>(region + 4);
}

/** Makes room for `lengthBytes` more bytes. */
export function need(lengthBytes: usize): void {
  if (Output.end + lengthBytes <= Output.limit) return;
  const written = Output.end - Output.at;
  grow(region, written + lengthBytes);
  Output.at = load<u32>(region);
  Output.end = Output.at + written;
  Output.limit = Output.at + load<u32>(region + 4);
}

export function writeByte(value: u32): void {
  need(1);
  store<u8>(Output.end, <u8>value);
  Output.end += 1;
}

/** Unsigned LEB128, in the shortest form. */
export function writeVarint(value: u64): void {
  need(10);
  let rest = value;
  let at = Output.end;
  for (; rest >= 128; rest >>= 7) {
    store<u8>(at, <u8>((rest & 127) | 128));
    at += 1;
  }
  store<u8>(at, <u8>rest);
  Output.end = at + 1;
}

export function writeBytes(at: usize, lengthBytes: usize): void {
  need(lengthBytes);
  memory.copy(Output.end, at, lengthBytes);
  Output.end += lengthBytes;
}

/** A text with its length before it. */
export function writeText(at: usize, lengthBytes: usize): void {
  writeVarint(lengthBytes);
  writeBytes(at, lengthBytes);
}
