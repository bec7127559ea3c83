/**
 * Reads a stream into the slots of a ring of shared buffers and cuts it into chunks, each from the first byte of a line
 * to the end of a line. A slot is free again when all its bytes are settled, so a chunk can be scanned again by another
 * Worker, and memory stays bounded: a full ring stops the reading.
 */
import type { ChunkSpan, StreamSlot } from '../domain/chunk.js';
import type { SourceStep } from '../domain/chunk-source.js';
import { failure, MillraceError } from '../domain/errors.js';
import { MAX_LINE_BYTES } from '../parsers/line-limits.js';
import { binaryKind, HEAD_BYTES } from './inspect-head.js';
import type { ByteStream } from './pipe-reader.js';
import { reasonOf } from './reason-of.js';
import type { SlotRing } from './slot-ring.js';

/** Bytes of a slot: room for a line that is certainly over-long. */
export function slotBytesFor(chunkBytes: number): number {
  return Math.max(chunkBytes, MAX_LINE_BYTES + 64 * 1024);
}

/** What a stream needs from its job. */
export interface StreamOptions {
  /** Index of the file in the plan. */
  readonly file: number;
  readonly path: string;
  readonly chunkBytes: number;
  /** Told the first bytes, once, before the first chunk is cut: the plan takes its seed from them. */
  readonly onHead: (head: Buffer) => void;
}

/** The slot that is being filled. */
interface OpenSlot {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly offset: number;
  nulBytes: number;
  lengthBytes: number;
  spilledBytes: number;
  isSpilling: boolean;
}

const NEWLINE = 10;

export class StreamSource {
  private readonly ring: SlotRing;
  private readonly options: StreamOptions;
  private readonly ready: ChunkSpan[] = [];
  private listener: () => void = () => undefined;
  private slot: OpenSlot | null = null;
  private readBytes = 0;
  private isEnded = false;
  private input: ByteStream | null = null;
  private isStopped = false;
  private error: MillraceError | null = null;

  constructor(ring: SlotRing, options: StreamOptions) {
    this.ring = ring;
    this.options = options;
  }

  /** Opens the stream and reads it to its end; resolves then, also when it failed (see `failure`). */
  async run(open: () => ByteStream): Promise<void> {
    try {
      this.input = open();
      for await (const block of withHead(this.untilStopped(this.input), this.options)) await this.feed(block);
    } catch (error) {
      this.error =
        error instanceof MillraceError
          ? error
          : failure('MR_ERR_INPUT_UNREADABLE', [this.options.path, reasonOf(error)], error);
    }
    this.finish();
  }

  /** Reads no more: the lines that came whole until now are the stream. True where its end was still to come. */
  stop(): boolean {
    if (this.isEnded || this.isStopped) return this.isStopped;
    this.isStopped = true;
    this.input?.destroy();
    return true;
  }

  next(): SourceStep {
    const span = this.ready.shift();
    if (span !== undefined) return { type: 'chunk', span };
    return { type: this.isEnded ? 'drained' : 'waiting' };
  }

  settle(span: ChunkSpan): void {
    if (span.slot !== null) this.ring.settle(span.slot.index, span.end - span.start);
  }

  onReady(listener: () => void): void {
    this.listener = listener;
  }

  /** Bytes cut into chunks so far; the size of the stream once it ended. */
  get sizeBytes(): number {
    return this.readBytes;
  }

  /** Why the stream could not be read to its end. */
  get failure(): MillraceError | null {
    return this.error;
  }

