/** Sorts pairs of 64-bit words, a key and what belongs to it, in place. */

const PAIR_BYTES: usize = 16;

/** Sorts `count` pairs at `at` by their keys, unsigned, ascending. Heap sort: no recursion, no memory, no bad case. */
export function sortKeys(at: usize, count: usize): void {
  if (count < 2 || isSorted(at, count)) return;
  for (let root = count / 2; root > 0; root -= 1) sift(at, root - 1, count);
  for (let last = count - 1; last > 0; last -= 1) {
    swap(at, at + PAIR_BYTES * last);
    sift(at, 0, last);
  }
}

function isSorted(at: usize, count: usize): bool {
  for (let pair = at + PAIR_BYTES; pair < at + PAIR_BYTES * count; pair += PAIR_BYTES) {
    if (load<u64>(pair - PAIR_BYTES) > load<u64>(pair)) return false;
  }
  return true;
}

function sift(at: usize, root: usize, count: usize): void {
  let parent = root;
  while (parent + parent + 1 < count) {
    let child = parent + parent + 1;
    if (child + 1 < count && load<u64>(at + PAIR_BYTES * child) < load<u64>(at + PAIR_BYTES * (child + 1))) child += 1;
    if (load<u64>(at + PAIR_BYTES * parent) >= load<u64>(at + PAIR_BYTES * child)) return;
    swap(at + PAIR_BYTES * parent, at + PAIR_BYTES * child);
    parent = child;
  }
}

// @ts-ignore: decorator
@inline
function swap(a: usize, b: usize): void {
  const pair = v128.load(a);
  v128.store(a, v128.load(b));
  v128.store(b, pair);
}
