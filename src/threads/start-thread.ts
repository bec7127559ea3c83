/** Starts a scan thread. It knows nothing of a job, so it may come up while the job is still being planned. */
import { Worker } from 'node:worker_threads';
import type { ScanThreadData } from './protocol.js';

/** A thread that was started and waits to be told to begin. */
export interface StartedThread {
  readonly worker: Worker;
  readonly progress: SharedArrayBuffer;
}

/** Ceiling of a thread's heap in MiB: the kernel's memory does not count, and the reference parser needs a tenth. */
export const MAX_HEAP_MB = 256;
/** Small, as what a scan makes dies young: with two threads some 45 MB less than with 8, and 5 % more processor time. */
const MAX_YOUNG_HEAP_MB = 4;
const ENTRY = new URL('./scan-thread.js', import.meta.url);

/** Starts a thread; one that exceeds its ceiling dies. `entry` is for tests that need a thread which misbehaves. */
export function startThread(maxHeapMb = MAX_HEAP_MB, entry = ENTRY): StartedThread {
  const progress = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const workerData: ScanThreadData = { progress };
  const worker = new Worker(entry, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: MAX_YOUNG_HEAP_MB },
  });
  worker.on('error', () => undefined); // whoever takes it over listens too, and starts another one
  return { worker, progress };
}
