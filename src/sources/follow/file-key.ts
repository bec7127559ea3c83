import type { FileKey } from '../../domain/follow/followed-stream.js';
import type { FileStats } from './follow-files.js';

/** The key of a file. Whole numbers of 64 bits, which some file systems use up. */
export function keyOf({ dev, ino, birthtimeNs }: Pick<FileStats, 'dev' | 'ino' | 'birthtimeNs'>): FileKey {
  return `${dev}:${ino}:${birthtimeNs}`;
}
