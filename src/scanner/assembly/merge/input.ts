/**
 * Reads an encoding and believes none of it: the twin of `domain/byte-reader.ts`. What is wrong is noted, and from there on
 * nothing is left to read, so that whoever reads comes to an end.
 */
import { MAX_SAFE } from '../summary/occurrence';
import { bitsOf, valueOf } from './streams';

export class Input {
  static at: usize = 0;
  static end: usize = 0;
  static isCorrupt: bool = false;
}

export function beginInput(at: usize, end: usize): void {
  Input.at = at;
  Input.end = end;
  Input.isCorrupt = false;
}

/** Notes that something is wrong; returns 0. */
export function refuse(): u64 {
  Input.isCorrupt = true;
  Input.at = Input.end;
  return 0;
}

/** Notes that something is wrong where `isRight` is false. */
// @ts-ignore: decorator
@inline
export function require(isRight: bool): void {
  if (!isRight) refuse();
}

export function readByte(): u32 {
  if (Input.at >= Input.end) return <u32>refuse();
  Input.at += 1;
  return load<u8>(Input.at - 1);
}

/** An integer of `[0, most]`; `most` is at most 2^53 - 1. */
// @ts-ignore: decorator
@inline
export function readVarint(most: u64): u64 {
  const byte = <u64>load<u8>(Input.at);
  if (byte > 127 || byte > most || Input.at >= Input.end) return readLong(most);
  Input.at += 1;
  return byte;
}

/** The same for any number of bytes. */
function readLong(most: u64): u64 {
  const word = load<u64>(Input.at);
  const bits = bitsOf(word);
  const behind = Input.at + <usize>(bits >> 3);
  if (bits > 64 || behind > Input.end) return refuse();
  if (bits > 8 && ((word >> <u64>(bits - 8)) & 255) == 0) return refuse(); // not the shortest form
  const value = valueOf(word, bits);
  if (value > most) return refuse();
  Input.at = behind;
  return value;
}

/** A count of at least one; 0 where there is none. */
export function readPositive(): u64 {
  const value = readVarint(MAX_SAFE);
  return value == 0 ? refuse() : value;
}

/** A number of items that follow, each at least `bytesEach` bytes long. */
export function readLength(bytesEach: u64, most: u64): u64 {
  const items = readVarint(most);
  return items * bytesEach > <u64>(Input.end - Input.at) ? refuse() : items;
}

/** Skips that many bytes; returns where they begin. */
export function readBytes(lengthBytes: usize): usize {
  const at = Input.at;
  if (lengthBytes > Input.end - at) return <usize>refuse();
  Input.at = at + lengthBytes;
  return at;
}
