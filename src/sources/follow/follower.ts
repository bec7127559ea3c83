/**
 * Follows the files below some directories: a step looks at what is there, and chunks of what grew are then taken one by one.
 *
 * The caller keeps the order. What `step` and `accept` return is committed in the order of their calls, the row that
 * `accept` returns in one transaction with the counts of its chunk. A follower that is made from the rows of the last
 * commit reads what was not committed again, and nothing else. Where a commit fails, the follower is thrown away, and
 * another one is made.
 */
import type { ByteString } from '../../domain/byte-string.js';
import { type FileKey, type FollowedStream, type GrowthChunk, withChunk } from '../../domain/follow/followed-stream.js';
import type { FollowStep } from '../../domain/follow/growth-source.js';
import { hasMarker, isStill } from '../../domain/follow/judge-copy.js';
import { CompressedFiles } from './compressed-files.js';
import { cutChunk, dueRange } from './cut-growth.js';
import { endMissingFiles } from './end-missing-files.js';
import { findTruncations } from './find-truncations.js';
import { type FollowCounters, type FollowDeps, type FollowOptions, FollowWorld } from './follow-world.js';
import type { LiveFile } from './live-file.js';
import { matchFiles } from './match-files.js';
import { noteLosses } from './note-losses.js';
import { scanFiles } from './scan-files.js';

/** What is there and cannot be read, or is not; path in bytes -> reason. */
export interface PassedOver {
  readonly refused: ReadonlyMap<ByteString, string>;
  readonly unreadable: ReadonlyMap<ByteString, string>;
}

export class Follower {
  readonly #world: FollowWorld;
  readonly #compressed: CompressedFiles;
  #isFirst: boolean;
  /** Files with something to read, the one changed last at the end. */
  #queue: LiveFile[] = [];
  #passedOver: PassedOver = { refused: new Map(), unreadable: new Map() };

  /** Goes on from the rows of the last commit; without any, `from` decides what of the files that are there is read. */
  constructor(deps: FollowDeps, options: FollowOptions, rows: readonly FollowedStream[]) {
    this.#world = new FollowWorld(deps, options, rows);
    this.#compressed = new CompressedFiles(deps.files);
    this.#isFirst = rows.length === 0;
  }

