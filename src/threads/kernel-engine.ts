/** Scans chunks with the kernel. It does not find the extent of quarantined lines: the reference parser does. */
import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import { joinChunkReport } from '../domain/chunk-report.js';
import type { FilePlan, SummaryPlan } from '../domain/plan.js';
import { ChunkKernel, type OnBlock } from '../scanner/chunk-kernel.js';
import type { KernelCode } from '../scanner/kernel.js';
import { markOf } from './end-mark.js';
import { type ChunkBytes, firstLineStart } from './first-line.js';
import { Injection } from './injection.js';
import type { ScanEngine, ScanHooks } from './scan-engine.js';

const NEWLINE = 10;

/** What the engine is made with. */
export interface KernelEngineOptions extends KernelCode {
  readonly summary: SummaryPlan;
  readonly secret: readonly [number, number];
  readonly hooks: ScanHooks;
}

/** One for each scan thread. */
export class KernelEngine implements ScanEngine {
  private readonly options: KernelEngineOptions;
  private kernel: ChunkKernel | null = null;
  /** Zone of the kernel. */
  private timezone = '';

  constructor(options: KernelEngineOptions) {
    this.options = options;
  }

  scan(task: ChunkTask, plan: FilePlan, bytes: ChunkBytes): Uint8Array<ArrayBuffer> {
    const { hooks } = this.options;
    const kernel = this.kernelFor(plan);
    try {
      return this.scanWith(kernel, task, { plan, bytes });
    } catch (error) {
      hooks.onLine(kernel.offset);
      this.kernel = null; // after a trap its memory is not to be trusted
      throw error;
    }
  }

  private scanWith(kernel: ChunkKernel, task: ChunkTask, input: Input): Uint8Array<ArrayBuffer> {
    const { chunk } = task;
    const { plan, bytes } = input;
    const injection = new Injection(task, this.options.hooks);
    const first = firstLineStart(bytes, chunk, kernel.scratch());
    const from = first ?? chunk.end;
    const onBlock = this.watch(kernel, chunk.end, injection);
    const found = kernel.scan(
      plan,
      { from, limit: chunk.end, end: bytes.end },
      (target, position, lengthBytes) => bytes.read(target, position, lengthBytes),
      onBlock,
    );
    injection.finish();
    const readTo = Math.max(from, found.readTo);
    const before = markOf(bytes, { chunk, range: { start: from, end: readTo }, tail: found.tail });
    const range = { file: chunk.file, start: chunk.start, end: chunk.end, readFrom: from, readTo, before };
    return joinChunkReport(range, found.lines, found.summary);
  }

  /** Reports where the scan is, and looks for poison, block by block. */
  private watch(kernel: ChunkKernel, limit: number, injection: Injection): OnBlock {
    const { hooks } = this.options;
    let lineAt = -1;
    return (block, offset) => {
      if (kernel.offset !== lineAt) hooks.onLine(kernel.offset); // else a line of many blocks: the pulse of the reads tells
      lineAt = kernel.offset;
      injection.reach(offset);
      if (hooks.poison === null) return;
      const text = Buffer.from(block.buffer, block.byteOffset, block.length);
      const at = text.indexOf(hooks.poison, 0, 'latin1');
      if (at < 0) return;
      const poisonedAt = offset + text.lastIndexOf(NEWLINE, at) + 1;
      if (poisonedAt >= limit) return;
      hooks.onLine(poisonedAt);
      hooks.onPoison();
    };
  }

  /** Files of one job differ in their seed and reference instant, which a kernel can change; their formats are the program's. */
  private kernelFor(plan: FilePlan): ChunkKernel {
    const { module, program, summary, secret } = this.options;
    if (this.kernel !== null && this.timezone === plan.timezone) return this.kernel;
    this.kernel = new ChunkKernel({ module, program, plan, summary, secret });
    this.timezone = plan.timezone;
    return this.kernel;
  }
}

interface Input {
  readonly plan: FilePlan;
  readonly bytes: ChunkBytes;
}
