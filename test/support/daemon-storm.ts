/** A storm over the real daemon: a writer and the daemon are processes of their own, and the daemon is killed now and then. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Random } from './random.js';
import type { RotationMode } from './rotating-writer.js';
import { type Cell, cellsOf, STORM_KEPT } from './storm-lines.js';
import { CountsOnDisk } from './counts-on-disk.js';
import { Watching } from './watching.js';

const WRITER = fileURLToPath(new URL('storm-writer.js', import.meta.url));
const SCRAPE_MS = 50;
/** How long the rest may take to be committed after the last line. */
const DRAIN_MS = 20_000;

export interface StormPlan {
  readonly mode: RotationMode;
  readonly rotations: number;
  /** Longest life of a daemon before it is killed; it is random below that. */
  readonly lifeMs: number;
  readonly seed: number;
}

/** How a storm went. */
export interface StormOutcome {
  readonly rotations: number;
  readonly lines: number;
  readonly kills: number;
  /** Lines that are missing in cells of too few, and in excess in those of too many. */
  readonly lost: number;
  readonly doubled: number;
  /** Cells whose lines are as many as they should be, but not the same ones. */
  readonly exchanged: number;
  /** Bytes that the daemon knows to be lost, and places where it may have lost some. */
  readonly gapBytes: number;
  readonly possibleGaps: number;
  /** Scrapes that told less than the one before, or more than was written. */
  readonly wrongScrapes: number;
  /** Most rotations without a commit; files live for `lifetime` of them. */
  readonly longestPause: number;
  readonly lifetime: number;
}

/** @returns whether all was counted once; null where files did not live long enough to tell. */
export function isExact(outcome: StormOutcome): boolean | null {
  if (outcome.longestPause >= outcome.lifetime) return null;
  const { lost, doubled, exchanged, gapBytes, wrongScrapes } = outcome;
  return lost + doubled + exchanged + gapBytes + wrongScrapes === 0;
}

/** Runs a storm in a folder, which must be empty. */
export async function stormDaemon(folder: string, plan: StormPlan): Promise<StormOutcome> {
  const [root, state] = [join(folder, 'logs'), join(folder, 'state')];
  mkdirSync(root);
  const progress = join(folder, 'progress');
  const args = [WRITER, root, plan.mode, String(plan.rotations), progress, String(plan.seed)];
  const writer = spawn(process.execPath, args, { stdio: 'inherit' });
  const scraper = new Scraper(join(state, 'millrace.db'), progress);
  const timer = setInterval(() => scraper.scrape(), SCRAPE_MS);
  const random = new Random(plan.seed);
  const written = once(writer, 'exit');
  let kills = 0;
  let daemon = await Watching.start(root, state);
  try {
    while (isRunning(writer)) {
      await Promise.race([written, setTimeout(random.below(plan.lifeMs))]);
      await daemon.end('SIGKILL');
      kills += 1;
      daemon = await Watching.start(root, state);
    }
    const { lines, rotations } = scraper.progress();
    await drained(daemon);
    scraper.scrape();
    const { wrong: wrongScrapes, longestPause } = scraper;
    const counted = new CountsOnDisk(join(state, 'millrace.db'));
    const verdict = compare(cellsOf(lines), counted.cells());
    const sizes = { rotations, lines, kills, gapBytes: counted.gapBytes(), possibleGaps: counted.possibleGaps() };
    return { ...sizes, ...verdict, wrongScrapes, longestPause, lifetime: STORM_KEPT };
  } finally {
    clearInterval(timer);
    writer.kill('SIGKILL');
    await daemon.end('SIGKILL');
  }
}

/** Resolves when nothing is left to commit, or when that takes too long. */
async function drained(daemon: Watching): Promise<void> {
  const deadline = Date.now() + DRAIN_MS;
  let quiet = 0;
  let before = -1;
  await daemon.until(({ backlogBytes, committed }) => {
    quiet = backlogBytes === 0 && committed.lines === before ? quiet + 1 : 0;
    before = committed.lines;
    return quiet > QUIET_POLLS || Date.now() > deadline;
  });
}

/** Polls without anything new, which span more than one look at all files. */
const QUIET_POLLS = 100;

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function compare(due: ReadonlyMap<string, Cell>, counted: ReadonlyMap<string, Cell>) {
  let [lost, doubled, exchanged] = [0, 0, 0];
  for (const name of new Set([...due.keys(), ...counted.keys()])) {
    const [expected, found] = [due.get(name), counted.get(name)];
    const more = (found?.lines ?? 0) - (expected?.lines ?? 0);
    if (more === 0 && found?.bytes !== expected?.bytes) exchanged += 1;
    if (!name.includes(' status ')) continue; // lines of a window stand in several of its cells
    lost += Math.max(0, -more);
    doubled += Math.max(0, more);
  }
  return { lost, doubled, exchanged };
}

/** Looks at what is committed meanwhile. */
class Scraper {
  wrong = 0;
  longestPause = 0;
  readonly #database: string;
  readonly #progress: string;
  #lines = 0;
  #rotationsAtCommit = 0;

  constructor(database: string, progress: string) {
    this.#database = database;
    this.#progress = progress;
  }

  progress(): { readonly lines: number; readonly rotations: number } {
    const bytes = existsSync(this.#progress) ? readFileSync(this.#progress) : Buffer.alloc(0);
    if (bytes.length < 8) return { lines: 0, rotations: 0 };
    return { lines: bytes.readUInt32LE(0), rotations: bytes.readUInt32LE(4) };
  }

  scrape(): void {
    const lines = existsSync(this.#database) ? new CountsOnDisk(this.#database).lines() : null;
    if (lines === null) return;
    const { lines: written, rotations } = this.progress();
    if (lines < this.#lines || lines > written) this.wrong += 1;
    this.longestPause = Math.max(this.longestPause, rotations - this.#rotationsAtCommit);
    if (lines > this.#lines) this.#rotationsAtCommit = rotations;
    this.#lines = lines;
  }
}
