import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import { encodeChunkReport } from '../domain/chunk-report.js';
import type { FilePlan, SummaryPlan } from '../domain/plan.js';
import { ChunkScanner } from './chunk-scanner.js';
import type { ChunkBytes } from './first-line.js';
import type { ScanEngine, ScanHooks } from './scan-engine.js';

/** Scans chunks with the reference parser. */
export class ReferenceEngine implements ScanEngine {
  private readonly scanner: ChunkScanner;

  constructor(summary: SummaryPlan, hooks: ScanHooks) {
    this.scanner = new ChunkScanner(summary, hooks);
  }

  scan(task: ChunkTask, plan: FilePlan, bytes: ChunkBytes): Uint8Array<ArrayBuffer> {
    return encodeChunkReport(this.scanner.scan(task, plan, bytes));
  }
}
