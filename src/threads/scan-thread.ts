/**
 * Entry of a scan thread: a request in, a response out. No actors, no log, no timers.
 *
 * What a request throws goes back as a fault. What `--chaos` injects is done here, where the real thing would happen.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { ChaosFault } from '../domain/chaos.js';
import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import { failure, toFault } from '../domain/errors.js';
import { fileBytes, slotBytes } from './chunk-bytes.js';
import type { ChunkBytes } from './first-line.js';
import { KernelEngine } from './kernel-engine.js';
import { ReferenceEngine } from './reference-engine.js';
import type { ScanEngine, ScanHooks } from './scan-engine.js';
import type { ScanRequest, ScanResponse, ScanThreadData } from './protocol.js';

const SLOW_MS = 300;
/** Values of the fraction; exact in a double beside offsets of up to 8 TiB. */
const PULSES = 1024;
/** Exit codes of threads that were made to die; any will do. */
const EXIT_CHAOS = 86;
const EXIT_POISON = 87;

if (isMainThread || parentPort === null) throw new Error('scan-thread.js runs as a worker thread only');
const port = parentPort;
const { progress, slots, summary, poison, kernel } = workerData as ScanThreadData; // given by the pool
const position = new Float64Array(progress);
const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

const hooks: ScanHooks = {
  onLine: (offset) => {
    position[0] = offset;
  },
  onInjected: inflict,
  poison,
  onPoison: () => process.exit(EXIT_POISON),
};
const engine: ScanEngine =
  kernel === null
    ? new ReferenceEngine(summary, hooks)
    : new KernelEngine({ module: kernel.module, secret: kernel.secret, summary, hooks });

port.on('message', (request: ScanRequest) => answer(respond(request)));
answer({ type: 'ready' });

function respond({ requestId, task, plan, descriptor }: ScanRequest): ScanResponse {
  try {
    const report = engine.scan(task, plan, withPulse(bytesOf({ task, plan, descriptor })));
    return { type: 'scanned', requestId, report };
  } catch (error) {
    return { type: 'failed', requestId, fault: toFault(error) };
  }
}

function bytesOf({ task, plan, descriptor }: Pick<ScanRequest, 'task' | 'plan' | 'descriptor'>): ChunkBytes {
  const { chunk } = task;
  const buffer = chunk.slot === null ? undefined : slots[chunk.slot.index];
  if (chunk.slot !== null && buffer !== undefined) return slotBytes(buffer, chunk.slot);
  if (descriptor === null) throw failure('MR_ERR_CHUNK_READ', [plan.path, chunk.start, chunk.end, 'it is closed']);
  return fileBytes(descriptor, plan, chunk);
}

/** Lets the fraction of the progress move with every block: a line of many gigabytes is no hung thread. */
function withPulse(bytes: ChunkBytes): ChunkBytes {
  let blocks = 0;
  const read: ChunkBytes['read'] = (target, at, lengthBytes) => {
    blocks = (blocks + 1) % PULSES;
    position[0] = Math.floor(position[0] ?? 0) + blocks / PULSES;
    return bytes.read(target, at, lengthBytes);
  };
  return { start: bytes.start, end: bytes.end, read };
}

function answer(response: ScanResponse): void {
  port.postMessage(response, response.type === 'scanned' ? [response.report.buffer] : []);
}

function inflict(fault: ChaosFault, { chunk, attempt }: ChunkTask): void {
  if (fault === 'crash') throw failure('MR_ERR_CHAOS_CRASH', [chunk.start, attempt]);
  if (fault === 'exit') process.exit(EXIT_CHAOS);
  if (fault === 'hang') Atomics.wait(sleeper, 0, 0);
  if (fault === 'slow') Atomics.wait(sleeper, 0, 0, SLOW_MS);
}
