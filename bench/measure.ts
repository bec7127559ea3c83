/** Runs whole commands in turn and keeps what each took. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** A command that is measured on a file. */
export interface Trial {
  readonly name: string;
  /** What it works out, in a few words. */
  readonly does: string;
  /** Run with `sh -c`; `$FILE` is the file, `$SCRATCH` an empty directory. */
  readonly script: string;
  readonly file: string;
  /** Bytes that its time stands for: those of its file, or of the one of which that is a part. */
  readonly bytes: number;
  /** What its time is multiplied by: 1, or more where its file is a part. */
  readonly factor: number;
  /** Checks what the command printed, in every round; says what is wrong, or null. */
  readonly check: (output: string) => string | null;
}

/** What the runs of a trial took. */
export interface Measured extends Pick<Trial, 'name' | 'does' | 'bytes' | 'factor'> {
  /** One for each round, multiplied by the factor. */
  readonly wallMs: readonly number[];
  /** Largest peak of the resident memory of one process; null where GNU time is absent. */
  readonly maxRssBytes: number | null;
}

/** One run of a command. */
export interface Run {
  readonly wallMs: number;
  readonly maxRssBytes: number | null;
  readonly output: string;
}

const GNU_TIME = '/usr/bin/time';
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const SHOWN_CHARS = 200;
const HAS_GNU_TIME = spawnSync(GNU_TIME, ['--version']).status === 0;

/**
 * Runs all trials once to check them and to fill the page cache, then `rounds` times in turn: A B C A B C …
 * @throws Error where a command fails or says something wrong
 */
export function measure(trials: readonly Trial[], rounds: number): readonly Measured[] {
  trials.forEach(runChecked);
  const runs = Array.from({ length: rounds }, () => trials.map(runChecked));
  return trials.map(({ name, does, bytes, factor }, index) => {
    const own = runs.flatMap((round) => round[index] ?? []);
    const peaks = own.flatMap(({ maxRssBytes }) => maxRssBytes ?? []);
    return {
      name,
      does,
      bytes,
      factor,
      wallMs: own.map(({ wallMs }) => wallMs * factor),
      maxRssBytes: peaks.length === 0 ? null : Math.max(...peaks),
    };
  });
}

/** Runs a trial once. @throws Error where the command fails or says something wrong */
export function runChecked(trial: Trial): Run {
  const done = runOnce(trial);
  const wrong = checkOf(trial, done.output);
  if (wrong !== null) throw new Error(`${trial.name} is wrong on ${trial.file}: ${wrong}`);
  return done;
}

/** What cannot be read is wrong, too. */
function checkOf({ check }: Trial, output: string): string | null {
  try {
    return check(output);
  } catch (error) {
    return `${String(error)} in ${JSON.stringify(output.slice(0, SHOWN_CHARS))}`;
  }
}

/** Runs a command once. @throws Error where it fails */
export function runOnce({ name, script, file }: Pick<Trial, 'name' | 'script' | 'file'>): Run {
  const scratch = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const peakFile = join(scratch, 'peak');
  const shell = ['sh', '-c', script];
  const [command = '', ...args] = HAS_GNU_TIME ? [GNU_TIME, '-f', '%M', '-o', peakFile, ...shell] : shell;
  try {
    const startedAt = performance.now();
    const done = spawnSync(command, args, {
      env: { ...process.env, FILE: file, SCRATCH: scratch, LC_ALL: 'C' },
      encoding: 'utf8',
      maxBuffer: MAX_OUTPUT_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const wallMs = performance.now() - startedAt;
    if (done.status !== 0) {
      throw new Error(`${name} ended with ${done.status ?? done.signal}: ${done.error?.message ?? done.stderr}`);
    }
    const maxRssBytes = HAS_GNU_TIME ? Number(readFileSync(peakFile, 'utf8')) * 1024 : null;
    return { wallMs, maxRssBytes, output: done.stdout };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
