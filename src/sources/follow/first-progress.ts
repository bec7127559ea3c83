import { NOTHING_COUNTED, type Progress } from '../../domain/follow/followed-stream.js';
import { allKnown } from '../../domain/follow/judge-copy.js';
import { isReadFromStart } from '../../domain/follow/next-range.js';
import { SEARCH_BYTES } from './cut-growth.js';
import type { FileContent } from './file-content.js';
import type { FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';

/** Where a file begins that was there before Millrace was. */
export function firstProgress(world: FollowWorld, { sight }: LiveFile, content: FileContent): Progress {
  const modifiedAt = Number((sight?.mtimeNs ?? 0n) / 1_000_000n);
  if (isReadFromStart(world.options.from, modifiedAt)) return NOTHING_COUNTED;
  const searchedFrom = Math.max(0, content.size - SEARCH_BYTES);
  const isWhole = searchedFrom === 0; // else the last line is too long to look for its beginning
  const size = content.behindLastNewline(searchedFrom, content.size) ?? (isWhole ? 0 : content.size);
  return size === 0 ? NOTHING_COUNTED : allKnown({ size, bytes: (start, end) => content.bytes(start, end) });
}
