/** The border between the main thread and a scan thread: types only. One answer per `requestId`, always. */
import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import type { Fault } from '../domain/errors.js';
import type { FilePlan, SummaryPlan } from '../domain/plan.js';
import type { KernelCode } from '../scanner/kernel.js';

/** What a scan thread is started with: nothing of the job, so that it comes up while the job is still being planned. */
export interface ScanThreadData {
  /**
   * One 64-bit float, written by the thread and read by the pool: the offset in its file of the line at work, and a
   * fraction that moves with every block that is read.
   */
  readonly progress: SharedArrayBuffer;
}

/** Main thread -> scan thread, first of all: what all its requests have in common. */
export interface ScanBegin {
  readonly type: 'begin';
  /** The ring of buffers that holds the bytes of streams. */
  readonly slots: readonly SharedArrayBuffer[];
  readonly summary: SummaryPlan;
  /** Text whose lines kill the thread (`--chaos poison=TEXT`), as bytes; null for none. */
  readonly poison: string | null;
  /** The compiled kernel and two random words for its tables; null for the reference parser. */
  readonly kernel: ThreadKernel | null;
}

/** What a thread makes its kernel of. */
export interface ThreadKernel extends KernelCode {
  readonly secret: readonly [number, number];
}

/** Main thread -> scan thread: one chunk. */
export interface ScanRequest {
  readonly type: 'scan';
  readonly requestId: number;
  readonly task: ChunkTask;
  readonly plan: FilePlan;
  /** Descriptor of the open file; null where the chunk lies in a slot. */
  readonly descriptor: number | null;
}

/** Scan thread -> main thread: once that it has begun, then one answer per request. `report` is an encoded ChunkReport, moved. */
export type ScanResponse =
  | { readonly type: 'ready' }
  | { readonly type: 'scanned'; readonly requestId: number; readonly report: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly requestId: number; readonly fault: Fault };
