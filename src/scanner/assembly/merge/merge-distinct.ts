/** Merges distinct hashes: two sets in order, or registers. The twin of `Distinct.merge` of `domain/summary/distinct.ts`. */
import { reserve } from '../memory';
import { rankOf, REGISTERS } from '../summary/distinct';
import { FORM_HASHES, FORM_REGISTERS } from './forms';
import { Limits, MOST_HASHES } from './limits';
import { behindVarint, Left, Merged, put, Right, takeLeft, takeRight, varintAt } from './streams';

/** The hashes of both, 64 bits each. */
const hashes: usize = reserve(8 * 2 * MOST_HASHES);

export function mergeDistinct(): void {
  const leftForm = <u32>takeLeft();
  const rightForm = <u32>takeRight();
  if (leftForm == FORM_HASHES && rightForm == FORM_HASHES) {
    const count = joinHashes();
    if (<u64>count <= Limits.exactHashes) writeHashes(count);
    else raiseHashes(beginRegisters(), count);
    return;
  }
  const registers = beginRegisters();
  Left.at = raiseAll(registers, leftForm, Left.at);
  Right.at = raiseAll(registers, rightForm, Right.at);
}

/** Lists the hashes of both in order, each once; returns how many they are. */
function joinHashes(): usize {
  let lefts = takeLeft();
  let rights = takeRight();
  let left = lefts == 0 ? u64.MAX_VALUE : takeLeft();
  let right = rights == 0 ? u64.MAX_VALUE : takeRight();
  let count: usize = 0;
  for (; lefts != 0 || rights != 0; count += 1) {
    const hash = min(left, right);
    store<u64>(hashes + 8 * count, hash);
    if (left == hash) {
      lefts -= 1;
      left = lefts == 0 ? u64.MAX_VALUE : left + 1 + takeLeft();
    }
    if (right == hash) {
      rights -= 1;
      right = rights == 0 ? u64.MAX_VALUE : right + 1 + takeRight();
    }
  }
  return count;
}

function writeHashes(count: usize): void {
  put(FORM_HASHES);
  put(count);
  let next: u64 = 0;
  for (let at = hashes; at < hashes + 8 * count; at += 8) {
    put(load<u64>(at) - next);
    next = load<u64>(at) + 1;
  }
}

/** Begins registers in the result; returns their address. */
function beginRegisters(): usize {
  put(FORM_REGISTERS);
  const registers = Merged.end;
  memory.fill(registers, 0, REGISTERS);
  Merged.end += REGISTERS;
  return registers;
}

function raiseHashes(registers: usize, count: usize): void {
  for (let at = hashes; at < hashes + 8 * count; at += 8) raise(registers, load<u64>(at));
}

function raise(registers: usize, hash: u64): void {
  const register = registers + (<usize>hash & (REGISTERS - 1));
  store<u8>(register, <u8>max(<u32>load<u8>(register), rankOf(hash)));
}

/** Raises registers by what is encoded; returns the address behind it. */
function raiseAll(registers: usize, form: u32, from: usize): usize {
  if (form == FORM_REGISTERS) {
    for (let at: usize = 0; at < REGISTERS; at += 16) {
      v128.store(registers + at, i8x16.max_u(v128.load(registers + at), v128.load(from + at)));
    }
    return from + REGISTERS;
  }
  let at = from;
  let next: u64 = 0;
  let rest = varintAt(at);
  at = behindVarint(at);
  for (; rest != 0; rest -= 1) {
    const hash = next + varintAt(at);
    at = behindVarint(at);
    raise(registers, hash);
    next = hash + 1;
  }
  return at;
}
