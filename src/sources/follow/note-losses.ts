/** Says what was lost in truncations: what was not counted when no copy was found that holds it. */
import type { FollowWorld } from './follow-world.js';
import type { Truncation } from './find-truncations.js';

export function noteLosses(world: FollowWorld, truncations: readonly Truncation[]): void {
  for (const truncation of truncations) {
    const { file, generation, from, to } = truncation;
    const isLost = to === null || to > from;
    if (isLost && !isContinued(truncation)) {
      world.noteGap(file, { generation, from, to: from === 0 ? null : to, why: 'truncated' });
    }
  }
}

/** A copy goes on behind what was counted. Where nothing was, a copy of all of it cannot be told from any new file. */
function isContinued({ file, generation }: Truncation): boolean {
  return file.row.closed.some((one) => one.generation === generation && one.continuedBy !== null);
}
