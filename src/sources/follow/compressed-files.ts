/** Tells of each compressed log whether what it holds was counted before it was compressed. None is read for now. */
import { constants, gunzipSync } from 'node:zlib';
import type { ByteString } from '../../domain/byte-string.js';
import { type FollowedStream, HEAD_BYTES, type Progress } from '../../domain/follow/followed-stream.js';
import { keyOf } from './file-key.js';
import type { FollowFiles } from './follow-files.js';
import type { Listing } from './list-roots.js';

/** Compressed bytes that are looked at for the head; at most a thousand times as many come out. */
const LOOK_BYTES = 4096;
/** The length is kept modulo 2^32 at the end of a gzip file (RFC 1952, section 2.3.1). */
const LENGTH_BYTES = 4;

const COUNTED = 'it is compressed, and was counted before it was';
const UNREAD = 'it is compressed, and is not read';

/** A gzip file: what it holds begins with `head` and has `length` bytes, modulo 2^32. */
interface Gzip {
  readonly head: ByteString;
  readonly length: number;
}

interface Verdict {
  /** Key and size: a file that grew is looked at again. */
  readonly version: string;
  readonly gzip: Gzip | null;
  isCounted: boolean;
}

export class CompressedFiles {
  readonly #files: FollowFiles;
  #verdicts = new Map<ByteString, Verdict>();

  constructor(files: FollowFiles) {
    this.#files = files;
  }

  /** Each compressed file with the reason why it is not read. */
  judge({ compressed }: Listing, streams: () => Iterable<FollowedStream>): [ByteString, string][] {
    const last = this.#verdicts;
    this.#verdicts = new Map();
    for (const path of compressed) {
      const verdict = this.#look(path, last.get(path));
      if (verdict !== null) this.#verdicts.set(path, verdict);
    }
    markCounted([...this.#verdicts.values()], streams);
    return [...this.#verdicts].map(([path, { isCounted }]) => [path, isCounted ? COUNTED : UNREAD]);
  }

  /** Null for a file that is gone again. */
  #look(path: ByteString, known: Verdict | undefined): Verdict | null {
    try {
      const stats = this.#files.stat(path);
      if (stats === null) return null;
      const version = `${keyOf(stats)}:${stats.size}`;
      if (known?.version === version) return known;
      const gzip = path.endsWith('.gz') ? readGzip(this.#files, path) : null;
      return { version, gzip, isCounted: false };
    } catch {
      return { version: '', gzip: null, isCounted: false }; // unreadable, or no gzip: looked at again at the next scan
    }
  }
}

function markCounted(verdicts: readonly Verdict[], streams: () => Iterable<FollowedStream>): void {
  const open = verdicts.filter(({ gzip, isCounted }) => gzip !== null && !isCounted);
  if (open.length === 0) return;
  const byLength = new Map<number, Progress[]>();
  for (const stream of streams()) {
    for (const progress of [stream, ...stream.closed]) {
      const length = progress.offset % 2 ** 32;
      byLength.set(length, [...(byLength.get(length) ?? []), progress]);
    }
  }
  for (const verdict of open) {
    const { gzip } = verdict;
    const alike = gzip === null ? [] : (byLength.get(gzip.length) ?? []);
    verdict.isCounted = alike.some(({ offset, head }) => offset > 0 && head === gzip?.head);
  }
}

/** Throws what the system calls and the decompressor do. */
function readGzip(files: FollowFiles, path: ByteString): Gzip | null {
  const descriptor = files.open(path);
  try {
    const stats = files.statOpen(descriptor);
    if (!stats.isFile()) return null;
    const look = Buffer.alloc(LOOK_BYTES);
    const block = look.subarray(0, files.read(descriptor, look, 0));
    const text = gunzipSync(block, { finishFlush: constants.Z_SYNC_FLUSH });
    const end = Buffer.alloc(LENGTH_BYTES);
    files.read(descriptor, end, Number(stats.size) - LENGTH_BYTES);
    return { head: text.toString('latin1', 0, HEAD_BYTES), length: end.readUInt32LE() };
  } finally {
    files.close(descriptor);
  }
}
