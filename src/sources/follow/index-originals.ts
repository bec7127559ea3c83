/** Looks up the files of which new ones may be copies. */
import type { ByteString } from '../../domain/byte-string.js';
import { HEAD_BYTES } from '../../domain/follow/followed-stream.js';
import { CopyIndex } from './copy-index.js';
import type { FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';

/** The files that are there and of which others may be copies. */
export function indexOriginals(world: FollowWorld, all: readonly LiveFile[]): CopyIndex<LiveFile> {
  const index = new CopyIndex<LiveFile>();
  for (const file of all) {
    const { row } = file;
    if (!file.isDecided || row.goneAt !== null || row.copyOf !== null) continue;
    file.start = startOf(world, file);
    index.add(file, file.start, row.path);
  }
  return index;
}

/**
 * What was kept when it was counted is enough, and costs no read: with 10,000 files that would be as many. One that is not counted
 * is read anew: nobody would know if it were another by now.
 */
function startOf(world: FollowWorld, file: LiveFile): ByteString {
  if (file.row.head !== '') return file.row.head;
  const content = world.contentOf(file);
  return content === null ? '' : (world.attempt(file, () => content.bytes(0, HEAD_BYTES)) ?? '');
}
