/** A scan thread that fails at the first attempt at the chunk in the middle, in the way its environment names. */
import { parentPort } from 'node:worker_threads';
import type { ScanRequest } from '../../src/threads/protocol.js';

const how = process.env['MILLRACE_TEST_THREAD'];
/** Requests that came before the real thread listens; null since then. */
let early: ScanRequest[] | null = [];

parentPort?.on('message', (request: ScanRequest) => {
  if (early === null) misbehave(request);
  else early.push(request);
});
await import('../../src/threads/scan-thread.js');
const missed = early;
early = null;
for (const request of missed) parentPort?.emit('message', request);

function misbehave({ task }: ScanRequest): void {
  const isMiddle = task.chunk.start <= 12_000 && 12_000 < task.chunk.end;
  if (!isMiddle || task.attempt > 1 || task.chunk.end - task.chunk.start < 1000) return;
  if (how === 'exits') process.exit(3);
  if (how === 'throws') throw new Error('the thread throws outside of a scan');
  if (how === 'never answers') for (;;);
  if (how === 'out of memory') {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5));
  }
  if (how === 'rejects') {
    parentPort?.removeAllListeners('message'); // or its answer might overtake its death
    void Promise.reject(new Error('the thread rejects outside of a scan'));
  }
}
