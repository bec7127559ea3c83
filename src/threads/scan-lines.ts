/**
 * Cuts the bytes of a chunk into lines. This file is the definition of a line: bytes up to and including a newline, or
 * up to the end of an input that does not grow. It belongs to the chunk in which its first byte lies, so a scan starts behind the first
 * newline at or after the chunk's start, and reads past the chunk's end to finish its last line.
 */
import type { ByteString } from '../domain/byte-string.js';
import type { ByteRange } from '../domain/chunk.js';
import { MARK_BYTES } from '../domain/chunk-report.js';
import type { EndPolicy } from '../domain/plan.js';
import { type ChunkBytes, firstLineStart } from './first-line.js';
import { MAX_LINE_BYTES, SAMPLE_BYTES } from '../parsers/line-limits.js';

/** One line as it lies in the input. */
export interface RawLine {
  /** Offset of the first byte. */
  readonly offset: number;
  /** Content without leading NULs, newline and one carriage return; of an over-long line its first bytes only. */
  readonly content: ByteString;
  /** All bytes of the line less the leading NULs: content, carriage return, newline. */
  readonly lengthBytes: number;
  /** NUL bytes at its head, which are counted and skipped. */
  readonly nulBytes: number;
  readonly isOversize: boolean;
}

/** Where lines are read. */
export interface LineInput {
  readonly bytes: ChunkBytes;
  readonly range: ByteRange;
  readonly endPolicy: EndPolicy;
}

const BLOCK_BYTES = 256 * 1024;

/** Reads lines with one buffer, which it keeps: about 1.3 MiB, made once per thread. */
export class LineScanner {
  private readonly buffer = Buffer.allocUnsafeSlow(MAX_LINE_BYTES + BLOCK_BYTES);
  /** The buffer, for whoever wants the bytes of the line at hand. */
  readonly view = new DataView(this.buffer.buffer, this.buffer.byteOffset, this.buffer.length);
  /** Where in the buffer the content of the line at hand begins; null for the head of an over-long one. */
  contentAt: number | null = null;
  /** The last bytes of the lines that were read last, 64 where they have as many. */
  tail: ByteString = '';

  /**
   * Calls `visit` for each line whose first byte lies in `input.range`, in order. Returns the bytes of these lines as a
   * range; it is empty, at the end of `input.range`, where no line starts in it.
   */
  scan(input: LineInput, visit: (line: RawLine) => void): ByteRange {
    const { bytes, range } = input;
    this.tail = '';
    const from = firstLineStart(bytes, range, this.buffer);
    if (from === null) return { start: range.end, end: range.end };
    const cursor = new LineCursor(input, this.buffer, from);
    let end = from;
    while (end < range.end) {
      const line = cursor.next();
      if (line === null) break;
      this.contentAt = line.isOversize ? null : cursor.contentAt;
      visit(line);
      end = line.offset + line.nulBytes + line.lengthBytes;
    }
    this.tail = cursor.tail;
    return { start: from, end: Math.max(from, end) };
  }
}

/** Walks over the lines from an offset on; the text of the newest block stays decoded. */
class LineCursor {
  private readonly bytes: ChunkBytes;
  private readonly endPolicy: EndPolicy;
  private readonly buffer: Buffer;
  private text: ByteString = '';
  /** Offset of the first byte of `text`, and place in it of the first byte not handed out. */
  private base: number;
  private at = 0;
  /** Place in `text`, and so in the buffer, of the content of the line that was handed out last. */
  contentAt = 0;
  /** Bytes of the buffer that `text` shows. */
  private filledBytes = 0;
  /** The last of what was handed out and is no more in the buffer. */
  private passed: ByteString = '';
  /** The last of what was handed out before a line that is left; null while there is none. */
  private tailBeforeRest: ByteString | null = null;

  constructor({ bytes, endPolicy }: LineInput, buffer: Buffer, from: number) {
    this.bytes = bytes;
    this.endPolicy = endPolicy;
    this.buffer = buffer;
    this.base = from;
  }

