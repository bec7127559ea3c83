/** A program that writes numbered lines, and a rotator: rename, copytruncate, backups, gzip. One small action at a time. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Random } from './random.js';
import type { RotatedDisk } from './rotated-disk.js';

/** Rotated files that are kept. */
export const KEPT_FILES = 30;

export type RotationMode = 'rename' | 'copytruncate' | 'mixed';

/** What is written, and how long it is kept. */
export interface RotatedLog {
  /** A line of a number, with its end. */
  readonly line: (number: number, random: Random) => string;
  /** Rotated files that are kept. */
  readonly kept: number;
  /** Number of the rotated file that is compressed, where any is. */
  readonly compressed: number;
}

const NUMBERED: RotatedLog = {
  line: (number, random) => `2026-01-24T10:15:32Z INFO line ${number} ${'x'.repeat(random.below(120))}\n`,
  kept: KEPT_FILES,
  compressed: 25,
};

export class RotatingWriter {
  /** Lines that are written to their ends. */
  written = 0;
  rotations = 0;
  readonly #disk: RotatedDisk;
  readonly #root: string;
  readonly #mode: RotationMode;
  readonly #log: RotatedLog;
  readonly #random: Random;
  #descriptor: number;
  /** Descriptors that were renamed away, with the lines still to come there. */
  readonly #late: { readonly descriptor: number; lines: number }[] = [];
  /** What is left of the line that is being written. */
  #rest = '';
  /** Parts of a rotation that are due before anything else. */
  #due: (() => void)[] = [];

  constructor(disk: RotatedDisk, root: string, mode: RotationMode, random: Random, log = NUMBERED) {
    this.#disk = disk;
    this.#log = log;
    this.#root = root;
    this.#mode = mode;
    this.#random = random;
    this.#descriptor = this.#disk.openToAppend(this.#path());
  }

  /** Does one thing. */
  act(): void {
    const due = this.#due.shift();
    if (due !== undefined) return due();
    const late = this.#late[0];
    if (late !== undefined) return this.#writeLate(late);
    if (this.#random.unit() < 0.12 && this.#rest === '') return this.#rotate();
    this.#write();
  }

  /** Ends what was begun. */
  finish(): void {
    while (this.#due.length > 0 || this.#late.length > 0) this.act();
    this.#disk.append(this.#descriptor, this.#rest);
    this.#rest = '';
    this.#disk.close(this.#descriptor);
  }

  #path(number = 0): string {
    return join(this.#root, number === 0 ? 'app.log' : `app.log.${number}`);
  }

  #line(): string {
    this.written += 1;
    return this.#log.line(this.written - 1, this.#random);
  }

  /** Some lines, or a part of one. */
  #write(): void {
    if (this.#rest === '') for (let count = this.#random.below(30); count >= 0; count -= 1) this.#rest += this.#line();
    const length = this.#random.unit() < 0.5 ? this.#rest.length : this.#random.below(this.#rest.length);
    this.#disk.append(this.#descriptor, this.#rest.slice(0, length));
    this.#rest = this.#rest.slice(length);
  }

  #writeLate(late: { readonly descriptor: number; lines: number }): void {
    if (late.lines > 0) this.#disk.append(late.descriptor, this.#line());
    late.lines -= 1;
    if (late.lines > 0) return;
    this.#disk.close(late.descriptor);
    this.#late.shift();
  }

  #rotate(): void {
    this.rotations += 1;
    if (this.#mode !== 'rename' && this.#random.unit() < 0.3) this.#backUp();
    this.#due.push(() => this.#shift());
    if (this.#mode === 'copytruncate' || (this.#mode === 'mixed' && this.#random.unit() < 0.5)) this.#copyAndTruncate();
    else this.#due.push(() => this.#renameAway());
    if (this.#mode === 'mixed') this.#due.push(() => this.#compress());
  }

  #shift(): void {
    for (const suffix of ['', '.gz']) {
      if (this.#disk.exists(this.#path(this.#log.kept) + suffix))
        this.#disk.unlink(this.#path(this.#log.kept) + suffix);
      for (let number = this.#log.kept - 1; number > 0; number -= 1) {
        if (this.#disk.exists(this.#path(number) + suffix))
          this.#disk.rename(this.#path(number) + suffix, this.#path(number + 1) + suffix);
      }
    }
  }

  #renameAway(): void {
    this.#disk.rename(this.#path(), this.#path(1));
    this.#late.push({ descriptor: this.#descriptor, lines: this.#random.below(4) });
    this.#descriptor = this.#disk.openToAppend(this.#path());
  }

  /** As logrotate does: the copy grows, then the file is cut; what would be written between is not, for it is lost to all. */
  #copyAndTruncate(): void {
    const copied = (): number => this.#disk.readFile(this.#path(1)).length;
    this.#due.push(
      () => this.#disk.writeFile(this.#path(1), new Uint8Array()),
      () =>
        this.#disk.appendFile(
          this.#path(1),
          this.#disk.readFile(this.#path()).subarray(0, 1 + this.#random.below(4000)),
        ),
      () => this.#write(),
      () => this.#disk.append(this.#descriptor, this.#rest),
      () => (this.#rest = ''),
      () => this.#disk.appendFile(this.#path(1), this.#disk.readFile(this.#path()).subarray(copied())),
      () => undefined,
      () => this.#disk.truncate(this.#path()),
    );
  }

  /** A copy that nobody rotates; it replaces the one before. */
  #backUp(): void {
    const path = join(this.#root, 'backup.log');
    if (this.#disk.exists(path)) this.#disk.unlink(path);
    this.#disk.writeFile(path, this.#disk.readFile(this.#path()));
  }

  #compress(): void {
    const path = this.#path(this.#log.compressed);
    if (!this.#disk.exists(path)) return;
    this.#disk.writeFile(`${path}.gz`, gzipSync(this.#disk.readFile(path)));
    this.#disk.unlink(path);
  }
}
