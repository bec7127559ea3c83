import type { ChunkBytes } from '../../src/threads/first-line.js';

/** A log whose lines all have `lineBytes` bytes, their newlines included. */
export interface MadeLog {
  readonly lines: number;
  readonly lineBytes: number;
  /** The line of that number, ASCII, without its newline; blanks are put behind what is too short. */
  readonly lineAt: (index: number) => string;
}

const MAX_READ_BYTES = 256 * 1024;

/** Bytes of a log that are made when they are read: it may be as large as a test wants. */
export function madeLog({ lines, lineBytes, lineAt }: MadeLog): ChunkBytes {
  const lineOf = (index: number): string => `${lineAt(index).padEnd(lineBytes - 1)}\n`;
  return {
    start: 0,
    end: lines * lineBytes,
    read: (target, position, lengthBytes) => {
      const wanted = Math.min(lengthBytes, MAX_READ_BYTES);
      const first = Math.floor(position / lineBytes);
      const last = Math.ceil((position + wanted) / lineBytes);
      const text = Array.from({ length: last - first }, (_, index) => lineOf(first + index)).join('');
      const from = position - first * lineBytes;
      return Buffer.from(text, 'latin1').copy(target, 0, from, from + wanted);
    },
  };
}
