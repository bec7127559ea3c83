/** A scan thread that fails at the first attempt at the chunk in the middle, in the way its environment names. */
import { parentPort } from 'node:worker_threads';
import type { ScanBegin, ScanRequest } from '../../src/threads/protocol.js';

const how = process.env['MILLRACE_TEST_THREAD'];

await import('../../src/threads/scan-thread.js');
parentPort?.on('message', misbehave); // before the real thread, which listens to requests once that it has begun

function misbehave(message: ScanBegin | ScanRequest): void {
  if (message.type === 'begin') return;
  const { task } = message;
  const isMiddle = task.chunk.start <= 12_000 && 12_000 < task.chunk.end;
  if (!isMiddle || task.attempt > 1 || task.chunk.end - task.chunk.start < 1000) return;
  // The real thread hears the request all the same; its answer must not overtake its death.
  if (parentPort !== null) parentPort.postMessage = () => undefined;
  if (how === 'exits') process.exit(3);
  if (how === 'throws') throw new Error('the thread throws outside of a scan');
  if (how === 'never answers') for (;;);
  if (how === 'out of memory') {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5));
  }
  if (how === 'rejects') void Promise.reject(new Error('the thread rejects outside of a scan'));
}
