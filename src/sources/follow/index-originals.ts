/** Looks up the files of which new ones may be copies. */
import type { ByteString } from '../../domain/byte-string.js';
import { CopyIndex, START_BYTES } from './copy-index.js';
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

function startOf(world: FollowWorld, file: LiveFile): ByteString {
  if (file.start.length === START_BYTES) return file.start;
  if (file.row.head.length >= START_BYTES) return file.row.head.slice(0, START_BYTES);
  const content = world.contentOf(file);
  return content === null ? '' : (world.attempt(file, () => content.bytes(0, START_BYTES)) ?? '');
}
