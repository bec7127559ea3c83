/** Rotation storms: a writer acts between any two system calls of the follower, which is killed now and then. */
import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import type { GrowthChunk } from '../../../src/domain/follow/followed-stream.js';
import { type FollowFiles, NODE_FILES } from '../../../src/sources/follow/follow-files.js';
import { FollowRun } from '../../support/follow-run.js';
import { inMode } from '../../support/long-mode.js';
import { Random } from '../../support/random.js';
import { KEPT_FILES, type RotationMode, RotatingWriter } from '../../support/rotating-writer.js';
import { useScratch } from '../../support/scratch.js';

/** How often the writer acts before a system call. With more, a file would be gone before all were looked at once. */
const SHARE = 0.04;

/** The files with a writer that acts, at times, just before they are looked at. */
function withWriter(act: () => void): FollowFiles {
  const before = <Args extends unknown[], Value>(call: (...args: Args) => Value) => {
    return (...args: Args): Value => {
      act();
      return call(...args);
    };
  };
  const { stat, statOpen, list, resolve, open, close, read } = NODE_FILES;
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

interface Verdict {
  readonly lost: number[];
  readonly doubled: number[];
  readonly torn: string[];
}

const EXACT: Verdict = { lost: [], doubled: [], torn: [] };

function verdictOn(lines: readonly string[], written: number): Verdict {
  const counts = new Uint32Array(written);
  const torn: string[] = [];
  for (const line of lines) {
    const number = /^2026-01-24T10:15:32Z INFO line (\d+) x*$/.exec(line)?.[1];
    if (number === undefined) torn.push(line);
    else counts[Number(number)] = (counts[Number(number)] ?? 0) + 1;
  }
  const numbers = [...counts.keys()];
  return {
    lost: numbers.filter((number) => counts[number] === 0),
    doubled: numbers.filter((number) => (counts[number] ?? 0) > 1),
    torn,
  };
}

describe('sources/follow storm', function () {
  this.timeout(inMode(30_000, 1_800_000));
  const { path } = useScratch();

  for (const [mode, normal, long] of [
    ['rename', 400, 10_000],
    ['copytruncate', 300, 3000],
    ['mixed', 200, 2000],
  ] as const) {
    for (const seed of [1, 2]) {
      it(`counts each line once over ${mode} rotations with kills between commits (seed ${seed})`, () => {
        const { run, writer, longestPause } = storm(mode, seed, inMode(normal, long));

        expect(longestPause, 'invalid: files lived shorter than a pause').to.be.below(KEPT_FILES / 2);
        expect(verdictOn(run.lines, writer.written)).to.deep.equal(EXACT);
      });
    }
  }

  /** Runs until there were enough rotations; the longest pause is in rotations between two looks at all files. */
  function storm(mode: RotationMode, seed: number, rotations: number) {
    const root = path(`${mode}-${seed}`);
    mkdirSync(root);
    const random = new Random(seed);
    const writer = new RotatingWriter(root, mode, random);
    let isCalm = false;
    const act = (): void => {
      if (!isCalm && random.unit() < SHARE) writer.act();
    };
    const run = new FollowRun(root, { maxChunkBytes: 4096 }, withWriter(act));
    let [longestPause, seen, kills] = [0, 0, 0];
    while (writer.rotations < rotations) {
      for (let count = random.below(6); count > 0; count -= 1) writer.act();
      run.step();
      readSome(run, random, act);
      longestPause = Math.max(longestPause, writer.rotations - seen);
      seen = writer.rotations;
      run.wait(random.below(400));
      if (random.unit() < 0.05) {
        run.crash();
        kills += 1;
      }
    }
    isCalm = true;
    writer.finish();
    run.follow();
    run.follower.close();
    expect(kills).to.be.above(0);
    return { run, writer, longestPause };
  }

  /** Hands chunks out, several at a time, and reads them in any order; some are never heard of again. */
  function readSome(run: FollowRun, random: Random, act: () => void): void {
    const flight: GrowthChunk[] = [];
    for (let chunk = run.follower.next(); chunk !== null; chunk = run.follower.next()) flight.push(chunk);
    const read = new Map<GrowthChunk, Buffer | null>();
    const order = [...flight];
    random.shuffle(order);
    for (const chunk of order) {
      act();
      read.set(chunk, random.unit() < 0.05 ? null : run.scan(chunk));
    }
    for (const chunk of flight) {
      act();
      run.commit(chunk, read.get(chunk) ?? null);
    }
  }
});
