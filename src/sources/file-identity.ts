import type { BigIntStats } from 'node:fs';

/** Device and inode: two names of one file have the same. Whole numbers of 64 bits, which some file systems use up. */
export function identityOf({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`;
}
