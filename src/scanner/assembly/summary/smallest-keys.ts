/** Chooses the keys of smallest priority of a table that has too many. The twin of `domain/summary/smallest-keys.ts`. */
import { reserve } from '../memory';
import { CELL_PRIORITY, keyCell, keyCount, MAX_CELLS, MAX_KEYS, numberOf } from './key-table';
import { isBefore } from './sort-keys';

const RADIX_BITS: u32 = 11;
const RADIX: usize = 1 << RADIX_BITS;

/** For each cell 1 where it is kept, else 0. */
export const kept: usize = reserve(MAX_CELLS);
/** The priorities that may be the one that is looked for, 64 bits each. */
export const priorities: usize = reserve(8 * MAX_CELLS);
const sizes: usize = reserve(4 * RADIX);
/** Cells of keys of the largest priority that is kept, 32 bits each. */
const tied: usize = reserve(4 * MAX_CELLS);

/** Marks in `kept` the MAX_KEYS keys of smallest priority, ties by key; returns the largest of these priorities. */
export function chooseKeys(keys: usize): u64 {
  const count = keyCount(keys);
  for (let number: usize = 0; number < count; number += 1) {
    store<u64>(priorities + 8 * number, load<u64>(keyCell(keys, number), CELL_PRIORITY));
  }
  const largest = smallestAt(MAX_KEYS - 1, count);
  let below: usize = 0;
  let ties: usize = 0;
  for (let number: usize = 0; number < count; number += 1) {
    const cell = keyCell(keys, number);
    const priority = load<u64>(cell, CELL_PRIORITY);
    store<u8>(kept + number, priority <= largest ? 1 : 0);
    below += priority < largest ? 1 : 0;
    if (priority != largest) continue;
    store<u32>(tied + 4 * ties, <u32>cell);
    ties += 1;
  }
  for (; below + ties > MAX_KEYS; ties -= 1) dropLastTied(keys, ties);
  return largest;
}

/**
 * Of the first `count` priorities, which it mixes up, the one that stands at `rank`, from 0: by the highest bits in which they
 * differ, then the next.
 */
export function smallestAt(rank: usize, count: usize): u64 {
  let left = count;
  let wanted = rank;
  let largest: u64 = 0;
  for (let at = priorities; at < priorities + 8 * count; at += 8) largest = max(largest, load<u64>(at));
  let bits: u32 = 64 - <u32>clz(largest);
  while (bits > 0 && left > 1) {
    const shift = bits > RADIX_BITS ? bits - RADIX_BITS : 0;
    const digit = digitAt(wanted, left, shift);
    wanted -= Below.count;
    left = keepDigit(digit, left, shift);
    bits = shift;
  }
  return load<u64>(priorities);
}

class Below {
  /** Priorities with a smaller digit than the one found last. */
  static count: usize = 0;
}

/** The digit above `shift` of the priority that stands at `rank`. */
function digitAt(rank: usize, count: usize, shift: u32): usize {
  memory.fill(sizes, 0, 4 * RADIX);
  for (let at = priorities; at < priorities + 8 * count; at += 8) {
    const size = sizes + 4 * (<usize>(load<u64>(at) >> <u64>shift) & (RADIX - 1));
    store<u32>(size, load<u32>(size) + 1);
  }
  let digit: usize = 0;
  Below.count = 0;
  while (Below.count + <usize>load<u32>(sizes + 4 * digit) <= rank) {
    Below.count += <usize>load<u32>(sizes + 4 * digit);
    digit += 1;
  }
  return digit;
}

/** Keeps the priorities with that digit; returns how many they are. */
function keepDigit(digit: usize, count: usize, shift: u32): usize {
  let left = priorities;
  for (let at = priorities; at < priorities + 8 * count; at += 8) {
    const priority = load<u64>(at);
    if ((<usize>(priority >> <u64>shift) & (RADIX - 1)) != digit) continue;
    store<u64>(left, priority);
    left += 8;
  }
  return (left - priorities) / 8;
}

/** Unmarks the tied cell whose key stands last. */
function dropLastTied(keys: usize, ties: usize): void {
  let last = tied;
  for (let at = tied + 4; at < tied + 4 * ties; at += 4) if (isBefore(load<u32>(last), load<u32>(at))) last = at;
  store<u8>(kept + <usize>numberOf(keys, load<u32>(last)), 0);
  store<u32>(last, load<u32>(tied + 4 * (ties - 1)));
}
