/** Counts by a small number. The twin of `domain/counters.ts`, and of `domain/tally.ts` for numbers that have names. */
import { pointed } from '../image';
import { writeText, writeVarint } from './writer';

/** Writes the counts that are not 0, 64 bits each, as `Counters.encode` does. */
export function writeCounters(counts: usize, size: usize): void {
  writeVarint(countTouched(counts, size));
  for (let index: usize = 0; index < size; index += 1) {
    const count = load<u64>(counts + 8 * index);
    if (count == 0) continue;
    writeVarint(index);
    writeVarint(count);
  }
}

/** Writes them as `Tally.encode` does; `names` is a list of names in a section of the image. */
export function writeTally(counts: usize, names: usize): void {
  const size: usize = load<u32>(names);
  writeVarint(countTouched(counts, size));
  for (let name = names + 4; name < names + 4 + 12 * size; name += 12) {
    const count = load<u64>(counts + 8 * <usize>load<u32>(name));
    if (count == 0) continue;
    writeText(pointed(name + 8), load<u32>(name + 4));
    writeVarint(count);
  }
}

function countTouched(counts: usize, size: usize): u32 {
  let touched: u32 = 0;
  for (let index: usize = 0; index < size; index += 1) if (load<u64>(counts + 8 * index) != 0) touched += 1;
  return touched;
}

/** Adds to the count of a number. */
// @ts-ignore: decorator
@inline
export function addTo(counts: usize, index: usize, amount: u64): void {
  store<u64>(counts + 8 * index, load<u64>(counts + 8 * index) + amount);
}
