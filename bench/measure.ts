/** Runs whole commands in turn and keeps what each took. */
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A command that is measured, as a shell sees it. */
export interface Contender {
  readonly name: string;
  /** Run with `sh -c`; `$FILE` is the log. */
  readonly script: string;
  /** Checks what the command printed, before anything is timed; says what is wrong, or null. */
  readonly check: (output: string) => string | null;
}

/** What the runs of a contender took. */
export interface Measured {
  readonly name: string;
  readonly wallMs: readonly number[];
  /** Largest peak of resident memory that a run reported of itself; null where it reports none. */
  readonly maxRssBytes: number | null;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Tells whether a program is on this machine. */
export function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Runs all contenders once to check them and to fill the page cache, then `rounds` times in turn: A B C A B C … */
export function measure(contenders: readonly Contender[], file: string, rounds: number): readonly Measured[] {
  for (const contender of contenders) {
    const wrong = contender.check(run(contender, file).output);
    if (wrong !== null) throw new Error(`${contender.name} is wrong: ${wrong}`);
  }
  const runs = Array.from({ length: rounds }, () => contenders.map((contender) => run(contender, file)));
  return contenders.map(({ name }, index) => {
    const own = runs.map((round) => round[index] ?? { wallMs: Number.NaN, output: '' });
    return { name, wallMs: own.map(({ wallMs }) => wallMs), maxRssBytes: peakOf(own.map(({ output }) => output)) };
  });
}

function run({ name, script }: Contender, file: string): { readonly wallMs: number; readonly output: string } {
  const startedAt = performance.now();
  const done = spawnSync('sh', ['-c', script], {
    env: { ...process.env, FILE: file, LC_ALL: 'C' },
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  const wallMs = performance.now() - startedAt;
  if (done.status !== 0) throw new Error(`${name} ended with ${done.status}: ${done.stderr}`);
  return { wallMs, output: done.stdout };
}

/** Our own reports tell their peak; others print no such line. */
function peakOf(outputs: readonly string[]): number | null {
  const peaks = outputs.flatMap((output) =>
    [.../"maxRssBytes": (\d+)/g[Symbol.matchAll](output)].map((m) => Number(m[1])),
  );
  return peaks.length === 0 ? null : Math.max(...peaks);
}

/** Middle value; the lower one of two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
