import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { estimateCardinality, MAX_RANK, rankOf, REGISTERS, registerOf } from './hyperloglog.js';
import { SUMMARY_LIMITS } from './limits.js';

/** Standard error of HyperLogLog with 2^14 registers: 1.04 / sqrt(2^14), rounded up. */
export const HYPERLOGLOG_RELATIVE_ERROR = 0.0082;

/**
 * Number of distinct hashes of 53 bits: the exact set up to a limit, HyperLogLog registers beyond it. Which of the two
 * depends on the set alone, and registers are maxima, so merging is associative, commutative and idempotent.
 * Cost: about 40 bytes for each exact hash, 16 KiB beyond.
 */
export class Distinct {
  readonly #limit: number;
  #hashes = new Set<number>();
  /** Null while exact. */
  #registers: Uint8Array | null = null;

  constructor(limit = SUMMARY_LIMITS.exactHashes) {
    this.#limit = limit;
  }

  get isExact(): boolean {
    return this.#registers === null;
  }

  /** Adds a `hash53`. */
  add(hash: number): void {
    if (this.#registers !== null) {
      raise(this.#registers, registerOf(hash), rankOf(hash));
      return;
    }
    this.#hashes.add(hash);
    if (this.#hashes.size > this.#limit) this.#overflow();
  }

  merge(other: Distinct): void {
    if (other.#registers === null) {
      for (const hash of other.#hashes) this.add(hash);
      return;
    }
    const registers = this.#overflow();
    other.#registers.forEach((rank, register) => raise(registers, register, rank));
  }

  /** Estimated number of distinct hashes, a whole number. */
  estimate(): number {
    return this.#registers === null ? this.#hashes.size : Math.round(estimateCardinality(this.#registers));
  }

  /** Standard error of the estimate; 0 where it is exact. */
  relativeError(): number {
    return this.isExact ? 0 : HYPERLOGLOG_RELATIVE_ERROR;
  }

  encode(writer: ByteWriter): void {
    writer.byte(this.isExact ? 0 : 1);
    if (this.#registers !== null) {
      writer.raw(this.#registers);
      return;
    }
    writer.varint(this.#hashes.size);
    let previous = -1;
    for (const hash of Float64Array.from(this.#hashes).sort()) {
      writer.varint(hash - previous - 1);
      previous = hash;
    }
  }

  static decode(reader: ByteReader, limit = SUMMARY_LIMITS.exactHashes): Distinct {
    const distinct = new Distinct(limit);
    const form = reader.byte();
    if (form > 1) throw corrupt(`${form} is no form of a distinct count`);
    if (form === 1) {
      distinct.#registers = reader.raw(REGISTERS).slice();
      if (distinct.#registers.some((rank) => rank > MAX_RANK)) throw corrupt('a register is too large');
      return distinct;
    }
    let previous = -1;
    for (let rest = reader.length(1, limit); rest > 0; rest -= 1) {
      previous += 1 + reader.varint();
      if (previous > Number.MAX_SAFE_INTEGER) throw corrupt('a hash has more than 53 bits');
      distinct.#hashes.add(previous);
    }
    return distinct;
  }

  /** Goes over to registers, if that has not happened, and returns them. */
  #overflow(): Uint8Array {
    if (this.#registers !== null) return this.#registers;
    const registers = new Uint8Array(REGISTERS);
    for (const hash of this.#hashes) raise(registers, registerOf(hash), rankOf(hash));
    this.#registers = registers;
    this.#hashes = new Set();
    return registers;
  }
}

function raise(registers: Uint8Array, register: number, rank: number): void {
  if (rank > (registers[register] ?? 0)) registers[register] = rank;
}
