/** A follower with a store in memory and a reader of lines: what the daemon will be to it. */
import type { FollowedStream, FollowGap, GrowthChunk, Progress } from '../../src/domain/follow/followed-stream.js';
import { NODE_FILES } from '../../src/sources/follow/follow-files.js';
import type { FollowDeps, FollowOptions } from '../../src/sources/follow/follow-world.js';
import { Follower } from '../../src/sources/follow/follower.js';
import { kindOfName } from '../../src/sources/log-names.js';

/** What a follower runs on; its clock can be set forward. */
export interface FollowMachine extends FollowDeps {
  pass(ms: number): void;
}

/** The real files and clock. */
export function realMachine(files = NODE_FILES): FollowMachine {
  let aheadMs = 0;
  return {
    files,
    clock: { monotonicMs: () => performance.now() + aheadMs, epochMs: () => Date.now() + aheadMs },
    pass: (ms) => (aheadMs += ms),
  };
}

export class FollowRun {
  /** What was committed. */
  readonly rows = new Map<string, FollowedStream>();
  readonly lines: string[] = [];
  readonly gaps: FollowGap[] = [];
  /** Where the chunks that were counted end, by key and generation. */
  readonly #ledger = new Map<string, Pick<Progress, 'offset' | 'marker'>>();
  /** The last rows of the batch that is being written. */
  readonly #written = new Map<string, FollowedStream>();
  /** What is not committed yet, in its order. */
  #batch: (() => void)[] = [];
  readonly #machine: FollowMachine;
  readonly #options: FollowOptions;
  follower: Follower;

  constructor(root: string, options: Partial<FollowOptions> = {}, machine = realMachine()) {
    this.#machine = machine;
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
    this.#machine.pass(ms);
  }

  /** One step, with its commit. */
  step(): void {
    this.scan();
    this.flush();
  }

  /** One step, without. */
  scan(): void {
    const { rows, forgotten, gaps } = this.follower.step();
    this.#batch.push(() => {
      for (const row of rows) this.#keep(row);
      for (const key of forgotten) this.rows.delete(key);
      this.gaps.push(...gaps);
    });
  }

  /** Reads what the last step found, and commits each chunk with its lines. */
  read(): void {
    for (let chunk = this.follower.next(); chunk !== null; chunk = this.follower.next()) {
      this.commit(chunk, this.bytesOf(chunk));
    }
  }

  /** What a scan thread does: the bytes of a chunk as they are now; null where they cannot be read. */
  bytesOf(chunk: GrowthChunk): Buffer | null {
    const descriptor = this.follower.descriptorOf(chunk);
    if (descriptor === null) return null;
    const bytes = Buffer.alloc(chunk.end - chunk.start);
    return this.#machine.files.read(descriptor, bytes, chunk.start) === bytes.length ? bytes : null;
  }

  /** What Analyzer and store do: the counts of a chunk and its row, or neither. */
  commit(chunk: GrowthChunk, bytes: Buffer | null): void {
    this.take(chunk, bytes);
    this.flush();
  }

  /** What the Analyzer does: the counts of a chunk and its row go into the batch, or neither. */
  take(chunk: GrowthChunk, bytes: Buffer | null): void {
    if (bytes === null) return this.follower.giveBack(chunk, null);
    const before = chunk.before.slice(Math.max(0, bytes.length + chunk.before.length - 64));
    const scanned = (bytes.length < 64 ? before : '') + bytes.toString('latin1', Math.max(0, bytes.length - 64));
    const row = this.follower.accept(chunk, scanned);
    if (row === null) return;
    this.#batch.push(() => {
      this.#keep(row);
      this.#count(chunk);
      this.lines.push(...bytes.toString('latin1').replace(/\n$/, '').split('\n'));
      this.follower.settled(chunk.key);
    });
  }

  /** What the store does: all of the batch in one transaction, if its rows state what was counted. */
  flush(): void {
    const batch = this.#batch;
    this.#batch = [];
    for (const write of batch) write();
    for (const { key, generation, offset, marker, closed } of this.#written.values()) {
      for (const stated of [{ generation, offset, marker }, ...closed]) this.#compare(key, stated);
    }
    this.#written.clear();
  }

  /** Steps and reads, with time between, so that what is final is known to be so. */
  follow(): void {
    for (let round = 0; round < 3; round += 1) {
      this.step();
      this.read();
      this.wait(1000);
    }
  }

  /** The process dies, with what was not committed; another one starts from what was. */
  crash(): void {
    this.#batch = [];
    this.follower.close();
    this.follower = this.#start();
  }

  #keep(row: FollowedStream): void {
    this.rows.set(row.key, row);
    this.#written.set(row.key, row);
  }

  #start(): Follower {
    return new Follower(this.#machine, this.#options, [...this.rows.values()]);
  }

  #count({ key, generation, start, end, marker }: GrowthChunk): void {
    const id = `${key}/${generation}`;
    const counted = this.#ledger.get(id)?.offset ?? start;
    if (counted !== start) throw new Error(`${id} is counted up to ${counted}, not ${start}`);
    this.#ledger.set(id, { offset: end, marker });
  }

  #compare(key: string, stated: Pick<FollowedStream, 'generation' | 'offset' | 'marker'>): void {
    const id = `${key}/${stated.generation}`;
    const counted = this.#ledger.get(id);
    if (counted === undefined || (counted.offset === stated.offset && counted.marker === stated.marker)) return;
    throw new Error(`${id} is counted up to ${counted.offset}, and its row says ${stated.offset}`);
  }
}
