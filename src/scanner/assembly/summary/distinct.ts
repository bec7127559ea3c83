/**
 * Distinct hashes: the exact set up to 4,096, HyperLogLog registers beyond. One record for each dimension that counts
 * them. The twin of `domain/summary/distinct.ts` and `hyperloglog.ts`.
 */
import { reserve } from '../memory';
import { sortPairs } from './sort';
import { writeByte, writeBytes, writeVarint } from './writer';

const MAX_EXACT: u32 = 4096;
/** Slots of the exact set, 64 bits each: a hash plus one, 0 for none. */
const SLOTS: usize = 16384;
const PRECISION: u64 = 14;
export const REGISTERS: usize = 16384;
export const MAX_RANK: u32 = 40;

/** A record: count of the exact set (0xffffffff for registers), then slots, then registers. */
const SLOTS_AT: usize = 64;
const REGISTERS_AT: usize = SLOTS_AT + 8 * SLOTS;
const RECORD_BYTES: usize = REGISTERS_AT + REGISTERS;
const OVERFLOWN: u32 = 0xffffffff;

const sorted: usize = reserve(16 * (<usize>MAX_EXACT + 1));
const spare: usize = reserve(16 * (<usize>MAX_EXACT + 1));

export function makeDistinct(): usize {
  return reserve(RECORD_BYTES);
}

export function clearDistinct(record: usize): void {
  memory.fill(record, 0, RECORD_BYTES);
}

/** Adds a hash of 53 bits. */
export function addHash(record: usize, hash: u64): void {
  if (load<u32>(record) == OVERFLOWN) {
    raise(record, hash);
    return;
  }
  let place = <usize>(hash * 0x9e3779b97f4a7c15 >> 50);
  let slot = record + SLOTS_AT + 8 * place;
  while (load<u64>(slot) != 0) {
    if (load<u64>(slot) == hash + 1) return;
    place = (place + 1) & (SLOTS - 1);
    slot = record + SLOTS_AT + 8 * place;
  }
  store<u64>(slot, hash + 1);
  const count = load<u32>(record) + 1;
  store<u32>(record, count);
  if (count > MAX_EXACT) overflow(record);
}

function overflow(record: usize): void {
  for (let slot = record + SLOTS_AT; slot < record + REGISTERS_AT; slot += 8) {
    if (load<u64>(slot) != 0) raise(record, load<u64>(slot) - 1);
  }
  store<u32>(record, OVERFLOWN);
}

function raise(record: usize, hash: u64): void {
  const register = record + REGISTERS_AT + (<usize>hash & (REGISTERS - 1));
  const rank = rankOf(hash);
  if (rank > <u32>load<u8>(register)) store<u8>(register, <u8>rank);
}

/** Position of the highest one among the 39 bits above the register, counted from 1 at the top; 40 where there is none. */
export function rankOf(hash: u64): u32 {
  const rest = hash >> PRECISION;
  return rest == 0 ? MAX_RANK : <u32>clz(rest) - 24;
}

/** Writes the record as `Distinct.encode` does. */
export function writeDistinct(record: usize): void {
  const count = load<u32>(record);
  if (count == OVERFLOWN) {
    writeByte(1);
    writeBytes(record + REGISTERS_AT, REGISTERS);
    return;
  }
  writeByte(0);
  writeVarint(count);
  let at = sorted;
  for (let slot = record + SLOTS_AT; slot < record + REGISTERS_AT; slot += 8) {
    if (load<u64>(slot) == 0) continue;
    store<u64>(at, load<u64>(slot));
    at += 16;
  }
  sortPairs(sorted, count, spare);
  let previous: u64 = 0;
  for (let pair = sorted; pair < at; pair += 16) {
    writeVarint(load<u64>(pair) - previous - 1);
    previous = load<u64>(pair);
  }
}
