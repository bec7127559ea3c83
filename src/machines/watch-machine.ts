/**
 * Life cycle of a stream without end: starting -> recovering -> catchingUp -> following <-> paused, any of these -> degraded
 * -> recovering, and draining -> stopped. Pure: events in, `watch.*` out; context is counters, so that it is saved as JSON.
 *
 * It outlives incarnations: a failure of the store or of the threads ends one, and the next recovers from the last commit. A
 * pause outlives them too. Chunks are counted when they are committed, so that counters never go back.
 */
import { assign, emit, setup } from 'xstate';
import type { ErrorCode } from '../domain/errors.js';

/** Bytes seen and not committed above which a daemon that followed has fallen behind. */
export const FAR_BEHIND_BYTES = 64 * 2 ** 20;

/** What is counted of a watch since its state began. */
export interface WatchCounters {
  /** Committed. */
  readonly chunks: number;
  readonly bytes: number;
  readonly lines: number;
  /** Chunks that were read while their file was truncated: nothing of them counts. */
  readonly voided: number;
  /** Attempts beyond the first of their chunk. */
  readonly retried: number;
  /** Lines. */
  readonly quarantined: number;
  readonly abandoned: number;
  /** How often it recovered, the first time too. */
  readonly incarnations: number;
}

export const NOTHING_WATCHED: WatchCounters = {
  chunks: 0,
  bytes: 0,
  lines: 0,
  voided: 0,
  retried: 0,
  quarantined: 0,
  abandoned: 0,
  incarnations: 0,
};

/** What a watch is made for. */
export interface WatchInput {
  /** A backlog below it is none: the size of one chunk, bytes. */
  readonly chunkBytes: number;
  /** Where counting goes on: what was saved, or `NOTHING_WATCHED`. */
  readonly counters: WatchCounters;
}

export interface WatchContext {
  readonly chunkBytes: number;
  readonly counters: WatchCounters;
  readonly isPaused: boolean;
  /** Why it is degraded, or stopped without having drained; else null. */
  readonly fault: ErrorCode | null;
}

/** What happens to a watch; `backlog.measured` tells the bytes that were seen and are not committed. */
export type WatchEvent =
  | { readonly type: 'watch.started' }
  | { readonly type: 'store.recovered' }
  | { readonly type: 'backlog.measured'; readonly bytes: number }
  | { readonly type: 'chunk.committed'; readonly bytes: number; readonly lines: number; readonly quarantined: number }
  | { readonly type: 'chunk.voided' }
  | { readonly type: 'chunk.rerouted' }
  | { readonly type: 'chunk.abandoned' }
  | { readonly type: 'watch.paused' }
  | { readonly type: 'watch.resumed' }
  | { readonly type: 'watch.failed'; readonly code: ErrorCode }
  | { readonly type: 'watch.retried' }
  | { readonly type: 'stop.requested' }
  | { readonly type: 'watch.drained' };

/** What the machine tells its owner; `watch.ended` with a fault where not all was drained. */
export type WatchEmitted =
  | { readonly type: 'watch.degraded'; readonly code: ErrorCode }
  | { readonly type: 'watch.caughtUp' }
  | { readonly type: 'watch.fellBehind'; readonly bytes: number }
  | { readonly type: 'watch.ended'; readonly fault: ErrorCode | null };

type Committed = Extract<WatchEvent, { type: 'chunk.committed' }>;
type Backlog = { readonly bytes: number };
type Fault = { readonly code: ErrorCode };

const counted = ({ counters }: WatchContext, added: Partial<WatchCounters>): { readonly counters: WatchCounters } => {
  const names = Object.keys(added) as (keyof WatchCounters)[]; // of the type that it is
  return { counters: names.reduce((sum, name) => ({ ...sum, [name]: sum[name] + (added[name] ?? 0) }), counters) };
};

const VERSION = 1;

/** The counters as they are kept. How a watch stands is not: each start of a process recovers, and is not paused. */
export function savedCounters(counters: WatchCounters): string {
  return JSON.stringify({ version: VERSION, counters });
}

