/**
 * Says what was lost in truncations: what was not counted, where no copy was found that holds it. A copy may be found some
 * scans later, as one may miss a file that is being renamed, so a loss waits; one that waited when the process died is
 * noted by the next one.
 */
import { continuedBy, isOpenEnded, NO_COPY } from '../../domain/follow/followed-stream.js';
import type { Truncation } from './find-truncations.js';
import type { FollowWorld, Loss } from './follow-world.js';

/** Scans that must not have found a copy. */
const MIN_SCANS = 3;

export function noteLosses(world: FollowWorld, truncations: readonly Truncation[]): void {
  for (const truncation of truncations) world.losses.push({ ...truncation, since: world.now, scans: 0 });
  world.losses = world.losses.filter((loss) => isWaiting(world, loss));
}

/** Where no more than was counted was seen, nothing is known to be lost, and nothing waits. */
function isWaiting(world: FollowWorld, loss: Loss): boolean {
  const { file, generation, from, to } = loss;
  const isKept = world.live.get(file.row.key) === file;
  const closed = file.row.closed.find((one) => one.generation === generation);
  if (!isKept || closed === undefined || !isOpenEnded(closed)) return false;
  const isLost = to === null || to > from;
  loss.scans += 1;
  const isDue = loss.scans >= MIN_SCANS && world.now - loss.since >= world.options.rotateWaitMs;
  if (isLost && !isDue) return true;
  if (isLost) world.noteGap(file, { generation, from, to: from === 0 ? null : to, why: 'truncated' });
  world.keep(file, continuedBy(file.row, generation, NO_COPY));
  return false;
}
