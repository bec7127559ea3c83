/** The real command in a process of its own, as a user starts it. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a command ended. */
export interface Run {
  /** Exit code; null where a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command is started with. */
export interface RunOptions {
  /** Written to its standard input, which is closed then; empty by default. */
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** Descriptor that becomes its standard output or error; captured where absent. */
  readonly stdout?: number;
  readonly uid?: number;
  readonly cwd?: string;
}

/** A command that runs. */
export interface RunningCommand {
  readonly process: ChildProcess;
  readonly done: Promise<Run>;
  /** Resolves once `text` was written to standard error; rejects where the command ends without it. */
  readonly untilStderr: (text: string) => Promise<void>;
}

export const MAIN = fileURLToPath(new URL('../../src/app/main.js', import.meta.url));
/** What a command must not have from whoever runs the tests: a zone, and settings of a user. */
export const STEADY = { TZ: 'UTC', XDG_CONFIG_HOME: '/nowhere' };
const KILL_AFTER_MS = 30_000;

/** Runs `millrace` with `args` to its end, in the zone UTC and without the settings of a user. */
export function runMillrace(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return startMillrace(args, options).done;
}

/** Starts `millrace` with `args`. */
export function startMillrace(args: readonly string[], options: RunOptions = {}): RunningCommand {
  return startNode([MAIN, ...args], options);
}

/** Starts Node with `args`; it is killed when it takes too long. */
export function startNode(
  args: readonly string[],
  { input = '', env, stdout, uid, cwd }: RunOptions = {},
): RunningCommand {
  const spawnOptions: SpawnOptions = {
    env: { ...process.env, ...STEADY, ...env },
    stdio: ['pipe', stdout ?? 'pipe', 'pipe'],
    timeout: KILL_AFTER_MS,
    killSignal: 'SIGKILL',
    ...(uid === undefined ? {} : { uid }),
    ...(cwd === undefined ? {} : { cwd }),
  };
  const child = spawn(process.execPath, args, spawnOptions);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  child.stdin?.on('error', () => undefined); // it ended without reading
  child.stdin?.end(input);
  const done = new Promise<Run>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout: output(), stderr: errors() }));
  });
  const untilStderr = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (errors().includes(text)) resolve();
      };
      child.stderr?.on('data', look);
      child.on('close', () => reject(new Error(`It ended without '${text}': ${errors()}`)));
      look();
    });
  return { process: child, done, untilStderr };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const blocks: Buffer[] = [];
  stream?.on('data', (block: Buffer) => blocks.push(block));
  return () => Buffer.concat(blocks).toString();
}