/** What `savedCounters` saved; nothing counted where that is '' or of another version. */
export function restoredCounters(text: string): WatchCounters {
  if (text === '') return NOTHING_WATCHED;
  const saved = JSON.parse(text) as { readonly version: number; readonly counters: WatchCounters }; // of a sealed row
  return saved.version === VERSION ? saved.counters : NOTHING_WATCHED;
}

export const watchMachine = setup({
  types: {
    context: {} as WatchContext,
    events: {} as WatchEvent,
    emitted: {} as WatchEmitted,
    input: {} as WatchInput,
  },
  guards: {
    isCaughtUp: ({ context }, { bytes }: Backlog) => bytes < context.chunkBytes,
    isFarBehind: (_, { bytes }: Backlog) => bytes > FAR_BEHIND_BYTES,
    isPaused: ({ context }) => context.isPaused,
  },
  actions: {
    countCommitted: assign(({ context }, { bytes, lines, quarantined }: Committed) =>
      counted(context, { chunks: 1, bytes, lines, quarantined }),
    ),
    countVoided: assign(({ context }) => counted(context, { voided: 1 })),
    countRetried: assign(({ context }) => counted(context, { retried: 1 })),
    countAbandoned: assign(({ context }) => counted(context, { abandoned: 1 })),
    countIncarnation: assign(({ context }) => counted(context, { incarnations: 1 })),
    notePause: assign({ isPaused: true }),
    noteResumption: assign({ isPaused: false }),
    noteFault: assign({ fault: (_, { code }: Fault) => code }),
    forgetFault: assign({ fault: null }),
    announceDegraded: emit((_, { code }: Fault) => ({ type: 'watch.degraded' as const, code })),
    announceCaughtUp: emit({ type: 'watch.caughtUp' as const }),
    announceFellBehind: emit((_, { bytes }: Backlog) => ({ type: 'watch.fellBehind' as const, bytes })),
    announceEnd: emit(({ context }) => ({ type: 'watch.ended' as const, fault: context.fault })),
  },
}).createMachine({
  id: 'watch',
  context: ({ input }) => ({ ...input, isPaused: false, fault: null }),
  initial: 'starting',
  on: {
    'chunk.committed': { actions: { type: 'countCommitted', params: ({ event }) => event } },
    'chunk.voided': { actions: 'countVoided' },
    'chunk.rerouted': { actions: 'countRetried' },
    'chunk.abandoned': { actions: 'countAbandoned' },
    'watch.paused': { actions: 'notePause' },
    'watch.resumed': { actions: 'noteResumption' },
    'watch.failed': {
      target: '.degraded',
      actions: [
        { type: 'noteFault', params: ({ event }) => event },
        { type: 'announceDegraded', params: ({ event }) => event },
      ],
    },
    'stop.requested': '.draining',
  },
  states: {
    starting: { on: { 'watch.started': 'recovering' } },
    recovering: {
      on: {
        'store.recovered': [
          { guard: 'isPaused', target: 'paused', actions: ['countIncarnation', 'forgetFault'] },
          { target: 'catchingUp', actions: ['countIncarnation', 'forgetFault'] },
        ],
      },
    },
    catchingUp: {
      on: {
        'backlog.measured': {
          guard: { type: 'isCaughtUp', params: ({ event }) => event },
          target: 'following',
          actions: 'announceCaughtUp',
        },
        'watch.paused': { target: 'paused', actions: 'notePause' },
      },
    },
    following: {
      on: {
        'backlog.measured': {
          guard: { type: 'isFarBehind', params: ({ event }) => event },
          target: 'catchingUp',
          actions: { type: 'announceFellBehind', params: ({ event }) => event },
        },
        'watch.paused': { target: 'paused', actions: 'notePause' },
      },
    },
    /** What it missed is caught up first. */
    paused: { on: { 'watch.resumed': { target: 'catchingUp', actions: 'noteResumption' } } },
    degraded: {
      on: {
        'watch.retried': 'recovering',
        'watch.failed': { actions: { type: 'noteFault', params: ({ event }) => event } },
      },
    },
    draining: {
      on: {
        'watch.drained': { target: 'stopped', actions: 'forgetFault' },
        'watch.failed': { target: 'stopped', actions: { type: 'noteFault', params: ({ event }) => event } },
        'stop.requested': {},
      },
    },
    stopped: { type: 'final', entry: 'announceEnd' },
  },
});
