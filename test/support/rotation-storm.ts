/** A rotation storm: a writer acts between any two system calls of the follower, which is killed now and then. */
import type { GrowthChunk } from '../../src/domain/follow/followed-stream.js';
import type { FollowFiles } from '../../src/sources/follow/follow-files.js';
import { type FollowMachine, FollowRun } from './follow-run.js';
import type { Random } from './random.js';
import type { RotatedDisk } from './rotated-disk.js';
import { type RotationMode, RotatingWriter } from './rotating-writer.js';

/** How often the writer acts before a system call. With more, a file would be gone before all were looked at once. */
const SHARE = 0.04;

/** Chunks that are read before files are looked at again: reading gives the writer its chances, too. */
const MAX_FLIGHT = 16;

export interface StormOptions {
  readonly root: string;
  readonly mode: RotationMode;
}

/** Actions of the writer, at most, between a kill and the next start. */
const MAX_DOWNTIME = 60;

/** Where the storm is. */
export interface StormPlace {
  readonly machine: FollowMachine;
  readonly disk: RotatedDisk;
}

export class RotationStorm {
  readonly run: FollowRun;
  readonly writer: RotatingWriter;
  /** In rotations between two looks at all files. */
  longestPause = 0;
  kills = 0;
  readonly #random: Random;
  #isCalm = false;

  constructor({ machine, disk }: StormPlace, { root, mode }: StormOptions, random: Random) {
    this.#random = random;
    this.writer = new RotatingWriter(disk, root, mode, random);
    const files = withWriter(machine.files, () => this.#act());
    this.run = new FollowRun(
      root,
      { maxChunkBytes: 4096 },
      { files, clock: machine.clock, pass: (ms) => machine.pass(ms) },
    );
  }

  /** Runs until there were enough rotations; then the writer ends what it began, and all is read. */
  blow(rotations: number): void {
    const { run, writer } = this;
    let seen = 0;
    while (writer.rotations < rotations) {
      for (let count = this.#random.below(6); count > 0; count -= 1) writer.act();
      this.#orDie(() => run.scan());
      this.longestPause = Math.max(this.longestPause, writer.rotations - seen);
      seen = writer.rotations;
      this.#readSome();
      run.wait(this.#random.below(400));
    }
    this.#isCalm = true;
    writer.finish();
    run.flush();
    run.follow();
    run.follower.close();
  }

  #act(): void {
    if (!this.#isCalm && this.#random.unit() < SHARE) this.writer.act();
  }

  /** Does something that is committed at once, later with more, or never. */
  #orDie(action: () => void): boolean {
    action();
    const chance = this.#random.unit();
    if (chance < 0.5) this.run.flush();
    if (chance < 0.98) return true;
    for (let count = this.#random.below(MAX_DOWNTIME); count > 0; count -= 1) this.writer.act();
    this.run.crash();
    this.kills += 1;
    return false;
  }

  /** Hands chunks out, several at a time, and reads them in any order; some are never heard of again. */
  #readSome(): void {
    const flight: GrowthChunk[] = [];
    while (flight.length < MAX_FLIGHT) {
      const chunk = this.run.follower.next();
      if (chunk === null) break;
      flight.push(chunk);
    }
    const order = [...flight];
    this.#random.shuffle(order);
    const read = new Map<GrowthChunk, Buffer | null>();
    for (const chunk of order) {
      this.#act();
      read.set(chunk, this.#random.unit() < 0.05 ? null : this.run.bytesOf(chunk));
    }
    for (const chunk of flight) {
      this.#act();
      if (!this.#orDie(() => this.run.take(chunk, read.get(chunk) ?? null))) return;
    }
  }
}

/** The files with a writer that acts, at times, just before they are looked at. */
function withWriter(files: FollowFiles, act: () => void): FollowFiles {
  const before = <Args extends unknown[], Value>(call: (...args: Args) => Value) => {
    return (...args: Args): Value => {
      act();
      return call(...args);
    };
  };
  const { stat, statOpen, list, resolve, open, close, read } = files;
  return {
    stat: before(stat),
    statOpen: before(statOpen),
    list: before(list),
    resolve: before(resolve),
    open: before(open),
    close,
    read: before(read),
  };
}

/** What was counted wrongly of numbered lines. */
export interface StormVerdict {
  readonly lost: readonly number[];
  readonly doubled: readonly number[];
  readonly torn: readonly string[];
  /** Gaps that are said to be known, but for those of the backup: the writer deletes it, read or not. */
  readonly gaps: number;
}

export const EXACT: StormVerdict = { lost: [], doubled: [], torn: [], gaps: 0 };

export function verdictOn({ run, writer }: RotationStorm): StormVerdict {
  const counts = new Uint32Array(writer.written);
  const torn: string[] = [];
  for (const line of run.lines) {
    const number = /^2026-01-24T10:15:32Z INFO line (\d+) x*$/.exec(line)?.[1];
    if (number === undefined) torn.push(line);
    else counts[Number(number)] = (counts[Number(number)] ?? 0) + 1;
  }
  const numbers = [...counts.keys()];
  return {
    lost: numbers.filter((number) => counts[number] === 0),
    doubled: numbers.filter((number) => (counts[number] ?? 0) > 1),
    torn,
    gaps: run.gaps.filter(({ to, path }) => to !== null && !path.endsWith('backup.log')).length,
  };
}
