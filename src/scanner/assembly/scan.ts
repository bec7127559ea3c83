/**
 * Scans the bytes of a chunk: lines in, counts out. The caller reads blocks into the buffer, one behind the other; what of
 * a block is no whole line stays for the next. The twin of `threads/scan-lines.ts`, which defines what a line is, and of
 * the counting in `threads/chunk-scanner.ts`.
 */
import { GROUP_OVERSIZE, MARK_BYTES } from '../layout';
import { indexOf, skipBlanks, skipByteOrderMark } from './bytes';
import { addContent } from './content-hash';
import { reserve } from './memory';
import { parseLine, REJECTED } from './parse';
import { addEmpty, addMalformed, addNul, addOversize, addParsed, resetAccount } from './summary/account';
import { addExample, resetExamples } from './summary/examples';
import { addSample, resetSamples } from './summary/samples';
import { addEntry, resetSummary } from './summary/summary';

const MAX_LINE_BYTES: u64 = 1024 * 1024;
/** Of an over-long line only this much is kept. */
const HEAD_BYTES: usize = 256;
/** Bytes behind the buffer that wide loads may touch. */
const SLACK_BYTES: usize = 64;
const TAIL_BYTES: usize = MARK_BYTES;
const NEWLINE: u32 = 10;
const RETURN: u32 = 13;

/** The last bytes of the lines that were finished, at its end. */
const tail: usize = reserve(TAIL_BYTES);
/** The first bytes of the over-long line at hand. */
const head: usize = reserve(HEAD_BYTES + SLACK_BYTES);

/** What was read and is not scanned. Before it stand the last bytes that were there before. */
class Block {
  static at: usize = 0;
  /** End of what was filled. */
  static end: usize = 0;
}

/** Where the scan is. Offsets are those of the file. */
export class Scan {
  static seed: u32 = 0;
  /** Lines that start from here on belong to another chunk. */
  static limit: u64 = 0;
  /** Offset of the first byte of the line at hand, which is the end of the one before. */
  static offset: u64 = 0;
}

/** The line at hand while its end was not seen. */
class Rest {
  /** True while only NULs were seen of it. */
  static isAtHead: bool = true;
  static nulBytes: u64 = 0;
  /** Bytes of its content that were dropped, as it is over-long. */
  static droppedBytes: u64 = 0;
  static isOversize: bool = false;
  static headEnd: usize = 0;
  /** Bytes in the buffer in which there is no newline. */
  static searchedBytes: usize = 0;
}

/** Makes the buffer: a block of up to `blockBytes` can be added to what may be left of a line. */
export function makeBuffer(blockBytes: usize): void {
  Block.at = reserve(TAIL_BYTES + <usize>MAX_LINE_BYTES + blockBytes + SLACK_BYTES) + TAIL_BYTES;
}

/** Begins a chunk whose first line is at `from`, and forgets what was counted. */
export function beginChunk(seed: u32, from: u64, limit: u64): void {
  resetAccount();
  resetSamples();
  resetExamples();
  resetSummary();
  Block.end = Block.at;
  Scan.seed = seed;
  Scan.limit = limit;
  Scan.offset = from;
  beginLine();
}

/** Where the next block goes. */
export function roomAt(): usize {
  return Block.end;
}

/** Where the bytes begin that are left of the line at hand. */
export function restAt(): usize {
  return Block.at;
}

/**
 * Address behind the last bytes of the lines that were finished: as many as these have, and 64 at most. Whoever asks
 * knows where the first of them was.
 */
export function tailEnd(): usize {
  return tail + TAIL_BYTES;
}

/**
 * Scans what is whole after `lengthBytes` bytes were put at `roomAt`. `isEnd` tells that no more follow, and that what
 * is left then is a line. Returns true when the chunk is done.
 */
