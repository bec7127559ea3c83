/** Finds the files that hold another content than the one that was read of them. */
import { MARK_BYTES } from '../../domain/chunk-report.js';
import { truncated } from '../../domain/follow/followed-stream.js';
import { hasMarker, isStill } from '../../domain/follow/judge-copy.js';
import type { FileContent } from './file-content.js';
import type { FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';

/** Closes the generations of the truncated files: they are read from their beginning then, and a copy is looked for. */
export function findTruncations(world: FollowWorld): void {
  for (const file of world.live.values()) {
    const { row } = file;
    const isDue = file.isDecided && file.isSuspect && row.goneAt === null && row.copyOf === null && file.sight !== null;
    if (!isDue) continue;
    const isSame = isSameContent(world, file);
    if (isSame === null) continue;
    file.isSuspect = false;
    if (!isSame) truncate(world, file);
  }
}

function truncate(world: FollowWorld, file: LiveFile): void {
  const { row } = file;
  world.landAll(file);
  file.start = '';
  file.isSuspect = true;
  world.counters.truncations += 1;
  world.keep(file, { ...truncated(row, world.epoch), isRotated: false });
  world.awaitCopy(file, row, file.sizeBefore);
}

/**
 * Null where it cannot be told now. A file that became shorter behind what was counted is the same still; what was cut of it
 * is cut again.
 */
function isSameContent(world: FollowWorld, file: LiveFile): boolean | null {
  const { row, flight, sight } = file;
  const size = sight?.size ?? 0;
  const isCounted = row.offset > 0;
  if (size < (file.sizeBefore ?? 0)) file.linelessTo = 0;
  if (size < row.offset) return false;
  if (!isCounted && flight.length === 0) return size >= (file.sizeBefore ?? 0);
  const content = world.contentOf(file);
  if (content === null) return null;
  return world.attempt(file, () => {
    if (isCounted && !isStill(content, row)) return false;
    if (holdsFlight(content, file)) return true;
    world.landAll(file);
    return isCounted;
  });
}

function holdsFlight(content: FileContent, { flight }: LiveFile): boolean {
  return flight.every(({ end, marker, head }) => {
    const start = head.slice(0, MARK_BYTES);
    return end <= content.size && hasMarker(content, end, marker) && content.bytes(0, start.length) === start;
  });
}
