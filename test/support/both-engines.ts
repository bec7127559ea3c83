/** Scans bytes in memory with the reference parser and with the kernel. */
import { anyKernelEngine } from './any-kernel-engine.js';
import type { ByteRange } from '../../src/domain/chunk.js';
import type { ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import type { FilePlan } from '../../src/domain/plan.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { ReferenceEngine } from '../../src/threads/reference-engine.js';
import type { ScanHooks } from '../../src/threads/scan-engine.js';
import { memoryBytes } from './memory-bytes.js';
import { planOf, SUMMARY_PLAN } from './plan-of.js';

const HOOKS: ScanHooks = {
  onLine: () => undefined,
  onInjected: () => undefined,
  poison: null,
  onPoison: () => undefined,
};

const reference = new ReferenceEngine(SUMMARY_PLAN, HOOKS);
const kernel = anyKernelEngine(SUMMARY_PLAN, HOOKS);

/** How a chunk is to be scanned. */
export interface ScanWay extends Pick<FilePlan, 'endPolicy'> {
  /** All bytes where absent. */
  readonly range?: ByteRange;
  /** Most bytes that a read returns; any number where absent. */
  readonly readBytes?: number;
}

/** The encoded report of each engine. */
export interface EncodedReports {
  readonly expected: Uint8Array;
  readonly found: Uint8Array;
}

/** Scans a chunk of the first file of a job, all formats in force. */
export function scanWithBoth(content: Buffer, way: ScanWay): EncodedReports {
  const { endPolicy, range = { start: 0, end: content.length }, readBytes } = way;
  const plan = planOf({ sizeBytes: content.length, formats: FORMAT_NAMES, endPolicy });
  const task: ChunkTask = {
    chunk: { id: 'c', file: 0, slot: null, ...range },
    attempt: 1,
    mode: 'parse',
    injected: null,
  };
  const [expected, found] = [reference, kernel].map((engine) =>
    engine.scan(task, plan, memoryBytes(content, readBytes)),
  ) as [Uint8Array, Uint8Array]; // as many as there are engines
  return { expected, found };
}
