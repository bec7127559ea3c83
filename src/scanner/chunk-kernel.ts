/** Scans the bytes of a chunk with the kernel: blocks in, encoded parts of a report out. */
import { type ByteString, byteStringOf } from '../domain/byte-string.js';
import { MARK_BYTES } from '../domain/chunk-report.js';
import type { FilePlan, SummaryPlan } from '../domain/plan.js';
import { bitsOfDimensions } from '../domain/summary/dimensions.js';
import { type Kernel, type KernelCode, type KernelPlan, startKernel } from './kernel.js';

/** Bytes of a block: it stays in the cache between the read and the scan. */
const BLOCK_BYTES = 512 * 1024;

/** What the kernel is made with: its code, the plan of lines, the plan of the summary, and two random words. */
export interface ChunkKernelOptions extends KernelCode {
  readonly plan: KernelPlan;
  readonly summary: SummaryPlan;
  /** Unsigned 32-bit integers that a log cannot know: they keep its keys from meeting in one slot of a table. */
  readonly secret: readonly [number, number];
}

/** The lines of a chunk: the first starts at `from`, and those that start at `limit` or behind are another's. */
export interface LineRange {
  readonly from: number;
  readonly limit: number;
  /** End of what may be read. */
  readonly end: number;
}

/** Fills the head of `target` from `position` on, at least one byte; returns how many. */
export type ReadBlock = (target: Uint8Array, position: number, lengthBytes: number) => number;

/** Told before a block is scanned: the bytes of the line at hand and of the block, and the offset of the first of them. */
export type OnBlock = (bytes: Uint8Array, offset: number) => void;

/**
 * What a scan found, encoded as in a ChunkReport; `readTo` is the end of its last line, `tail` the last of its bytes: 64
 * where there are as many. The summary is overwritten by the next scan.
 */
export interface ScannedChunk {
  readonly readTo: number;
  readonly tail: ByteString;
  readonly lines: Uint8Array;
  readonly summary: Uint8Array;
}

/** One for each thread and kind of plan; it keeps its memory. A kernel that trapped is not to be used again. */
export class ChunkKernel {
  private readonly kernel: Kernel;

  constructor({ module, program, plan, summary, secret }: ChunkKernelOptions) {
    this.kernel = startKernel({ module, program }, plan);
    const windowedKeys = bitsOfDimensions(summary.windowedKeys);
    this.kernel.exports.plan(summary.windowMs, summary.folding === 'ids', windowedKeys, BLOCK_BYTES, ...secret);
  }

  /** A region of the kernel's memory for whatever bytes the caller has to look at before a scan; overwritten by it. */
  scratch(): Uint8Array {
    return this.view(this.kernel.exports.restAt(), BLOCK_BYTES);
  }

  /** Offset of the line at hand: where a scan that failed stood. */
  get offset(): number {
    return this.kernel.exports.offset();
  }

  /** Scans the lines of a range of a file; where that grows, the end of what may be read does not end a line. */
  scan(plan: FilePlan, range: LineRange, read: ReadBlock, onBlock: OnBlock): ScannedChunk {
    const { exports } = this.kernel;
    exports.setReference(plan.referenceAt);
    exports.begin(plan.seed, range.from, range.limit);
    const isFinal = plan.endPolicy === 'final';
    let position = range.from;
    for (let isDone = range.from >= range.limit; !isDone; ) {
      const wanted = Math.min(BLOCK_BYTES, range.end - position);
      const room = exports.roomAt();
      const count = wanted > 0 ? read(this.view(room, wanted), position, wanted) : 0;
      const rest = exports.restAt();
      onBlock(this.view(rest, room + count - rest), position - (room - rest));
      position += count;
      const isEnd = position >= range.end;
      isDone = exports.scanBlock(count, isEnd && isFinal) !== 0 || isEnd;
    }
    const readTo = this.offset;
    return {
      readTo,
      tail: this.tail(Math.min(MARK_BYTES, readTo - range.from)),
      lines: this.written(exports.writeLines(plan.index)).slice(),
      summary: this.written(exports.writeEntries()),
    };
  }

  /** The last bytes of the lines that were scanned. */
  private tail(lengthBytes: number): ByteString {
    return byteStringOf(this.view(this.kernel.exports.tailEnd() - lengthBytes, lengthBytes));
  }

  /** What was written last, up to `end`. */
  private written(end: number): Uint8Array {
    const at = this.kernel.exports.outputAt();
    return this.view(at, end - at);
  }

  /** Made anew each time: memory that grows gets another buffer. */
  private view(at: number, length: number): Uint8Array {
    return new Uint8Array(this.kernel.exports.memory.buffer, at, length);
  }
}
