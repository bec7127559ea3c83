import type { BigIntStats } from 'node:fs';
import type { FileKey } from '../../domain/follow/followed-stream.js';

/** The key of a file. Whole numbers of 64 bits, which some file systems use up. */
export function keyOf({ dev, ino, birthtimeNs }: Pick<BigIntStats, 'dev' | 'ino' | 'birthtimeNs'>): FileKey {
  return `${dev}:${ino}:${birthtimeNs}`;
}
