import type { ByteString } from '../byte-string.js';

/** Most bytes of a head. */
export const HEAD_BYTES = 1024;
/** Closed generations that a stream remembers. */
export const MAX_CLOSED = 16;

/**
 * Device, inode and birth time in ns as `dev:ino:birth`: what tells files apart, inodes that were used again included. A
 * file system without birth times gives 0, and then head and marker alone tell a new file from the old one.
 */
export type FileKey = string;

/** How far the content of a file was counted, and the bytes by which that content is known again. */
export interface Progress {
  /** All before it is counted; it stands behind a newline, or behind the last line of a file that is final. */
  readonly offset: number;
  /** The bytes before the offset, 64 where there are as many. */
  readonly marker: ByteString;
  /** The first bytes of the file, at most 1 KiB and none behind the offset. */
  readonly head: ByteString;
}

/** Instead of the key of a copy: none was found, and what was lost is noted. One that is found later goes on all the same. */
export const NO_COPY: FileKey = '';

/** The content that a file had before it was truncated, or before a longer file was found that begins with all of it. */
export interface ClosedGeneration extends Progress {
  readonly generation: number;
  /** Epoch ms. */
  readonly closedAt: number;
  /** The file that goes on where this ended, or `NO_COPY`; null while none was found. */
  readonly continuedBy: FileKey | null;
}

/** Of whom a file is a copy, and of which of its generations. */
export interface Original {
  readonly key: FileKey;
  readonly generation: number;
}

/**
 * What is known of a file that is followed: the row of the store. Made when the file is found; a tombstone (`goneAt`) once
 * it is gone and all of it counted; forgotten a day later.
 */
export interface FollowedStream extends Progress {
  readonly key: FileKey;
  /** The last path under which it was seen, in bytes. */
  readonly path: ByteString;
  /** Counts the contents that the file had: one more with each truncation. */
  readonly generation: number;
  /** The last 16, the oldest first. */
  readonly closed: readonly ClosedGeneration[];
  /**
   * Set while the file is nothing but a copy of the beginning of another one that is still there: it is not read. Its
   * offset is then the end of what was compared.
   */
  readonly copyOf: Original | null;
  /** It was renamed, or took over from a truncated file: its writer is about to leave it. */
  readonly isRotated: boolean;
  /** Epoch ms since which it is gone with nothing left to read; null for a file that is followed. */
  readonly goneAt: number | null;
}

/** A range of one generation of a stream, cut at line ends: the unit of work, and of what is committed. */
export interface GrowthChunk {
  readonly key: FileKey;
  readonly generation: number;
  readonly start: number;
  readonly end: number;
  /** The file is final: its last line counts though no newline ends it. */
  readonly isFinal: boolean;
  /** The bytes before the start, 64 where there are as many: still there after the read, they prove the generation. */
  readonly before: ByteString;
  /** The bytes before the end. */
  readonly marker: ByteString;
  /** The first bytes of the file where the chunk is the first; else empty. */
  readonly head: ByteString;
}

/** Nothing counted. */
export const NOTHING_COUNTED: Progress = { offset: 0, marker: '', head: '' };

/** The stream of a file that was just found. */
export function newStream(key: FileKey, path: ByteString): FollowedStream {
  return {
    ...NOTHING_COUNTED,
    key,
    path,
    generation: 0,
    closed: [],
    copyOf: null,
    isRotated: false,
    goneAt: null,
  };
}

/** Counts the chunk at the offset. One of another generation, or of bytes elsewhere, changes nothing. */
export function withChunk(stream: FollowedStream, chunk: GrowthChunk): FollowedStream {
  const { generation, start, end, marker } = chunk;
  if (generation !== stream.generation || start !== stream.offset) return stream;
  return { ...stream, offset: end, marker, head: start === 0 ? chunk.head : stream.head };
}

/** The file was truncated: what it held is closed, and it is read from its beginning. */
export function truncated(stream: FollowedStream, closedAt: number): FollowedStream {
  const { generation, offset, marker, head } = stream;
  const ended: ClosedGeneration = { generation, offset, marker, head, closedAt, continuedBy: null };
  return {
    ...stream,
    ...NOTHING_COUNTED,
    generation: generation + 1,
    closed: [...stream.closed, ended].slice(-MAX_CLOSED),
    copyOf: null,
  };
}

/** Tells whether no file goes on where a generation ended. */
export function isOpenEnded({ continuedBy }: ClosedGeneration): boolean {
  return continuedBy === null || continuedBy === NO_COPY;
}

/** A copy goes on where a generation of this stream ended, so that no other one does. */
export function continuedBy(stream: FollowedStream, generation: number, key: FileKey): FollowedStream {
  const closed = stream.closed.map((one) => (one.generation === generation ? { ...one, continuedBy: key } : one));
  return { ...stream, closed };
}

/** Bytes that were lost, or may have been: the honest ledger. */
export interface FollowGap {
  readonly key: FileKey;
  readonly path: ByteString;
  readonly generation: number;
  readonly from: number;
  /** Where the known loss ends; null where nobody knows whether anything was lost. */
  readonly to: number | null;
  readonly why: 'truncated' | 'gone';
}
