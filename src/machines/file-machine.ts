/**
 * Life cycle of a followed file: discovered -> learning -> following -> drained -> gone, and following -> drifting ->
 * relearned (-> following) when the format of its lines changes. Pure: events in, `file.drifted` and `file.relearned` out.
 *
 * Lines are judged in samples of 20 or more: a chunk with fewer waits for the next one. The learned format is that of at
 * least half of a sample; a file of which no format has half stays in `learning`. A truncated file is learned anew.
 */
import { assign, emit, setup } from 'xstate';
import {
  addedTo,
  type FormatSample,
  formatOf,
  isForeign,
  linesIn,
  SAMPLE_LINES,
} from '../domain/live/format-sample.js';

/** More foreign samples, or lines in them, after which a drifting file is learned anew. */
export const RELEARN_SAMPLES = 2;
export const RELEARN_LINES = 200;

/** What is remembered of a file. */
export interface FileContext {
  /** The learned format; null while there is none. */
  readonly format: string | null;
  /** Newest event time of the stream, epoch ms: see `judgePunctuality`. */
  readonly watermark: number | null;
  /** Lines that wait to be judged. */
  readonly sample: FormatSample;
  /** Foreign samples since the file began to drift, the first not counted, and their lines. */
  readonly foreignSamples: number;
  readonly foreignLines: number;
}

/** A chunk was committed: its lines by format, '' for malformed ones, and the stream's watermark behind it. */
export interface FileCounted {
  readonly type: 'file.counted';
  readonly lines: FormatSample;
  readonly watermark: number | null;
}
/** `file.drained`: it was rotated and is read to its end. `file.found`: one that had vanished is there again. */
export type FileEvent =
  | FileCounted
  | { readonly type: 'file.truncated' }
  | { readonly type: 'file.drained' }
  | { readonly type: 'file.vanished' }
  | { readonly type: 'file.found' };

/** What the machine tells its owner; `to` is null where the lines are malformed, or of no format by half. */
export type FileEmitted =
  | { readonly type: 'file.drifted'; readonly from: string | null; readonly to: string | null }
  | { readonly type: 'file.relearned'; readonly from: string | null; readonly to: string | null };

type Counted = { readonly context: FileContext; readonly event: FileCounted };

const NOTHING_LEARNED = { format: null, sample: [], foreignSamples: 0, foreignLines: 0 } as const;

const sampleWith = ({ context, event }: Counted): FormatSample => addedTo(context.sample, event.lines);
const isWhole = (step: Counted): boolean => linesIn(sampleWith(step)) >= SAMPLE_LINES;
const isForeignNow = (step: Counted): boolean => isWhole(step) && isForeign(sampleWith(step), step.context.format);

function isForeignForLong(step: Counted): boolean {
  const { foreignSamples, foreignLines } = step.context;
  const isLong = foreignSamples + 1 >= RELEARN_SAMPLES || foreignLines + linesIn(sampleWith(step)) >= RELEARN_LINES;
  return isForeignNow(step) && isLong && formatOf(sampleWith(step)) !== null;
}

