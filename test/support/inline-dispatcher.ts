import type { ChunkDispatcher, ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import { encodeChunkReport } from '../../src/domain/chunk-report.js';
import type { FilePlan } from '../../src/domain/plan.js';
import { ChunkScanner } from '../../src/threads/chunk-scanner.js';
import { memoryBytes } from './memory-bytes.js';
import { SUMMARY_PLAN } from './plan-of.js';

/** How an attempt is made to fail; null lets it succeed. */
export type Misfortune = 'throws' | 'rejects' | 'rejects after stop' | 'never answers' | 'answers rubbish' | null;

/** Scans in this process, with the product's own scanner, and fails as the test wants it to. */
export class InlineDispatcher implements ChunkDispatcher {
  readonly attempts: { readonly start: number; readonly end: number; readonly attempt: number }[] = [];
  private readonly content: Buffer;
  private readonly plan: FilePlan;
  private readonly misfortuneOf: (task: ChunkTask) => Misfortune;
  private readonly stands = new Map<string, number>();
  private readonly scanner: ChunkScanner;
  private at = 0;

  constructor(content: Buffer, plan: FilePlan, misfortuneOf: (task: ChunkTask) => Misfortune) {
    this.content = content;
    this.plan = plan;
    this.misfortuneOf = misfortuneOf;
    this.scanner = new ChunkScanner(SUMMARY_PLAN, {
      onLine: (offset) => {
        this.at = offset;
      },
      onInjected: () => undefined,
      poison: null,
      onPoison: () => undefined,
    });
  }

  execute(task: ChunkTask, signal: AbortSignal): Promise<Uint8Array> {
    const { chunk, attempt } = task;
    this.attempts.push({ start: chunk.start, end: chunk.end, attempt });
    this.stands.set(chunk.id, chunk.start);
    const misfortune = this.misfortuneOf(task);
    if (misfortune === 'throws') throw new Error('the attempt throws');
    return new Promise((resolve, reject) => {
      if (misfortune === 'rejects') setImmediate(reject, new Error('the attempt rejects'));
      if (misfortune === 'rejects after stop') signal.addEventListener('abort', () => reject(new Error('stopped')));
      if (misfortune === 'answers rubbish') setImmediate(resolve, new Uint8Array([1, 2, 3]));
      if (misfortune === null) setImmediate(() => resolve(this.scan(task)));
    });
  }

  progress(chunkId: string): number | null {
    return this.stands.get(chunkId) ?? null;
  }

  private scan(task: ChunkTask): Uint8Array {
    const report = this.scanner.scan(task, this.plan, memoryBytes(this.content));
    this.stands.set(task.chunk.id, this.at);
    return encodeChunkReport(report);
  }
}
