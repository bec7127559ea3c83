/**
 * The program that writes and rotates while a daemon is stormed: `node storm-writer.js ROOT MODE ROTATIONS PROGRESS SEED`.
 * Before lines are written, how many there will be stands in PROGRESS, with the rotations so far: two 32-bit numbers.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Random } from './random.js';
import { NODE_DISK, type RotatedDisk } from './rotated-disk.js';
import { type RotationMode, RotatingWriter } from './rotating-writer.js';
import { STORM_KEPT, stormLine } from './storm-lines.js';

/** Actions between two pauses. */
const BURST = 2;
const PAUSE_MS = 6;

const [root = '', mode = '', rotations = '', progress = '', seed = ''] = process.argv.slice(2);
const file = openSync(progress, 'w');
const disk: RotatedDisk = {
  ...NODE_DISK,
  append: (descriptor, text) => {
    tell();
    NODE_DISK.append(descriptor, text);
  },
};
const log = { line: stormLine, kept: STORM_KEPT, compressed: STORM_KEPT - 10 };
const writer = new RotatingWriter(disk, root, mode as RotationMode, new Random(Number(seed)), log); // by the one who starts it
while (writer.rotations < Number(rotations)) {
  for (let action = 0; action < BURST; action += 1) writer.act();
  await setTimeout(PAUSE_MS);
}
writer.finish();
tell();
closeSync(file);

function tell(): void {
  writeSync(file, Uint32Array.of(writer.written, writer.rotations), 0, 8, 0);
}
