import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { estimateCardinality, MAX_RANK, rankOf, REGISTERS, registerOf } from './hyperloglog.js';
import { SUMMARY_LIMITS } from './limits.js';

/** Standard error of HyperLogLog with 2^14 registers: 1.04 / sqrt(2^14), rounded up. */
export const HYPERLOGLOG_RELATIVE_ERROR = 0.0082;

const NO_HASHES = new Float64Array(0);

/**
 * Number of distinct hashes of 53 bits: the exact set up to a limit, HyperLogLog registers beyond it. Which of the two
 * depends on the set alone, and registers are maxima, so merging is associative, commutative and idempotent.
 * Cost: 8 bytes for each exact hash, about 40 while they are added one by one, 16 KiB beyond.
 */
export class Distinct {
  readonly #limit: number;
  /** The exact hashes: in order where they were decoded or merged, in a set where they are added one by one. */
  #hashes: Float64Array | Set<number> = NO_HASHES;
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
    if (!(this.#hashes instanceof Set)) this.#hashes = new Set(this.#hashes);
    this.#hashes.add(hash);
    if (this.#hashes.size > this.#limit) this.#overflow();
  }

  merge(other: Distinct): void {
    if (other.#registers !== null) {
      raiseAll(this.#overflow(), other.#registers);
      return;
    }
    if (this.#registers !== null) {
      raiseHashes(this.#registers, other.#hashes);
      return;
    }
    this.#hashes = union(inOrder(this.#hashes), inOrder(other.#hashes));
    if (this.#hashes.length > this.#limit) this.#overflow();
  }

  /** Estimated number of distinct hashes, a whole number. */
  estimate(): number {
    return this.#registers === null ? inOrder(this.#hashes).length : Math.round(estimateCardinality(this.#registers));
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
    const hashes = inOrder(this.#hashes);
    writer.varint(hashes.length);
    let previous = -1;
    for (const hash of hashes) {
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
    const hashes = new Float64Array(reader.length(1, limit));
    let previous = -1;
    for (let index = 0; index < hashes.length; index += 1) {
      previous += 1 + reader.varint();
      if (previous > Number.MAX_SAFE_INTEGER) throw corrupt('a hash has more than 53 bits');
      hashes[index] = previous;
    }
    distinct.#hashes = hashes;
    return distinct;
  }

  /** Goes over to registers, if that has not happened, and returns them. */
  #overflow(): Uint8Array {
    if (this.#registers !== null) return this.#registers;
    const registers = new Uint8Array(REGISTERS);
    raiseHashes(registers, this.#hashes);
    this.#registers = registers;
    this.#hashes = NO_HASHES;
    return registers;
  }
}

function inOrder(hashes: Float64Array | Set<number>): Float64Array {
  return hashes instanceof Set ? Float64Array.from(hashes).sort() : hashes;
}

/** All hashes of two arrays in order, each once, in order. */
function union(a: Float64Array, b: Float64Array): Float64Array {
  const merged = new Float64Array(a.length + b.length);
  let [atA, atB, length] = [0, 0, 0];
  while (atA < a.length || atB < b.length) {
    const [hashA = Infinity, hashB = Infinity] = [a[atA], b[atB]];
    merged[length] = Math.min(hashA, hashB);
    length += 1;
    if (hashA <= hashB) atA += 1;
    if (hashB <= hashA) atB += 1;
  }
  return merged.slice(0, length);
}

function raiseHashes(registers: Uint8Array, hashes: Iterable<number>): void {
  for (const hash of hashes) raise(registers, registerOf(hash), rankOf(hash));
}

function raiseAll(registers: Uint8Array, others: Uint8Array): void {
  for (let register = 0; register < REGISTERS; register += 1) raise(registers, register, others[register] ?? 0);
}

function raise(registers: Uint8Array, register: number, rank: number): void {
  if (rank > (registers[register] ?? 0)) registers[register] = rank;
}
