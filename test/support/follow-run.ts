/** A follower with a store in memory and a reader of lines: what the daemon will be to it. */
import { readSync } from 'node:fs';
import type { FollowedStream, FollowGap, GrowthChunk } from '../../src/domain/follow/followed-stream.js';
import { type FollowFiles, NODE_FILES } from '../../src/sources/follow/follow-files.js';
import type { FollowOptions } from '../../src/sources/follow/follow-world.js';
import { Follower } from '../../src/sources/follow/follower.js';
import { kindOfName } from '../../src/sources/log-names.js';

export class FollowRun {
  /** What was committed. */
  readonly rows = new Map<string, FollowedStream>();
  readonly lines: string[] = [];
  readonly gaps: FollowGap[] = [];
  readonly #files: FollowFiles;
  readonly #options: FollowOptions;
  #aheadMs = 0;
  follower: Follower;

  constructor(root: string, options: Partial<FollowOptions> = {}, files: FollowFiles = NODE_FILES) {
    this.#files = files;
    this.#options = {
      roots: [root],
      kindOf: (path) => kindOfName(path.slice(path.lastIndexOf('/') + 1)),
      from: 'start',
      rotateWaitMs: 500,
      maxChunkBytes: 64 * 1024,
      maxDescriptors: 1024,
      ...options,
    };
    this.follower = this.#start();
  }

  /** Lets time go by. */
  wait(ms: number): void {
    this.#aheadMs += ms;
  }

  /** One step, with its commit. */
  step(): void {
    const { rows, forgotten, gaps } = this.follower.step();
    for (const row of rows) this.rows.set(row.key, row);
    for (const key of forgotten) this.rows.delete(key);
    this.gaps.push(...gaps);
  }

  /** Reads what the last step found, and commits each chunk with its lines. */
  read(): void {
    for (let chunk = this.follower.next(); chunk !== null; chunk = this.follower.next())
      this.commit(chunk, this.scan(chunk));
  }

  /** What a scan thread does: the bytes of a chunk as they are now; null where they cannot be read. */
  scan(chunk: GrowthChunk): Buffer | null {
    const descriptor = this.follower.descriptorOf(chunk);
    if (descriptor === null) return null;
    const bytes = Buffer.alloc(chunk.end - chunk.start);
    return readSync(descriptor, bytes, 0, bytes.length, chunk.start) === bytes.length ? bytes : null;
  }

  /** What Analyzer and store do: the counts of a chunk and its row, or neither. */
  commit(chunk: GrowthChunk, bytes: Buffer | null): void {
    if (bytes === null) return this.follower.giveBack(chunk, null);
    const before = chunk.before.slice(Math.max(0, bytes.length + chunk.before.length - 64));
    const scanned = (bytes.length < 64 ? before : '') + bytes.toString('latin1', Math.max(0, bytes.length - 64));
    const row = this.follower.accept(chunk, scanned);
    if (row === null) return;
    this.rows.set(row.key, row);
    this.lines.push(...bytes.toString('latin1').replace(/\n$/, '').split('\n'));
    this.follower.settled(chunk.key);
  }

  /** Steps and reads, twice with time between, so that what is final is known to be so. */
  follow(): void {
    for (let round = 0; round < 3; round += 1) {
      this.step();
      this.read();
      this.wait(1000);
    }
  }

  /** The process dies; another one starts from what was committed. */
  crash(): void {
    this.follower.close();
    this.follower = this.#start();
  }

  #start(): Follower {
    const clock = {
      monotonicMs: () => performance.now() + this.#aheadMs,
      epochMs: () => Date.now() + this.#aheadMs,
    };
    return new Follower({ files: this.#files, clock }, this.#options, [...this.rows.values()]);
  }
}
