/** Rotation storms, each line numbered: on a disk in memory, where a seed repeats a run exactly, and on the real one. */
import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { realMachine } from '../../support/follow-run.js';
import { inMode } from '../../support/long-mode.js';
import { Random } from '../../support/random.js';
import { NODE_DISK } from '../../support/rotated-disk.js';
import { KEPT_FILES, type RotationMode } from '../../support/rotating-writer.js';
import { EXACT, RotationStorm, type StormPlace, verdictOn } from '../../support/rotation-storm.js';
import { useScratch } from '../../support/scratch.js';
import { SimDisk } from '../../support/sim-disk.js';

const MODES = [
  ['rename', 1000, 10_000],
  ['copytruncate', 300, 3000],
  ['mixed', 100, 1000],
] as const;

describe('sources/follow storm', function () {
  this.timeout(inMode(30_000, 1_800_000));
  const { path } = useScratch();

  for (const [mode, normal, long] of MODES) {
    for (let seed = 1; seed <= inMode(2, 5); seed += 1) {
      it(`counts each line once over ${mode} rotations with kills at any moment (seed ${seed})`, () => {
        expectExact(simulated('/logs'), '/logs', mode, seed, inMode(normal, long));
      });
    }

    it(`counts each line once over ${mode} rotations of real files with kills at any moment`, () => {
      mkdirSync(path('logs'));
      expectExact({ machine: realMachine(), disk: NODE_DISK }, path('logs'), mode, 1, inMode(100, long));
    });
  }
});

function simulated(root: string): StormPlace {
  const disk = new SimDisk(root);
  return { machine: disk, disk };
}

function expectExact(place: StormPlace, root: string, mode: RotationMode, seed: number, rotations: number): void {
  const storm = new RotationStorm(place, { root, mode }, new Random(seed));
  storm.blow(rotations);

  expect(storm.kills).to.be.above(0);
  expect(storm.longestPause, 'invalid: files lived shorter than a pause').to.be.below(KEPT_FILES / 3);
  expect(verdictOn(storm)).to.deep.equal(EXACT);
}
