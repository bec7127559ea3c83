/**
 * Entry of a scan thread: a request in, a response out. No actors, no log, no timers. What it imports is on the way to
 * the first report, so the reference parser, which few jobs need, is loaded when it is due.
 *
 * What a request throws goes back as a fault. What `--chaos` injects is done here, where the real thing would happen.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { ChaosFault } from '../domain/chaos.js';
import type { ChunkTask, ScanMode } from '../domain/chunk-dispatcher.js';
import { failure, toFault } from '../domain/errors.js';
import { fileBytes, slotBytes } from './chunk-bytes.js';
import type { ChunkBytes } from './first-line.js';
import { KernelEngine } from './kernel-engine.js';
import type { ScanBegin, ScanRequest, ScanResponse, ScanThreadData } from './protocol.js';
import type { ScanEngine, ScanHooks } from './scan-engine.js';

const SLOW_MS = 300;
/** Values of the fraction; exact in a double beside offsets of up to 8 TiB. */
const PULSES = 1024;
/** Exit codes of threads that were made to die; any will do. */
const EXIT_CHAOS = 86;
const EXIT_POISON = 87;

if (isMainThread || parentPort === null) throw new Error('scan-thread.js runs as a worker thread only');
const port = parentPort;
const { progress } = workerData as ScanThreadData; // given by the pool
const position = new Float64Array(progress);
const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

port.once('message', begin);

function begin(job: ScanBegin): void {
  const engineFor = engines(job);
  port.on('message', (request: ScanRequest) => {
    void respond(request, job, engineFor).then(answer);
  });
  answer({ type: 'ready' });
}

/** The engine for a mode: the kernel does not look for the extent of quarantined lines. */
function engines({ summary, poison, kernel }: ScanBegin): (mode: ScanMode) => Promise<ScanEngine> {
  const hooks: ScanHooks = {
    onLine: (offset) => {
      position[0] = offset;
    },
    onInjected: inflict,
    poison,
    onPoison: () => process.exit(EXIT_POISON),
  };
  const scanner = kernel === null ? null : new KernelEngine({ ...kernel, summary, hooks });
  let reference: ScanEngine | null = null;
  return async (mode) => {
    if (scanner !== null && mode !== 'quarantine') return scanner;
    const { ReferenceEngine } = await import('./reference-engine.js');
    reference ??= new ReferenceEngine(summary, hooks);
    return reference;
  };
}

async function respond(
  request: ScanRequest,
  { slots }: ScanBegin,
  engineFor: (mode: ScanMode) => Promise<ScanEngine>,
): Promise<ScanResponse> {
  const { requestId, task, plan } = request;
  try {
    const engine = await engineFor(task.mode);
    const report = engine.scan(task, plan, withPulse(bytesOf(request, slots)));
    return { type: 'scanned', requestId, report };
  } catch (error) {
    return { type: 'failed', requestId, fault: toFault(error) };
  }
}

function bytesOf({ task, plan, descriptor }: ScanRequest, slots: readonly SharedArrayBuffer[]): ChunkBytes {
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
