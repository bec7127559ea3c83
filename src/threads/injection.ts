import { isCostly } from '../domain/chaos.js';
import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import type { ScanHooks } from './scan-engine.js';

/** The fault that chaos drew for one attempt: it strikes once, when the scan passes the middle of the chunk, or ends. */
export class Injection {
  private readonly task: ChunkTask;
  private readonly hooks: ScanHooks;
  private strikesAt: number;

  constructor(task: ChunkTask, hooks: ScanHooks) {
    const { chunk, injected } = task;
    this.task = task;
    this.hooks = hooks;
    const isInflicted = isCostly(injected) || injected === 'slow'; // `duplicate` is the Worker's business
    this.strikesAt = isInflicted ? chunk.start + (chunk.end - chunk.start) / 2 : Number.POSITIVE_INFINITY;
  }

  /** Tells where the scan is. */
  reach(offset: number): void {
    if (offset >= this.strikesAt) this.finish();
  }

  /** Tells that the scan is done. */
  finish(): void {
    const { injected } = this.task;
    if (this.strikesAt === Number.POSITIVE_INFINITY || injected === null) return;
    this.strikesAt = Number.POSITIVE_INFINITY;
    this.hooks.onInjected(injected, this.task);
  }
}
