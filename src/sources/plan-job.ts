/** Opens what was found, looks at its head, and makes the plan of each file: what a line means, fixed for the whole job. */
import { closeSync, constants, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { byteStringOf } from '../domain/byte-string.js';
import { failure, MillraceError } from '../domain/errors.js';
import { hash32 } from '../domain/hash.js';
import type { FilePlan } from '../domain/plan.js';
import { type Discovery, type FoundInput, reasonOf } from './discover.js';
import type { PlannedFile } from './file-source.js';
import { binaryKind, HEAD_BYTES } from './inspect-head.js';

/** What the user decided of the meaning of lines. */
export interface PlanOptions {
  readonly formats: readonly string[];
  readonly timezone: string;
  /** Start of the job, epoch ms: the reference instant of streams. */
  readonly startedAt: number;
}

/** An input that is open and planned. */
export type OpenInput =
  | { readonly kind: 'file'; readonly planned: PlannedFile; readonly descriptor: number | null }
  | { readonly kind: 'stream'; readonly file: number; readonly path: string; readonly open: () => Readable };

/** All of a job before its first chunk. */
export interface PlannedJob {
  readonly plans: readonly FilePlan[];
  readonly inputs: readonly OpenInput[];
  readonly failures: readonly { readonly path: string; readonly error: MillraceError }[];
}

/** Bytes at the head of a file that make its seed. */
export const SEED_BYTES = 1024;

/** Files that stay open from here on; those beyond are opened again when their first chunk is due. */
const MAX_OPEN_FILES = 256;

/** Plans all inputs in their order. What cannot be read is listed; what was found but is no text is passed over. */
export function planJob(found: Discovery, options: PlanOptions): PlannedJob {
  const plans: FilePlan[] = [];
  const inputs: OpenInput[] = [];
  const failures = [...found.failures];
  for (const input of found.inputs) {
    try {
      const index = plans.length;
      const opened = input.kind === 'file' ? planFile(input, index, options) : planStream(input, index, options);
      plans.push(opened.plan);
      inputs.push(opened.input);
    } catch (error) {
      const known =
        error instanceof MillraceError
          ? error
          : failure('MR_ERR_INPUT_UNREADABLE', [input.path, reasonOf(error)], error);
      if (input.isNamed || known.code !== 'MR_ERR_INPUT_BINARY') failures.push({ path: input.path, error: known });
    }
  }
  return { plans, inputs, failures };
}

/** The seed of a file: the same bytes at its head give the same priorities, as a file and as a stream. */
export function seedOf(head: Uint8Array): number {
  return hash32(byteStringOf(head.subarray(0, SEED_BYTES)));
}

interface Opened {
  readonly plan: FilePlan;
  readonly input: OpenInput;
}

function planFile(found: FoundInput, index: number, options: PlanOptions): Opened {
  const { path } = found;
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    const head = Buffer.alloc(Math.min(HEAD_BYTES, stats.size));
    const headBytes = readSync(descriptor, head, 0, head.length, 0);
    const kind = binaryKind(head.subarray(0, headBytes));
    if (kind !== null) throw failure('MR_ERR_INPUT_BINARY', [path, kind]);
    const planned: PlannedFile = { file: index, path, sizeBytes: stats.size, identity: `${stats.dev}:${stats.ino}` };
    const seed = seedOf(head.subarray(0, headBytes));
    const { formats, timezone } = options;
    const referenceAt = Math.floor(stats.mtimeMs);
    const plan: FilePlan = { index, path, sizeBytes: stats.size, seed, formats, timezone, referenceAt };
    const isKept = index < MAX_OPEN_FILES;
    if (!isKept) closeSync(descriptor);
    return { plan, input: { kind: 'file', planned, descriptor: isKept ? descriptor : null } };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function planStream({ path }: FoundInput, index: number, options: PlanOptions): Opened {
  const { formats, timezone, startedAt } = options;
  const plan: FilePlan = { index, path, sizeBytes: null, seed: 0, formats, timezone, referenceAt: startedAt };
  const open = (): Readable => (path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 }));
  return { plan, input: { kind: 'stream', file: index, path, open } };
}
