/** Ends the files that no scan finds any more, and forgets them a day later: one that comes back meanwhile is known. */
import { dueRange, isFinal } from './cut-growth.js';
import type { FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';

/** Scans that must have missed a file: one may have looked while it was being renamed. */
export const MIN_MISSES = 2;
/** How long a tombstone stays. */
const TOMBSTONE_MS = 24 * 3600 * 1000;

export function endMissingFiles(world: FollowWorld): void {
  for (const file of world.live.values()) {
    const { goneAt } = file.row;
    if (goneAt !== null) {
      if (world.epoch - goneAt >= TOMBSTONE_MS) world.forget(file);
    } else if (file.missedScans >= MIN_MISSES && isFinal(world, file)) end(world, file);
  }
}

/** A file that is open is read to its end, and what was read of it committed, before it is closed. */
function end(world: FollowWorld, file: LiveFile): void {
  const { row, sight, flight, unsettled } = file;
  const isOpen = world.descriptors.openOf(row.key) !== null;
  if (flight.length > 0 || unsettled > 0) return;
  if (isOpen && dueRange(file) !== null) return;
  const to = file.isDecided ? (sight?.size ?? null) : null; // what was never looked into may have been a copy
  const isLost = (!isOpen || !file.isDecided) && row.copyOf === null && (to === null || to > row.offset);
  if (isLost) world.noteGap(file, { generation: row.generation, from: row.offset, to, why: 'gone' });
  if (!file.isDecided) return world.forget(file);
  world.descriptors.close(row.key);
  file.isHeld = false;
  world.keep(file, { ...row, goneAt: world.epoch });
}
