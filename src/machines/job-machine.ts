/**
 * Job life cycle: idle -> planning -> running <-> paused -> draining -> completed | degraded | failed | cancelled.
 * Pure: no I/O, no clock, no `after`, no `invoke`; effects go out by `emit`. The Analyzer sends its events and is told
 * by `job.ended`. Context is counters only, so that a snapshot is small plain JSON and restores.
 *
 * `running`: chunks are still being cut. `draining`: the last one is cut, some are not settled. A chunk that is split
 * is replaced by its parts, so what is owed grows by the parts less one.
 */
import { assign, emit, setup } from 'xstate';

/** Counters of a job; chunks owed = cut + parts - split - merged - abandoned. */
export interface JobContext {
  readonly files: number;
  /** Chunks that the source cut; null until the last one is. */
  readonly cut: number | null;
  readonly merged: number;
  readonly abandoned: number;
  readonly split: number;
  /** Chunks that came out of splits. */
  readonly parts: number;
  /** Attempts beyond the first of their chunk. */
  readonly retried: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly bytes: number;
  readonly lines: number;
  readonly failure: string | null;
}

/** What happens to a job; the words are those of the actors' messages. */
export type JobEvent =
  | { readonly type: 'job.started' }
  | { readonly type: 'plan.completed'; readonly files: number }
  | { readonly type: 'source.drained'; readonly chunks: number }
  | { readonly type: 'chunk.merged'; readonly bytes: number; readonly lines: number; readonly quarantined: number }
  | { readonly type: 'chunk.duplicated' }
  | { readonly type: 'chunk.rerouted' }
  | { readonly type: 'chunk.split'; readonly parts: number }
  | { readonly type: 'chunk.abandoned' }
  | { readonly type: 'job.paused' }
  | { readonly type: 'job.resumed' }
  | { readonly type: 'job.cancelled' }
  | { readonly type: 'job.failed'; readonly reason: string };

/** How a job can end. */
export type JobOutcome = 'completed' | 'degraded' | 'failed' | 'cancelled';

/** What the machine tells its owner. */
export type JobEmitted = { readonly type: 'job.ended'; readonly outcome: JobOutcome };

const EMPTY_JOB: JobContext = {
  files: 0,
  cut: null,
  merged: 0,
  abandoned: 0,
  split: 0,
  parts: 0,
  retried: 0,
  duplicates: 0,
  quarantined: 0,
  bytes: 0,
  lines: 0,
  failure: null,
};

/** Chunks that are cut or will come out of a split and are not settled yet; null while not all are cut. */
export function chunksOwed(context: JobContext): number | null {
  if (context.cut === null) return null;
  return context.cut + context.parts - context.split - context.merged - context.abandoned;
}

type Merged = Extract<JobEvent, { type: 'chunk.merged' }>;

export const jobMachine = setup({
  types: { context: {} as JobContext, events: {} as JobEvent, emitted: {} as JobEmitted },
  guards: {
    isCut: ({ context }) => context.cut !== null,
    isSettled: ({ context }) => chunksOwed(context) === 0,
    isSettledWithLosses: ({ context }) => chunksOwed(context) === 0 && context.abandoned > 0,
  },
  actions: {
    noteFiles: assign({ files: (_, params: { files: number }) => params.files }),
    noteChunks: assign({ cut: (_, params: { chunks: number }) => params.chunks }),
    countMerged: assign({
      merged: ({ context }) => context.merged + 1,
      bytes: ({ context }, params: Merged) => context.bytes + params.bytes,
      lines: ({ context }, params: Merged) => context.lines + params.lines,
      quarantined: ({ context }, params: Merged) => context.quarantined + params.quarantined,
    }),
    countDuplicate: assign({ duplicates: ({ context }) => context.duplicates + 1 }),
    countRetry: assign({ retried: ({ context }) => context.retried + 1 }),
    countSplit: assign({
      split: ({ context }) => context.split + 1,
      parts: ({ context }, params: { parts: number }) => context.parts + params.parts,
    }),
    countLoss: assign({ abandoned: ({ context }) => context.abandoned + 1 }),
    noteFailure: assign({ failure: (_, params: { reason: string }) => params.reason }),
    announceEnd: emit((_, params: { outcome: JobOutcome }) => ({
      type: 'job.ended' as const,
      outcome: params.outcome,
    })),
  },
}).createMachine({
  id: 'job',
  context: EMPTY_JOB,
  initial: 'idle',
  on: {
    'source.drained': { actions: { type: 'noteChunks', params: ({ event }) => event } },
    'chunk.merged': { actions: { type: 'countMerged', params: ({ event }) => event } },
    'chunk.duplicated': { actions: 'countDuplicate' },
    'chunk.rerouted': { actions: 'countRetry' },
    'chunk.split': { actions: { type: 'countSplit', params: ({ event }) => event } },
    'chunk.abandoned': { actions: 'countLoss' },
    'job.cancelled': '.cancelled',
    'job.failed': { target: '.failed', actions: { type: 'noteFailure', params: ({ event }) => event } },
  },
  states: {
    idle: { on: { 'job.started': 'planning' } },
    planning: {
      on: { 'plan.completed': { target: 'running', actions: { type: 'noteFiles', params: ({ event }) => event } } },
    },
    running: { always: { guard: 'isCut', target: 'draining' }, on: { 'job.paused': 'paused' } },
    paused: { on: { 'job.resumed': 'running' } },
    draining: {
      always: [
        { guard: 'isSettledWithLosses', target: 'degraded' },
        { guard: 'isSettled', target: 'completed' },
      ],
      on: { 'job.paused': 'paused' },
    },
    completed: { type: 'final', entry: { type: 'announceEnd', params: { outcome: 'completed' } } },
    degraded: { type: 'final', entry: { type: 'announceEnd', params: { outcome: 'degraded' } } },
    failed: { type: 'final', entry: { type: 'announceEnd', params: { outcome: 'failed' } } },
    cancelled: { type: 'final', entry: { type: 'announceEnd', params: { outcome: 'cancelled' } } },
  },
});