export function scanBlock(lengthBytes: usize, isEnd: bool): bool {
  Block.end += lengthBytes;
  store<u8>(Block.end, <u8>NEWLINE); // stands behind a last line without one
  let at = Block.at;
  while (Scan.offset < Scan.limit) {
    const lineAt = at;
    if (Rest.isAtHead) {
      at = skipNuls(at);
      if (at == Block.end && !isEnd) return keepRest(lineAt, at);
      Rest.isAtHead = false;
    }
    const newline = indexOf(NEWLINE, at + Rest.searchedBytes, Block.end);
    if (newline == 0) {
      if (!isEnd) return keepRest(lineAt, at);
      finishLine(at, Block.end, 0);
      keepTail(Block.end);
      return true;
    }
    finishLine(at, newline, 1);
    at = newline + 1;
    beginLine();
  }
  keepTail(at);
  return true;
}

function keepTail(end: usize): void {
  memory.copy(tail, end - TAIL_BYTES, TAIL_BYTES);
}

// @ts-ignore: decorator
@inline
function beginLine(): void {
  Rest.isAtHead = true;
  Rest.nulBytes = 0;
  Rest.droppedBytes = 0;
  Rest.isOversize = false;
  Rest.searchedBytes = 0;
}

function skipNuls(at: usize): usize {
  let next = at;
  while (next < Block.end && load<u8>(next) == 0) next += 1;
  Rest.nulBytes += <u64>(next - at);
  return next;
}

/** Moves what is left of the buffer to its start; drops what is over-long. Its line begins at `lineAt` or before. */
function keepRest(lineAt: usize, start: usize): bool {
  let at = start;
  if (lineAt > Block.at) keepTail(lineAt);
  if (Rest.droppedBytes + <u64>(Block.end - at) > MAX_LINE_BYTES) {
    if (!Rest.isOversize) keepHead(at, Block.end);
    Rest.droppedBytes += <u64>(Block.end - at);
    at = Block.end;
  }
  const length = Block.end - at;
  memory.copy(Block.at - TAIL_BYTES, at - TAIL_BYTES, TAIL_BYTES + length);
  Block.end = Block.at + length;
  Rest.searchedBytes = length;
  return false;
}

function keepHead(at: usize, end: usize): void {
  const length = min(end - at, HEAD_BYTES);
  memory.copy(head, at, length);
  Rest.headEnd = head + length;
  Rest.isOversize = true;
}

/** Counts the line whose content, as far as it was not dropped, is `[at, end)`. */
function finishLine(at: usize, end: usize, terminatorBytes: u64): void {
  const contentBytes = Rest.droppedBytes + <u64>(end - at);
  const lengthBytes = contentBytes + terminatorBytes;
  if (Rest.nulBytes > 0) addNul(Rest.nulBytes);
  if (lengthBytes > 0) countContent(at, end, contentBytes, lengthBytes); // else NULs at the end of the input, and no line
  Scan.offset += Rest.nulBytes + lengthBytes;
}

function countContent(at: usize, end: usize, contentBytes: u64, lengthBytes: u64): void {
  const offset = Scan.offset;
  if (contentBytes > MAX_LINE_BYTES) {
    if (!Rest.isOversize) keepHead(at, end);
    countOversize(offset, lengthBytes);
    return;
  }
  const contentEnd = end > at && load<u8>(end - 1) == RETURN ? end - 1 : end;
  addContent(at, contentEnd, <u32>lengthBytes);
  countLine(offset, offset == 0 ? skipByteOrderMark(at, contentEnd) : at, contentEnd, lengthBytes);
}

function countOversize(offset: u64, lengthBytes: u64): void {
  addContent(head, Rest.headEnd, <u32>lengthBytes);
  addOversize(lengthBytes);
  addSample(GROUP_OVERSIZE, offset, offset == 0 ? skipByteOrderMark(head, Rest.headEnd) : head, Rest.headEnd);
}

function countLine(offset: u64, at: usize, end: usize, lengthBytes: u64): void {
  if (skipBlanks(at, end) == end) {
    addEmpty(lengthBytes);
    return;
  }
  const format = parseLine(at, end);
  if (format >= 0) {
    addParsed(format, lengthBytes);
    addEntry(Scan.seed, offset);
    addExample(offset, Rest.nulBytes + lengthBytes, at, end);
    return;
  }
  addMalformed(format - REJECTED, lengthBytes);
  addSample(format - REJECTED, offset, at, end);
}