export const fileMachine = setup({
  types: { context: {} as FileContext, events: {} as FileEvent, emitted: {} as FileEmitted },
  guards: {
    isLearned: ({ context }, event: FileCounted) =>
      isWhole({ context, event }) && formatOf(sampleWith({ context, event })) !== null,
    isWhole: ({ context }, event: FileCounted) => isWhole({ context, event }),
    isForeign: ({ context }, event: FileCounted) => isForeignNow({ context, event }),
    isForeignForLong: ({ context }, event: FileCounted) => isForeignForLong({ context, event }),
    isKnown: ({ context }) => context.format !== null,
  },
  actions: {
    learn: assign(({ context }, event: FileCounted) => ({
      ...NOTHING_LEARNED,
      format: formatOf(sampleWith({ context, event })),
      watermark: event.watermark,
    })),
    /** Keeps the lines for the next judgement. */
    collect: assign(({ context }, event: FileCounted) => ({
      sample: sampleWith({ context, event }),
      watermark: event.watermark,
    })),
    /** The sample was judged: it was foreign, or not. */
    passForeign: assign(({ context }, event: FileCounted) => ({
      sample: [],
      foreignSamples: context.foreignSamples + 1,
      foreignLines: context.foreignLines + linesIn(sampleWith({ context, event })),
      watermark: event.watermark,
    })),
    pass: assign((_, event: FileCounted) => ({
      sample: [],
      foreignSamples: 0,
      foreignLines: 0,
      watermark: event.watermark,
    })),
    forget: assign({ ...NOTHING_LEARNED, watermark: null }),
    announceDrift: emit(({ context }, event: FileCounted) => ({
      type: 'file.drifted' as const,
      from: context.format,
      to: formatOf(sampleWith({ context, event })),
    })),
    announceRelearned: emit(({ context }, event: FileCounted) => ({
      type: 'file.relearned' as const,
      from: context.format,
      to: formatOf(sampleWith({ context, event })),
    })),
  },
}).createMachine({
  id: 'file',
  context: { ...NOTHING_LEARNED, watermark: null },
  initial: 'discovered',
  on: {
    'file.truncated': { target: '.learning', actions: 'forget' },
    'file.drained': '.drained',
    'file.vanished': '.gone',
  },
  states: {
    discovered: {
      on: {
        'file.counted': [
          {
            guard: { type: 'isLearned', params: ({ event }) => event },
            target: 'following',
            actions: { type: 'learn', params: ({ event }) => event },
          },
          { target: 'learning', actions: { type: 'collect', params: ({ event }) => event } },
        ],
      },
    },
    learning: {
      on: {
        'file.counted': [
          {
            guard: { type: 'isLearned', params: ({ event }) => event },
            target: 'following',
            actions: { type: 'learn', params: ({ event }) => event },
          },
          {
            guard: { type: 'isWhole', params: ({ event }) => event },
            actions: { type: 'pass', params: ({ event }) => event },
          },
          { actions: { type: 'collect', params: ({ event }) => event } },
        ],
      },
    },
    following: {
      on: {
        'file.counted': [
          {
            guard: { type: 'isForeign', params: ({ event }) => event },
            target: 'drifting',
            actions: [
              { type: 'announceDrift', params: ({ event }) => event },
              { type: 'pass', params: ({ event }) => event },
            ],
          },
          {
            guard: { type: 'isWhole', params: ({ event }) => event },
            actions: { type: 'pass', params: ({ event }) => event },
          },
          { actions: { type: 'collect', params: ({ event }) => event } },
        ],
      },
    },
    drifting: {
      on: {
        'file.counted': [
          {
            guard: { type: 'isForeignForLong', params: ({ event }) => event },
            target: 'relearned',
            actions: [
              { type: 'announceRelearned', params: ({ event }) => event },
              { type: 'learn', params: ({ event }) => event },
            ],
          },
          {
            guard: { type: 'isForeign', params: ({ event }) => event },
            actions: { type: 'passForeign', params: ({ event }) => event },
          },
          {
            guard: { type: 'isWhole', params: ({ event }) => event },
            target: 'following',
            actions: { type: 'pass', params: ({ event }) => event },
          },
          { actions: { type: 'collect', params: ({ event }) => event } },
        ],
      },
    },
    relearned: {
      on: {
        'file.counted': [
          {
            guard: { type: 'isForeign', params: ({ event }) => event },
            target: 'drifting',
            actions: [
              { type: 'announceDrift', params: ({ event }) => event },
              { type: 'pass', params: ({ event }) => event },
            ],
          },
          {
            guard: { type: 'isWhole', params: ({ event }) => event },
            target: 'following',
            actions: { type: 'pass', params: ({ event }) => event },
          },
          { actions: { type: 'collect', params: ({ event }) => event } },
        ],
      },
    },
    /** A late write to a rotated file is read: it is followed again until it is drained anew. */
    drained: {
      on: {
        'file.counted': [
          {
            guard: 'isKnown',
            target: 'following',
            actions: { type: 'collect', params: ({ event }) => event },
          },
          { target: 'learning', actions: { type: 'collect', params: ({ event }) => event } },
        ],
      },
    },
    gone: {
      on: {
        'file.found': [{ guard: 'isKnown', target: 'following' }, { target: 'learning' }],
        'file.truncated': {},
        'file.drained': {},
        'file.counted': {},
      },
    },
  },
});
