import { constants, createReadStream, fstatSync, openSync, statSync } from 'node:fs';
import { type ByteStream, PipeReader } from './pipe-reader.js';

const STANDARD_INPUT: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);
const STANDARD_INPUT_FD = 0;

/**
 * Opens a stream by its name. A FIFO is polled, not read by a thread of libuv: that thread would sleep in `open` until
 * a writer comes, and a process that ends waits for it.
 */
export function openStream(path: string): ByteStream {
  if (STANDARD_INPUT.has(path)) return openStandardInput();
  if (!statSync(path).isFIFO()) return createReadStream(path, { highWaterMark: 256 * 1024 });
  return new PipeReader(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
}

/** A terminal and a file are left to Node. */
function openStandardInput(): ByteStream {
  const stats = fstatSync(STANDARD_INPUT_FD);
  return stats.isFIFO() || stats.isSocket() ? new PipeReader(STANDARD_INPUT_FD) : process.stdin;
}
