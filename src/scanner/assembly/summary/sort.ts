/** Sorts pairs of 64-bit words, a key and what belongs to it. */
import { reserve } from '../memory';

export const PAIR_BYTES: usize = 16;
/** Pairs up to which insertion is quicker than counting. */
const FEW: usize = 48;
const RADIX_BITS: u64 = 8;
const RADIX: usize = 256;

const places: usize = reserve(4 * RADIX);

/** Sorts `count` pairs at `at` by their keys, unsigned, ascending, stable. There must be room for as many at `spare`. */
export function sortPairs(at: usize, count: usize, spare: usize): void {
  if (count <= FEW) {
    insertPairs(at, count);
    return;
  }
  const varying = varyingBits(at, count);
  let from = at;
  let to = spare;
  for (let shift: u64 = 0; shift < 64; shift += RADIX_BITS) {
    if (((varying >> shift) & (RADIX - 1)) == 0) continue;
    moveBy(shift, from, to, count);
    const moved = to;
    to = from;
    from = moved;
  }
  if (from != at) memory.copy(at, from, PAIR_BYTES * count);
}

/** The bits in which keys differ from the first; 0 where they are in order already. */
function varyingBits(at: usize, count: usize): u64 {
  const first = load<u64>(at);
  let before = first;
  let varying: u64 = 0;
  let isSorted = true;
  for (let pair = at; pair < at + PAIR_BYTES * count; pair += PAIR_BYTES) {
    const key = load<u64>(pair);
    varying |= key ^ first;
    if (key < before) isSorted = false;
    before = key;
  }
  return isSorted ? 0 : varying;
}

/** Moves the pairs into the order of eight bits of their keys. */
function moveBy(shift: u64, from: usize, to: usize, count: usize): void {
  const end = from + PAIR_BYTES * count;
  memory.fill(places, 0, 4 * RADIX);
  for (let pair = from; pair < end; pair += PAIR_BYTES) {
    const place = places + 4 * (<usize>(load<u64>(pair) >> shift) & (RADIX - 1));
    store<u32>(place, load<u32>(place) + <u32>PAIR_BYTES);
  }
  let next = <u32>to;
  for (let place = places; place < places + 4 * RADIX; place += 4) {
    const sizeBytes = load<u32>(place);
    store<u32>(place, next);
    next += sizeBytes;
  }
  for (let pair = from; pair < end; pair += PAIR_BYTES) {
    const place = places + 4 * (<usize>(load<u64>(pair) >> shift) & (RADIX - 1));
    const target = load<u32>(place);
    v128.store(target, v128.load(pair));
    store<u32>(place, target + <u32>PAIR_BYTES);
  }
}

function insertPairs(at: usize, count: usize): void {
  for (let next = at + PAIR_BYTES; next < at + PAIR_BYTES * count; next += PAIR_BYTES) {
    const pair = v128.load(next);
    const key = load<u64>(next);
    let place = next;
    for (; place > at && load<u64>(place - PAIR_BYTES) > key; place -= PAIR_BYTES) {
      v128.store(place, v128.load(place - PAIR_BYTES));
    }
    v128.store(place, pair);
  }
}