  /** Looks at all files: where they are, which were truncated, what the new ones are, which are gone, in this order. */
  step(): FollowStep {
    const world = this.#world;
    world.readClock();
    const listing = scanFiles(world);
    findTruncations(world);
    noteLosses(world, matchFiles(world, this.#isFirst));
    this.#isFirst = false;
    endMissingFiles(world);
    this.#queue = [...world.live.values()].filter((file) => dueRange(file) !== null).sort(oldestFirst);
    const compressed = this.#compressed.judge(listing, () => [...world.live.values()].map(({ row }) => row));
    this.#passedOver = {
      refused: new Map([...listing.refused, ...compressed]),
      unreadable: new Map([...listing.unreadable, ...troublesOf(world)]),
    };
    return world.takeStep();
  }

  /** The next chunk to read, of the file that changed last; null until the next step where there is none. */
  next(): GrowthChunk | null {
    for (let file = this.#queue.at(-1); file !== undefined; file = this.#queue.at(-1)) {
      const chunk = cutChunk(this.#world, file);
      if (chunk !== null) return chunk;
      this.#queue.pop();
    }
    return null;
  }

  /** The open file of a chunk that is in flight; null where it is void. */
  descriptorOf({ key }: GrowthChunk): number | null {
    return this.#world.descriptors.openOf(key);
  }

  /**
   * Verifies a chunk after it was read. `scanned`: the bytes before its end as they were read, 64 where there are as many.
   * Chunks of a file are accepted in the order of their bytes. The row that counts it, to be committed with its counts; null
   * where the file is another one by now, or was while it was read, and where what is before the chunk is not counted: what
   * was read does not count then.
   */
  accept(chunk: GrowthChunk, scanned: ByteString): FollowedStream | null {
    const world = this.#world;
    const file = world.live.get(chunk.key);
    if (file === undefined || !file.flight.includes(chunk)) return null;
    world.land(file, chunk);
    if (chunk.start !== file.row.offset) return null; // what is before it was given back, and is cut again with it
    if (scanned !== chunk.marker || !this.#stands(file, chunk)) {
      world.counters.raced += 1;
      file.isSuspect = true;
      file.linelessTo = 0;
      return null;
    }
    file.unsettled += 1;
    file.row = withChunk(file.row, chunk);
    return file.row;
  }

  /** Tells whether a chunk was cut and is neither accepted nor given back, and its file is the one still of which it was cut. */
  isInFlight(chunk: GrowthChunk): boolean {
    return this.#world.live.get(chunk.key)?.flight.includes(chunk) ?? false;
  }

  /** Takes a chunk back that was not read: it is cut again after the next step, or later where `why` it cannot be read is told. */
  giveBack(chunk: GrowthChunk, why: string | null): void {
    const file = this.#world.live.get(chunk.key);
    if (file === undefined) return;
    if (this.#world.land(file, chunk)) file.linelessTo = 0;
    if (why !== null) this.#world.noteTrouble(file, why);
  }

  /** When a file was changed last, epoch ms; now, where that is not known. */
  modifiedAt(key: FileKey): number {
    const mtimeNs = this.#world.live.get(key)?.sight?.mtimeNs;
    return mtimeNs === undefined ? this.#world.epoch : Number(mtimeNs / 1_000_000n);
  }

  /** Files that are there, as of the last step. */
  get files(): number {
    let files = 0;
    for (const { row } of this.#world.live.values()) files += Number(row.goneAt === null);
    return files;
  }

  /** Bytes that the last step saw of a file; null where it saw none. */
  sizeOf(key: FileKey): number | null {
    return this.#world.live.get(key)?.sight?.size ?? null;
  }

  /** Bytes that the last step saw and that are not counted. */
  get backlogBytes(): number {
    let bytes = 0;
    for (const { row, sight } of this.#world.live.values()) {
      if (row.copyOf === null && row.goneAt === null) bytes += Math.max(0, (sight?.size ?? 0) - row.offset);
    }
    return bytes;
  }

  /** A chunk that was accepted is committed: its file may be closed once it is gone and read to its end. */
  settled(key: FileKey): void {
    const file = this.#world.live.get(key);
    if (file !== undefined) file.unsettled -= 1;
  }

  /** As of the last step. */
  get passedOver(): PassedOver {
    return this.#passedOver;
  }

  get counters(): Readonly<FollowCounters> {
    return this.#world.counters;
  }

  /** Descriptors that are open. */
  get openFiles(): number {
    return this.#world.descriptors.count;
  }

  close(): void {
    this.#world.descriptors.closeAll();
  }

  /** The bytes around a chunk are still those that were there when it was cut, so it was read from that content. */
  #stands(file: LiveFile, { start, end, before, marker, head }: GrowthChunk): boolean {
    const content = this.#world.contentOf(file);
    if (content === null) return false;
    const stands = this.#world.attempt(file, () => {
      const marks = [
        { end: start, marker: before },
        { end, marker },
        { end: head.length, marker: head },
      ];
      return isStill(content, file.row) && marks.every((mark) => hasMarker(content, mark.end, mark.marker));
    });
    return stands === true;
  }
}

function oldestFirst(a: LiveFile, b: LiveFile): number {
  const [one, other] = [a.sight?.mtimeNs ?? 0n, b.sight?.mtimeNs ?? 0n];
  return one < other ? -1 : Number(one > other);
}

function troublesOf({ live }: FollowWorld): [ByteString, string][] {
  const found: [ByteString, string][] = [];
  for (const { row, trouble } of live.values()) if (trouble !== null) found.push([row.path, trouble.why]);
  return found;
}
