/**
 * Lets a longer file go on where shorter ones are that it begins with: copies that were complete, and taken for files of their
 * own, before this one was. They are copies of it from now on.
 */
import { continuedBy, type FollowedStream, truncated } from '../../domain/follow/followed-stream.js';
import { allKnown, type Content, holds, isBeginningOf, progressOf } from '../../domain/follow/judge-copy.js';
import type { FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';

/** False where none of the others is the beginning of the file. Of several the one that was counted furthest is continued. */
export function outgrowAll(world: FollowWorld, file: LiveFile, content: Content, others: readonly LiveFile[]): boolean {
  const shorter = others.filter((other) => isOutgrown(world, content, other));
  const [furthest] = shorter.toSorted((a, b) => b.row.offset - a.row.offset);
  if (furthest === undefined) return false;
  world.keep(file, { ...file.row, ...progressOf(furthest.row), copyOf: null });
  file.isSuspect = true;
  for (const other of shorter) becomeCopy(world, other, file.row);
  return true;
}

/** The offset of a copy tells how far it was compared, not what was counted of it: nobody goes on there. */
function isOutgrown(world: FollowWorld, content: Content, shorter: LiveFile): boolean {
  if (shorter.row.copyOf !== null) return false;
  const other = world.contentOf(shorter);
  if (other === null || !isBeginningOf(other, content)) return false;
  return shorter.row.offset === 0 || holds(content, shorter.row);
}

/** What was counted of it stays in a generation of its own: nothing is counted of a copy. */
function becomeCopy(world: FollowWorld, shorter: LiveFile, original: FollowedStream): void {
  const content = world.contentOf(shorter);
  if (content === null) return;
  const { row } = shorter;
  world.landAll(shorter);
  const counted = row.offset === 0 ? row : continuedBy(truncated(row, world.epoch), row.generation, original.key);
  world.keep(shorter, asCopy(counted, content, original));
}

/** The row of a file that is a copy of all that another one began with. */
export function asCopy(row: FollowedStream, content: Content, original: FollowedStream): FollowedStream {
  return { ...row, ...allKnown(content), copyOf: { key: original.key, generation: original.generation } };
}
