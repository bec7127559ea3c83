/** Writes the encoding of a chunk's report into a region that grows. The twin of `domain/byte-writer.ts`. */
import { BLOCK_BYTES, copyBlocks } from '../blocks';
import { growable, grow } from '../memory';

/** Room for a varint, of which eight bytes are written at a time. */
export const MAX_VARINT_BYTES: usize = 8;
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

/** Writes a value below 2^56: unsigned LEB128, in the shortest form. */
export function writeVarint(value: u64): void {
  need(MAX_VARINT_BYTES);
  Output.end = putVarint(Output.end, value);
}

/** Puts a value below 2^56 at an address for which the caller made room; returns the address behind it. */
// @ts-ignore: decorator
@inline
export function putVarint(at: usize, value: u64): usize {
  if (value < 128) {
    store<u8>(at, <u8>value);
    return at + 1;
  }
  const bytes = (70 - <u32>clz(value)) / 7;
  const marks: u64 = 0x8080808080808080 & ((<u64>1 << (8 * <u64>bytes - 8)) - 1);
  store<u64>(at, spread(value) | marks);
  return at + bytes;
}

/** Seven bits of the value in each byte, the lowest first. */
// @ts-ignore: decorator
@inline
function spread(value: u64): u64 {
  const halves = (value & 0xfffffff) | ((value << 4) & 0x0fffffff00000000);
  const quarters = (halves & 0x00003fff00003fff) | ((halves << 2) & 0x3fff00003fff0000);
  return (quarters & 0x007f007f007f007f) | ((quarters << 1) & 0x7f007f007f007f00);
}

export function writeBytes(at: usize, lengthBytes: usize): void {
  need(lengthBytes);
  memory.copy(Output.end, at, lengthBytes);
  Output.end += lengthBytes;
}

/** A text with its length before it. */
export function writeText(at: usize, lengthBytes: usize): void {
  need(lengthBytes + MAX_VARINT_BYTES + BLOCK_BYTES);
  Output.end = putText(Output.end, at, lengthBytes);
}

/** Puts a text with its length before it; up to 15 bytes behind it are overwritten. */
// @ts-ignore: decorator
@inline
export function putText(to: usize, at: usize, lengthBytes: usize): usize {
  const start = putVarint(to, lengthBytes);
  copyBlocks(start, at, lengthBytes);
  return start + lengthBytes;
}
