/**
 * The stack of what was merged: encodings without their sketches. A result is made in the spare region, and takes the place of
 * the two that it was made of.
 */
import { reserve } from '../memory';
import { MOST_TABLES } from './parts';

const MAX_DEPTH: usize = 64;
/**
 * Room that is reserved at once: what is not used takes no memory of the machine, but what was outgrown takes it for ever.
 * The encoding of 4 GiB of JSON lines has 2.3 MB.
 */
const FIRST_ROOM_BYTES: usize = 16 * 1024 * 1024;
/** More is read, and written, than there is. */
const SLACK_BYTES: usize = 64;

/** For each encoding where it ends, as an offset from the beginning of the stack; the first is the beginning. */
const ends: usize = reserve(4 * (MAX_DEPTH + 1));
/**
 * For each table where its sketch belongs in the encoding that was put on the stack last, as an offset from its beginning, 0
 * for none. No more is needed: when all is merged into one, that is the last.
 */
const cuts: usize = reserve(4 * MOST_TABLES);

export class Stack {
  static at: usize = 0;
  static roomBytes: usize = 0;
  static depth: usize = 0;
}

export class Spare {
  static at: usize = 0;
  static roomBytes: usize = 0;
}

/** Offset of the end of the encoding that lies so many below the uppermost. */
export function endOf(below: usize): usize {
  return load<u32>(ends + 4 * (Stack.depth - below));
}

export function lengthOf(below: usize): usize {
  return endOf(below) - endOf(below + 1);
}

/** The encoding that ends there is on the stack from here on. */
export function push(end: usize): void {
  Stack.depth += 1;
  store<u32>(ends + 4 * Stack.depth, <u32>end);
}

/** Sets where a sketch belongs. */
export function setCut(table: u32, offset: usize): void {
  store<u32>(cuts + 4 * <usize>table, <u32>offset);
}

export function cutOf(table: u32): usize {
  return load<u32>(cuts + 4 * <usize>table);
}

/** Makes room for that many bytes in the stack. */
export function growStack(lengthBytes: usize): void {
  if (lengthBytes + SLACK_BYTES <= Stack.roomBytes) return;
  const room = max(max(lengthBytes + SLACK_BYTES, 2 * Stack.roomBytes), FIRST_ROOM_BYTES);
  const at = reserve(room);
  memory.copy(at, Stack.at, endOf(0));
  Stack.at = at;
  Stack.roomBytes = room;
}

/** Makes room for a result; what was there is no longer needed. */
export function growSpare(lengthBytes: usize): void {
  if (lengthBytes + SLACK_BYTES <= Spare.roomBytes) return;
  Spare.roomBytes = max(max(lengthBytes + SLACK_BYTES, 2 * Spare.roomBytes), FIRST_ROOM_BYTES);
  Spare.at = reserve(Spare.roomBytes);
}

/** Puts a result in the place of the encodings from the offset `start` on, which were the last two. */
export function replaceTop(start: usize, lengthBytes: usize): void {
  Stack.depth -= 2;
  if (start == 0) swap();
  else {
    growStack(start + lengthBytes);
    memory.copy(Stack.at + start, Spare.at, lengthBytes);
  }
  push(start + lengthBytes);
}

/** The result becomes the stack. */
function swap(): void {
  const at = Stack.at;
  const roomBytes = Stack.roomBytes;
  Stack.at = Spare.at;
  Stack.roomBytes = Spare.roomBytes;
  Spare.at = at;
  Spare.roomBytes = roomBytes;
}
