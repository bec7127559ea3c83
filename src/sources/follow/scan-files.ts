/**
 * The scan: where each file is now, and how large. The files that are known are looked at first, and the directories are
 * listed then, so that a copy that is not in the list holds all that a file held when it was looked at. The follower
 * never cuts behind that size; otherwise what a copytruncate copied could be less than what was counted.
 */
import type { ByteString } from '../../domain/byte-string.js';
import { newStream } from '../../domain/follow/followed-stream.js';
import { reasonOf } from '../reason-of.js';
import { keyOf } from './file-key.js';
import type { FileStats } from './follow-files.js';
import type { FollowWorld } from './follow-world.js';
import { type Listing, listRoots } from './list-roots.js';
import { type LiveFile, liveFile, observe } from './live-file.js';

export function scanFiles(world: FollowWorld): Listing {
  const places = new Set<ByteString>();
  const found = new Set<LiveFile>();
  for (const file of world.live.values()) {
    if (file.row.goneAt === null && seeAtItsPlace(world, file)) {
      found.add(file);
      places.add(file.row.path);
    }
  }
  const listing = listRoots(world.files, { ...world.options, known: places });
  for (const path of listing.logs) {
    const file = seeElsewhere(world, path, found, listing);
    if (file !== null) found.add(file);
  }
  for (const file of world.live.values()) if (file.row.goneAt === null) countMiss(world, file, found.has(file));
  return listing;
}

function seeAtItsPlace(world: FollowWorld, file: LiveFile): boolean {
  let stats: FileStats | null;
  try {
    stats = world.files.stat(file.row.path);
  } catch {
    return true; // what cannot be looked at is not gone
  }
  if (stats?.isFile() !== true || keyOf(stats) !== file.row.key) return false;
  observe(file, stats, world);
  return true;
}

/** The file at a place where none was known: a renamed one, a new one, or one more name of a file that was found. */
function seeElsewhere(
  world: FollowWorld,
  path: ByteString,
  found: ReadonlySet<LiveFile>,
  listing: Listing,
): LiveFile | null {
  const stats = statOf(world, path, listing);
  if (stats === null || !stats.isFile()) return null;
  const key = keyOf(stats);
  const known = world.live.get(key);
  if (known !== undefined && found.has(known)) return null;
  const file = known ?? liveFile(newStream(key, path), false, world.now);
  if (known === undefined) world.live.set(key, file);
  else moved(world, known, path);
  observe(file, stats, world);
  if (isUnread(file)) world.contentOf(file); // open from now on: it may be renamed again, or deleted, before it is read
  return file;
}

function isUnread({ row, sight }: LiveFile): boolean {
  return row.offset === 0 || (row.copyOf === null && (sight?.size ?? 0) > row.offset);
}

function statOf({ files }: FollowWorld, path: ByteString, { unreadable }: Listing): FileStats | null {
  try {
    return files.stat(path);
  } catch (error) {
    unreadable.set(path, reasonOf(error));
    return null;
  }
}

function moved(world: FollowWorld, file: LiveFile, path: ByteString): void {
  const row = { ...file.row, path, isRotated: true, goneAt: null };
  if (file.isDecided) world.keep(file, row);
  else file.row = row;
  file.hiddenAt = null;
}

/** A file that no name leads to is looked at by its descriptor: its writer may still write to it. */
function countMiss(world: FollowWorld, file: LiveFile, isFound: boolean): void {
  const { key } = file.row;
  file.missedScans = isFound ? 0 : file.missedScans + 1;
  const isHeld = !isFound && world.descriptors.openOf(key) !== null;
  if (isHeld && !file.isHeld) world.descriptors.pin(key);
  if (!isHeld && file.isHeld) world.descriptors.unpin(key);
  file.isHeld = isHeld;
  if (!isHeld) return;
  world.attempt(file, () => {
    const descriptor = world.descriptors.openOf(key);
    if (descriptor !== null) observe(file, world.files.statOpen(descriptor), world);
    return descriptor;
  });
}
