/**
 * What a file is to one that was known before it: a copy that goes on where the other ended, a copy of what is still
 * there, or nothing. A head alone proves nothing, as many logs begin alike; the 64 bytes at the offset do.
 */
import type { ByteString } from '../byte-string.js';
import { MARK_BYTES } from '../chunk-report.js';
import { type FollowedStream, HEAD_BYTES, NOTHING_COUNTED, type Progress } from './followed-stream.js';

/** A file that can be looked into. */
export interface Content {
  readonly size: number;
  /** The bytes `[start, end)`, fewer where the file ends before. */
  bytes(start: number, end: number): ByteString;
}

/**
 * Tells whether a file holds what was counted of another one: the head, and the bytes before the offset. Where nothing was
 * counted nothing proves it.
 */
export function holds(file: Content, { offset, marker, head }: Progress): boolean {
  if (file.size < offset || offset === 0) return false;
  return file.bytes(0, head.length) === head && hasMarker(file, offset, marker);
}

/** Tells whether a file is the one still of which this was counted. Where nothing was counted every file is. */
export function isStill(file: Content, { offset, marker, head }: Progress): boolean {
  const start = head.slice(0, MARK_BYTES);
  return hasMarker(file, offset, marker) && hasMarker(file, start.length, start);
}

/** Tells whether the bytes before an offset are these. */
export function hasMarker(file: Content, end: number, marker: ByteString): boolean {
  return file.bytes(end - marker.length, end) === marker;
}

/** Bytes of a block that is compared. */
const BLOCK_BYTES = 64 * 1024;
/** Most blocks that are compared: all of a file of at most 1 MiB. */
const MAX_BLOCKS = 16;

/**
 * Tells whether a file that holds anything is as a whole the beginning of another one. Head and tail alone would not prove it:
 * logs that begin alike and repeat a line may have both in common.
 */
export function isBeginningOf(file: Content, other: Content): boolean {
  if (!mayBeBeginningOf(file, other)) return false;
  const { size } = file;
  const count = Math.min(MAX_BLOCKS, Math.ceil(size / BLOCK_BYTES));
  for (let block = 0; block < count; block += 1) {
    const start = Math.floor((block * size) / count);
    const end = Math.min(size, start + BLOCK_BYTES);
    if (file.bytes(start, end) !== other.bytes(start, end)) return false;
  }
  return true;
}

/** The same by its head and its last 64 bytes. */
export function mayBeBeginningOf(file: Content, other: Content): boolean {
  const { size } = file;
  if (size === 0 || size > other.size) return false;
  const tail = Math.max(0, size - MARK_BYTES);
  const headEnd = Math.min(HEAD_BYTES, size);
  return file.bytes(0, headEnd) === other.bytes(0, headEnd) && file.bytes(tail, size) === other.bytes(tail, size);
}

/** Tells whether a file has the head that another one had, as far as both go. */
export function beginsAs(file: Content, { head }: Progress): boolean {
  const length = Math.min(head.length, file.size);
  return file.bytes(0, length) === head.slice(0, length);
}

/** The progress of a file of which all is known though none of it was counted here. */
export function allKnown(file: Content): Progress {
  const { size } = file;
  return {
    offset: size,
    marker: tailOf(file),
    head: file.bytes(0, Math.min(HEAD_BYTES, size)),
  };
}

/**
 * Where to go on in a file that was a copy of a content that is counted up to `original.offset` and will not be read
 * there any more: at that offset; behind all of it, where it is shorter and as it was when it was compared; else at its
 * beginning, for it is no copy.
 *
 * A copy that was still being made when it was compared ends behind what was counted: nothing is cut behind the size that
 * a file had before the directories were listed.
 */
export function progressOfCopy(file: Content, copy: FollowedStream, original: Progress): Progress {
  if (holds(file, original)) return progressOf(original);
  const isShorter = file.size < original.offset && file.size === copy.offset;
  return isShorter && beginsAs(file, original) ? allKnown(file) : NOTHING_COUNTED;
}

/** Of a row the part that tells how far it was counted. */
export function progressOf({ offset, marker, head }: Progress): Progress {
  return { offset, marker, head };
}

function tailOf(file: Content): ByteString {
  return file.bytes(Math.max(0, file.size - MARK_BYTES), file.size);
}
