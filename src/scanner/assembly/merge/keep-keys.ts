/**
 * Merges the keys of a dimension that has too many of them: it keeps those of smallest priority, ties by key, and puts the
 * counts that stand beside them into the sketch. What `TopKeys` of `domain/summary/top-keys.ts` settles on.
 */
import { hash53, hashText } from '../hash';
import { reserve } from '../memory';
import { MAX_CELLS } from '../summary/key-table';
import { priorities, smallestAt } from '../summary/smallest-keys';
import { Limits } from './limits';
import { behindHistogram } from './merge-histogram';
import { behindName, compareNames } from './merge-numbers';
import { addToSketch } from './sketches';
import { behindVarint, copy, Left, put, Right, takeLeft, takeRight, varintAt } from './streams';

/** A key that may be kept: its priority, 64 bits, and the address of its name. They are in the order of the keys. */
const CANDIDATE_BYTES: usize = 16;
const NAME: usize = 8;
/** Either side has at most half as many. */
const candidates: usize = reserve(CANDIDATE_BYTES * MAX_CELLS);

class Passed {
  static table: u32 = 0;
  /** The priority of the key that was passed last. */
  static priority: u64 = 0;
}

export function keepKeys(table: u32, isLeftExact: bool, isRightExact: bool): void {
  Passed.table = table;
  writeSmallest(listCandidates(isLeftExact, isRightExact));
}

/** Lists all keys once, and adds what is counted for them to the sketch; returns how many they are. */
function listCandidates(isLeftExact: bool, isRightExact: bool): usize {
  let lefts = takeLeft();
  let rights = takeRight();
  let count: usize = 0;
  for (; lefts != 0 || rights != 0; count += 1) {
    const candidate = candidates + CANDIDATE_BYTES * count;
    const order = lefts == 0 ? 1 : rights == 0 ? -1 : compareNames(Left.at, Right.at);
    store<u64>(candidate, <u64>(order <= 0 ? Left.at : Right.at), NAME);
    let priority: u64 = u64.MAX_VALUE;
    if (order <= 0) {
      lefts -= 1;
      Left.at = passKey(Left.at, isLeftExact);
      priority = Passed.priority;
    }
    if (order >= 0) {
      rights -= 1;
      Right.at = passKey(Right.at, isRightExact);
      priority = min(priority, Passed.priority);
    }
    store<u64>(candidate, priority);
    store<u64>(priorities + 8 * count, priority);
  }
  return count;
}

/** Notes the priority of a key, and adds to the sketch where counts stand beside it; returns the address behind it. */
function passKey(name: usize, isExact: bool): usize {
  const end = behindName(name);
  Passed.priority = varintAt(end);
  const count = behindVarint(end);
  if (!isExact) return count;
  const errors = behindVarint(count);
  const bytes = behindVarint(errors);
  hashText(behindVarint(name), end);
  addToSketch(Passed.table, hash53(), varintAt(count), varintAt(errors), varintAt(bytes));
  return behindHistogram(behindVarint(bytes));
}

/** Writes the keys of smallest priority; of those with the largest that is kept the first ones. */
function writeSmallest(count: usize): void {
  const size = <usize>Limits.keys;
  const largest = count <= size ? u64.MAX_VALUE : smallestAt(size - 1, count);
  let ties = size;
  const end = candidates + CANDIDATE_BYTES * count;
  for (let at = candidates; at < end; at += CANDIDATE_BYTES) if (load<u64>(at) < largest) ties -= 1;
  put(size);
  for (let at = candidates; at < end; at += CANDIDATE_BYTES) {
    const priority = load<u64>(at);
    if (priority > largest) continue;
    if (priority == largest) {
      if (ties == 0) continue;
      ties -= 1;
    }
    const name = <usize>load<u64>(at, NAME);
    copy(name, behindName(name));
    put(priority);
  }
}
