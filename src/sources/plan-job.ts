/** Opens what was found, looks at its head, and makes the plan of each file: what a line means, fixed for the whole job. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { byteStringOf } from '../domain/byte-string.js';
import { failure, MillraceError } from '../domain/errors.js';
import { hash32 } from '../domain/hash.js';
import type { FilePlan } from '../domain/plan.js';
import type { Discovery, FoundInput, InputFailure } from './discover.js';
import { identityOf } from './file-identity.js';
import type { PlannedFile } from './file-source.js';
import { binaryKind, HEAD_BYTES } from './inspect-head.js';
import { openStream } from './open-stream.js';
import type { ByteStream } from './pipe-reader.js';
import { reasonOf } from './reason-of.js';
import type { PassedOver } from './walk-directory.js';

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
  | { readonly kind: 'stream'; readonly file: number; readonly path: string; readonly open: () => ByteStream };

/** All of a job before its first chunk. */
export interface PlannedJob {
  readonly plans: readonly FilePlan[];
  readonly inputs: readonly OpenInput[];
  readonly failures: readonly InputFailure[];
  readonly passedOver: readonly PassedOver[];
}

/** Bytes at the head of a file that make its seed. */
export const SEED_BYTES = 1024;

/** Files that stay open from here on; those beyond are opened again when their first chunk is due. */
const MAX_OPEN_FILES = 256;

/**
 * Plans all inputs in their order. What cannot be read is listed; what was found, not named, and is no text is passed
 * over, unless there is nothing else.
 */
export function planJob(found: Discovery, options: PlanOptions): PlannedJob {
  const plans: FilePlan[] = [];
  const inputs: OpenInput[] = [];
  const failures = [...found.failures];
  const binaries: InputFailure[] = [];
  for (const input of found.inputs) {
    try {
      const index = plans.length;
      const opened = input.kind === 'file' ? planFile(input, index, options) : planStream(input, index, options);
      plans.push(opened.plan);
      inputs.push(opened.input);
    } catch (error) {
      const known = asFailure(input.path, error);
      const isPassedOver = !input.isNamed && known.code === 'MR_ERR_INPUT_BINARY';
      (isPassedOver ? binaries : failures).push({ path: input.path, error: known });
    }
  }
  if (inputs.length === 0 && failures.length === 0) return { plans, inputs, failures: binaries, passedOver: [] };
  const passedOver = [
    ...found.passedOver,
    ...binaries.map(({ path, error }) => ({ path, why: `it${error.message.slice(path.length)}` })),
  ];
  return { plans, inputs, failures, passedOver };
}

function asFailure(path: string, error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  return failure('MR_ERR_INPUT_UNREADABLE', [path, reasonOf(error)], error);
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
  const { path, isNamed } = found;
  const noLinks = isNamed ? 0 : constants.O_NOFOLLOW;
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noLinks);
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    if (!stats.isFile()) throw failure('MR_ERR_INPUT_UNREADABLE', [path, 'it was replaced meanwhile']);
    const head = readHead(descriptor, stats);
    const kind = binaryKind(head);
    if (kind !== null) throw failure('MR_ERR_INPUT_BINARY', [path, kind]);
    const opened =
      stats.size === 0n && head.length > 0
        ? planStream(found, index, options)
        : openedFile({ path, index, descriptor, stats, head }, options);
    if (opened.input.kind === 'stream' || opened.input.descriptor === null) closeSync(descriptor);
    return opened;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** First bytes of a file; of an empty one, too: those of /proc state no size, and some cannot be read. */
function readHead(descriptor: number, { size }: BigIntStats): Buffer {
  const head = Buffer.alloc(size === 0n ? HEAD_BYTES : Math.min(HEAD_BYTES, Number(size)));
  return head.subarray(0, readSync(descriptor, head, 0, head.length, 0));
}

interface HeadOfFile {
  readonly path: string;
  readonly index: number;
  readonly descriptor: number;
  readonly stats: BigIntStats;
  readonly head: Buffer;
}

function openedFile({ path, index, descriptor, stats, head }: HeadOfFile, options: PlanOptions): Opened {
  const { formats, timezone } = options;
  const sizeBytes = Number(stats.size);
  const referenceAt = Number(stats.mtimeMs);
  const plan: FilePlan = {
    index,
    path,
    startsAt: 0,
    sizeBytes,
    seed: seedOf(head),
    formats,
    timezone,
    referenceAt,
    endPolicy: 'final',
  };
  const planned: PlannedFile = { file: index, path, sizeBytes, identity: identityOf(stats) };
  return { plan, input: { kind: 'file', planned, descriptor: index < MAX_OPEN_FILES ? descriptor : null } };
}

function planStream({ path }: FoundInput, index: number, options: PlanOptions): Opened {
  const { formats, timezone, startedAt } = options;
  const plan: FilePlan = {
    index,
    path,
    startsAt: 0,
    sizeBytes: null,
    seed: 0,
    formats,
    timezone,
    referenceAt: startedAt,
    endPolicy: 'final',
  };
  return { plan, input: { kind: 'stream', file: index, path, open: () => openStream(path) } };
}