  /** Passes the blocks on; that the stream ends too early is no failure once it was stopped. */
  private async *untilStopped(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      for await (const block of input) yield block;
    } catch (error) {
      if (!this.isStopped) throw error;
    }
  }

  private async feed(block: Uint8Array): Promise<void> {
    let rest = block;
    while (rest.length > 0) {
      const slot = (this.slot ??= await this.openSlot());
      rest = slot.isSpilling ? this.spill(slot, rest) : await this.fill(slot, rest);
    }
  }

  private async openSlot(): Promise<OpenSlot> {
    const index = await this.ring.acquire();
    const bytes = this.ring.bytes(index);
    return { index, bytes, offset: this.readBytes, nulBytes: 0, lengthBytes: 0, spilledBytes: 0, isSpilling: false };
  }

  /** Counts the bytes of an over-long line up to its newline. */
  private spill(slot: OpenSlot, block: Uint8Array): Uint8Array {
    const newline = block.indexOf(NEWLINE);
    const count = newline < 0 ? block.length : newline + 1;
    slot.spilledBytes += count;
    if (newline >= 0) this.emit(slot, true);
    return block.subarray(count);
  }

  /** Copies into the slot, and hands it out when it holds enough and a line ends in it. Returns what is left. */
  private async fill(slot: OpenSlot, block: Uint8Array): Promise<Uint8Array> {
    const { chunkBytes } = this.options;
    const start = slot.lengthBytes === 0 ? countNuls(block) : 0;
    slot.nulBytes += start;
    const room = (slot.lengthBytes < chunkBytes ? chunkBytes : slot.bytes.length) - slot.lengthBytes;
    const taken = block.subarray(start, start + room);
    slot.bytes.set(taken, slot.lengthBytes);
    slot.lengthBytes += taken.length;
    if (slot.lengthBytes >= chunkBytes) await this.cut(slot);
    return block.subarray(start + taken.length);
  }

  private async cut(slot: OpenSlot): Promise<void> {
    const newline = slot.bytes.lastIndexOf(NEWLINE, slot.lengthBytes - 1);
    if (newline < 0) {
      slot.isSpilling = slot.lengthBytes === slot.bytes.length;
      return;
    }
    const carry = slot.bytes.slice(newline + 1, slot.lengthBytes);
    slot.lengthBytes = newline + 1;
    this.emit(slot, false);
    await this.feed(carry);
  }

  private emit(slot: OpenSlot, isSpillTerminated: boolean): void {
    const { index, offset, nulBytes, lengthBytes, spilledBytes } = slot;
    const end = offset + nulBytes + lengthBytes + spilledBytes;
    const stored: StreamSlot = { index, offset, nulBytes, lengthBytes, spilledBytes, isSpillTerminated };
    this.slot = null;
    this.readBytes = end;
    this.ring.fill(index, end - offset);
    this.ready.push({ file: this.options.file, start: offset, end, slot: stored });
    this.listener();
  }

  private finish(): void {
    const { slot } = this;
    if (slot !== null && this.isStopped) dropLastLine(slot);
    if (slot !== null && slot.nulBytes + slot.lengthBytes > 0) this.emit(slot, false);
    else if (slot !== null) this.ring.release(slot.index);
    this.isEnded = true;
    this.listener();
  }
}

/** Takes what is no whole line yet off a slot. */
function dropLastLine(slot: OpenSlot): void {
  slot.lengthBytes = slot.bytes.subarray(0, slot.lengthBytes).lastIndexOf(NEWLINE) + 1;
  if (slot.lengthBytes === 0) slot.nulBytes = 0;
  slot.spilledBytes = 0;
}

/** Passes the stream on once that its head is complete and no binary. */
async function* withHead(input: AsyncIterable<Buffer>, options: StreamOptions): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const block of input) {
    if (head === null) {
      yield block;
      continue;
    }
    head = Buffer.concat([head, block]);
    if (head.length < HEAD_BYTES) continue;
    yield checkedHead(head, options);
    head = null;
  }
  if (head !== null) yield checkedHead(head, options);
}

function checkedHead(head: Buffer, { path, onHead }: StreamOptions): Buffer {
  const kind = binaryKind(head.subarray(0, HEAD_BYTES));
  if (kind !== null) throw failure('MR_ERR_INPUT_BINARY', [path, kind]);
  onHead(head);
  return head;
}

function countNuls(block: Uint8Array): number {
  let count = 0;
  while (count < block.length && block[count] === 0) count += 1;
  return count;
}
