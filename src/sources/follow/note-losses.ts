/**
 * Says what was lost in truncations: what was not counted, where no copy was found that holds it. A copy may be found some
 * scans later, as one may miss a file that is being renamed, so a loss waits; one that waited when the process died is
 * noted by the next one.
 */
import { continuedBy, isOpenEnded, NO_COPY } from '../../domain/follow/followed-stream.js';
import { beginsAs, type Content } from '../../domain/follow/judge-copy.js';
import type { FollowWorld, Loss } from './follow-world.js';

/** Scans that must not have found a copy. */
const MIN_SCANS = 3;

/** `isClear`: all files could be looked at in this scan, and none changed meanwhile. */
export function noteLosses(world: FollowWorld, isClear: boolean): void {
  if (isClear) for (const loss of world.losses) loss.scans += 1;
  world.losses = world.losses.filter((loss) => isWaiting(world, loss));
}

/** Where no more than was counted was seen, nothing is known to be lost. */
function isWaiting(world: FollowWorld, loss: Loss): boolean {
  const { file, generation, from, to } = loss;
  const isKept = world.live.get(file.row.key) === file;
  const closed = file.row.closed.find((one) => one.generation === generation);
  if (!isKept || closed === undefined || !isOpenEnded(closed)) return false;
  if (loss.scans < MIN_SCANS || world.now - loss.since < world.options.rotateWaitMs) return true;
  if (to === null || to > from) world.noteGap(file, { generation, from, to: from === 0 ? null : to, why: 'truncated' });
  world.keep(file, continuedBy(file.row, generation, NO_COPY));
  return false;
}

/**
 * Tells whether a file may be a copy of less than was counted of a truncated one. The longer copy, which would prove it, is not
 * found yet.
 */
export function isAwaited({ losses }: FollowWorld, content: Content): boolean {
  return losses.some(({ file, generation }) => {
    const ended = file.row.closed.find((one) => one.generation === generation);
    return ended !== undefined && isOpenEnded(ended) && content.size < ended.offset && beginsAs(content, ended);
  });
}