  /** The last of what was handed out: 64 bytes where there are as many. */
  get tail(): ByteString {
    return this.tailBeforeRest ?? this.tailHere();
  }

  /** Null at the end of the input, and from a last line on that is to be left. */
  next(): RawLine | null {
    const newline = this.text.indexOf('\n', this.at);
    if (newline < 0 || this.text.charCodeAt(this.at) === 0) return this.nextAcrossBlocks();
    const start = this.at;
    this.contentAt = start;
    this.at = newline + 1;
    return rawLine(this.base + start, this.text.slice(start, newline), newline + 1 - start);
  }

  /** The slow path: a line that starts with NULs, does not end in this block, or is over-long. */
  private nextAcrossBlocks(): RawLine | null {
    const offset = this.base + this.at;
    const tail = this.tailHere();
    const nulBytes = this.skipNuls();
    let head: ByteString | null = null;
    let searchFrom = this.at;
    for (;;) {
      const newline = this.text.indexOf('\n', searchFrom);
      const end = newline < 0 ? this.filledBytes : newline;
      const lengthBytes = this.base + end - (offset + nulBytes);
      if (head === null && lengthBytes > MAX_LINE_BYTES) head = this.text.slice(this.at, this.at + SAMPLE_BYTES);
      if (newline >= 0) return this.finish(offset, nulBytes, { head, end, terminatorBytes: 1 });
      if (head !== null) this.at = this.filledBytes;
      searchFrom = this.filledBytes - this.at;
      if (this.fill()) continue;
      if (this.endPolicy === 'final' && this.base + this.filledBytes > offset) {
        return this.finish(offset, nulBytes, { head, end: this.filledBytes, terminatorBytes: 0 });
      }
      this.tailBeforeRest = tail;
      return null;
    }
  }

  private finish(offset: number, nulBytes: number, found: FoundEnd): RawLine {
    const content = found.head ?? this.text.slice(this.at, found.end);
    const lengthBytes = this.base + found.end + found.terminatorBytes - (offset + nulBytes);
    this.contentAt = this.at;
    this.at = found.end + found.terminatorBytes;
    if (found.head === null) return rawLine(offset, content, lengthBytes, nulBytes);
    return { offset, content, lengthBytes, nulBytes, isOversize: true };
  }

  private skipNuls(): number {
    let count = 0;
    for (;;) {
      while (this.at < this.filledBytes && this.text.charCodeAt(this.at) === 0) {
        this.at += 1;
        count += 1;
      }
      if (this.at < this.filledBytes || !this.fill()) return count;
    }
  }

  private tailHere(): ByteString {
    const inBuffer = this.buffer.toString('latin1', Math.max(0, this.at - MARK_BYTES), this.at);
    return (this.passed + inBuffer).slice(-MARK_BYTES);
  }

  /** Drops what was handed out and appends the next block; false at the end. */
  private fill(): boolean {
    const kept = this.filledBytes - this.at;
    this.passed = this.tailHere();
    this.buffer.copyWithin(0, this.at, this.filledBytes);
    this.base += this.at;
    this.at = 0;
    const position = this.base + kept;
    const wanted = Math.min(BLOCK_BYTES, this.bytes.end - position);
    const count = wanted > 0 ? this.bytes.read(this.buffer.subarray(kept), position, wanted) : 0;
    this.filledBytes = kept + count;
    this.text = this.buffer.toString('latin1', 0, this.filledBytes);
    return count > 0;
  }
}

interface FoundEnd {
  /** First bytes of an over-long line; null for an ordinary one. */
  readonly head: ByteString | null;
  /** Place in the text behind the content. */
  readonly end: number;
  readonly terminatorBytes: 0 | 1;
}

function rawLine(offset: number, text: ByteString, lengthBytes: number, nulBytes = 0): RawLine {
  const isOversize = text.length > MAX_LINE_BYTES;
  const hasReturn = text.charCodeAt(text.length - 1) === 13;
  const content = isOversize ? text.slice(0, SAMPLE_BYTES) : hasReturn ? text.slice(0, -1) : text;
  return { offset, content, lengthBytes, nulBytes, isOversize };
}
