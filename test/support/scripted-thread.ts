/**
 * A thread that does what the `chunk.id` of its task says, instead of scanning: `answer`, `fail`, `exit`, `throw`,
 * `hoard` memory, `move` its progress and fall silent, or `wait` for ever.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ScanBegin, ScanRequest, ScanResponse, ScanThreadData } from '../../src/threads/protocol.js';

const { progress } = workerData as ScanThreadData; // given by the pool
const position = new Float64Array(progress);

parentPort?.on('message', (message: ScanBegin | ScanRequest) => {
  if (message.type === 'begin') return answer({ type: 'ready' });
  const { requestId, task } = message;
  const [what] = task.chunk.id.split(' ');
  if (what === 'answer') answer({ type: 'scanned', requestId, report: Uint8Array.of(task.attempt, task.chunk.start) });
  if (what === 'fail') answer({ type: 'failed', requestId, fault: { code: 'MR_ERR_CHUNK_READ', message: 'failed' } });
  if (what === 'exit') process.exit(9);
  if (what === 'throw') throw new Error('thrown outside of a scan');
  if (what === 'hoard') hoard();
  if (what === 'move') position[0] = task.chunk.start + 5;
  if (what === 'move') process.exit(9);
});

function answer(response: ScanResponse): void {
  parentPort?.postMessage(response);
}

function hoard(): never {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5));
}
