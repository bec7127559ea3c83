import { expect } from 'chai';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ReceivedBytes } from '../../src/threads/received-bytes.js';

const MEBIBYTE = 1024 * 1024;

/** A thread that sends a mebibyte for each message that it gets. */
const SENDER = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', () => {
    const report = new Uint8Array(${MEBIBYTE});
    parentPort.postMessage(report, [report.buffer]);
  });
`;

describe('threads/received-bytes', () => {
  it('keeps the memory of reports of other threads small that nobody holds any more', async () => {
    const received = new ReceivedBytes();
    const sender = new Worker(SENDER, { eval: true });
    const before = process.memoryUsage().external;
    let peakBytes = 0;
    for (let report = 0; report < 150; report += 1) {
      sender.postMessage('next');
      const [bytes] = (await once(sender, 'message')) as [Uint8Array];
      received.add(bytes.length);
      peakBytes = Math.max(peakBytes, process.memoryUsage().external - before);
    }
    await sender.terminate();

    expect(peakBytes).to.be.within(30 * MEBIBYTE, 40 * MEBIBYTE);
  });
});
