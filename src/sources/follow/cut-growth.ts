/** Cuts what a file has more than was counted into chunks that end behind a newline. */
import type { ByteString } from '../../domain/byte-string.js';
import type { ByteRange } from '../../domain/chunk.js';
import { MARK_BYTES } from '../../domain/chunk-report.js';
import { type GrowthChunk, HEAD_BYTES } from '../../domain/follow/followed-stream.js';
import { hasMarker, isStill } from '../../domain/follow/judge-copy.js';
import { nextRange } from '../../domain/follow/next-range.js';
import type { FileContent } from './file-content.js';
import type { FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';

/**
 * Bytes that are searched for the end of one line in a step: so no scan waits for a line of many gigabytes, or for a sparse
 * file of terabytes.
 */
export const SEARCH_BYTES = 64 * 1024 * 1024;

/** The range that is next of a file, up to the size that the scan saw; null where all is counted or cut. */
export function dueRange({ row, flight, sight, isDecided }: LiveFile): ByteRange | null {
  if (!isDecided || sight === null || row.copyOf !== null || row.goneAt !== null) return null;
  return sight.size > row.offset ? nextRange({ ...row, flight }, sight.size) : null;
}

/** The next chunk of a file, which is in flight then; null where no line is complete, and where it cannot be read now. */
export function cutChunk(world: FollowWorld, file: LiveFile): GrowthChunk | null {
  const range = dueRange(file);
  if (range === null || isLineless(world, file, range)) return null;
  const content = world.contentOf(file);
  if (content === null) return null;
  const chunk = world.attempt(file, () => cut(world, file, range, content));
  if (chunk === null) return null;
  file.flight.push(chunk);
  world.descriptors.pin(chunk.key);
  return chunk;
}

function isLineless(world: FollowWorld, file: LiveFile, range: ByteRange): boolean {
  return file.linelessTo >= range.end && !isFinal(world, file);
}

/** No more will be written to it. */
export function isFinal({ now, options }: FollowWorld, { row, changedAt, missedScans }: LiveFile): boolean {
  return (row.isRotated || missedScans > 1) && now - changedAt >= options.rotateWaitMs;
}

function cut(world: FollowWorld, file: LiveFile, range: ByteRange, content: FileContent): GrowthChunk | null {
  const { start } = range;
  const { row } = file;
  if (content.size < range.end) return null; // truncated meanwhile: the next scan sees it
  const lineEnd = endOfLines(world, file, range, content);
  const isSearched = file.linelessTo >= range.end;
  const isLast = lineEnd === null && isSearched && range.end === content.size && isFinal(world, file);
  const end = isLast ? range.end : lineEnd;
  if (end === null) return null;
  const before = markerAt(file, start);
  const marker = content.bytes(Math.max(0, end - MARK_BYTES), end);
  const head = start === 0 ? content.bytes(0, Math.min(HEAD_BYTES, end)) : '';
  if (!hasMarker(content, start, before) || !isStill(content, row)) {
    world.counters.raced += 1;
    file.isSuspect = true;
    return null;
  }
  return { key: row.key, generation: row.generation, start, end, isFinal: isLast, before, marker, head };
}

function endOfLines(world: FollowWorld, file: LiveFile, range: ByteRange, content: FileContent): number | null {
  const { start, end } = range;
  const { maxChunkBytes } = world.options;
  const isBetween = end < (file.sight?.size ?? 0); // what is behind it was cut before, at the end of a line
  if (isBetween && end - start <= maxChunkBytes) return end;
  const limit = Math.min(end, start + maxChunkBytes);
  const from = Math.max(start, Math.min(file.linelessTo, end));
  const to = Math.min(end, Math.max(limit, from + SEARCH_BYTES));
  const found =
    (from < limit ? content.behindLastNewline(from, limit) : null) ??
    content.behindFirstNewline(Math.max(from, limit), to);
  if (found === null) file.linelessTo = to;
  return found;
}

/** The bytes before a place where counted or cut bytes end. */
function markerAt({ row, flight }: LiveFile, at: number): ByteString {
  if (at === row.offset) return row.marker;
  return flight.find(({ end }) => end === at)?.marker ?? '';
}
