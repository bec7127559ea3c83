/** A program that writes numbered lines, and a rotator: rename, copytruncate, backups, gzip. One small action at a time. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Random } from './random.js';

/** Rotated files that are kept. */
export const KEPT_FILES = 20;
/** Number of the rotated file that is compressed, where any is. */
const COMPRESSED = 12;

export type RotationMode = 'rename' | 'copytruncate' | 'mixed';

export class RotatingWriter {
  /** Lines that are written to their ends. */
  written = 0;
  rotations = 0;
  readonly #root: string;
  readonly #mode: RotationMode;
  readonly #random: Random;
  #descriptor: number;
  /** Descriptors that were renamed away, with the lines still to come there. */
  readonly #late: { readonly descriptor: number; lines: number }[] = [];
  /** What is left of the line that is being written. */
  #rest = '';
  /** Parts of a rotation that are due before anything else. */
  #due: (() => void)[] = [];

  constructor(root: string, mode: RotationMode, random: Random) {
    this.#root = root;
    this.#mode = mode;
    this.#random = random;
    this.#descriptor = openSync(this.#path(), 'a');
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
    writeSync(this.#descriptor, this.#rest);
    this.#rest = '';
    closeSync(this.#descriptor);
  }

  #path(number = 0): string {
    return join(this.#root, number === 0 ? 'app.log' : `app.log.${number}`);
  }

  #line(): string {
    this.written += 1;
    return `2026-01-24T10:15:32Z INFO line ${this.written - 1} ${'x'.repeat(this.#random.below(120))}\n`;
  }

  /** Some lines, or a part of one. */
  #write(): void {
    if (this.#rest === '') for (let count = this.#random.below(30); count >= 0; count -= 1) this.#rest += this.#line();
    const length = this.#random.unit() < 0.5 ? this.#rest.length : this.#random.below(this.#rest.length);
    writeSync(this.#descriptor, this.#rest.slice(0, length));
    this.#rest = this.#rest.slice(length);
  }

  #writeLate(late: { readonly descriptor: number; lines: number }): void {
    if (late.lines > 0) writeSync(late.descriptor, this.#line());
    late.lines -= 1;
    if (late.lines > 0) return;
    closeSync(late.descriptor);
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
      if (existsSync(this.#path(KEPT_FILES) + suffix)) unlinkSync(this.#path(KEPT_FILES) + suffix);
      for (let number = KEPT_FILES - 1; number > 0; number -= 1) {
        if (existsSync(this.#path(number) + suffix))
          renameSync(this.#path(number) + suffix, this.#path(number + 1) + suffix);
      }
    }
  }

  #renameAway(): void {
    renameSync(this.#path(), this.#path(1));
    this.#late.push({ descriptor: this.#descriptor, lines: this.#random.below(4) });
    this.#descriptor = openSync(this.#path(), 'a');
  }

  /** As logrotate does: the copy grows, then the file is cut; what would be written between is not, for it is lost to all. */
  #copyAndTruncate(): void {
    const copied = (): number => readFileSync(this.#path(1)).length;
    this.#due.push(
      () => writeFileSync(this.#path(1), ''),
      () => appendFileSync(this.#path(1), readFileSync(this.#path()).subarray(0, 1 + this.#random.below(4000))),
      () => this.#write(),
      () => writeSync(this.#descriptor, this.#rest),
      () => (this.#rest = ''),
      () => appendFileSync(this.#path(1), readFileSync(this.#path()).subarray(copied())),
      () => undefined,
      () => truncateSync(this.#path()),
    );
  }

  /** A copy that nobody rotates; it replaces the one before. */
  #backUp(): void {
    const path = join(this.#root, 'backup.log');
    if (existsSync(path)) unlinkSync(path);
    writeFileSync(path, readFileSync(this.#path()));
  }

  #compress(): void {
    const path = this.#path(COMPRESSED);
    if (!existsSync(path)) return;
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    unlinkSync(path);
  }
}
