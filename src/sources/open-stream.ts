import { constants, createReadStream, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

const STANDARD_INPUT: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/**
 * Opens a stream by its name. A FIFO is polled, not read by a thread of libuv: that thread would sleep in `open` until
 * a writer comes, and a process that ends waits for it.
 */
export function openStream(path: string): Readable {
  if (STANDARD_INPUT.has(path)) return process.stdin;
  if (!statSync(path).isFIFO()) return createReadStream(path, { highWaterMark: 256 * 1024 });
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}
