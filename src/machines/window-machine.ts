/**
 * Window life cycle: open -> closing -> closed. Pure: no I/O, no clock; time comes in as `time.passed`, effects go out by
 * `emit`. Lines that come after a window was closed correct it: it stays closed, and that is counted.
 */
import { assign, emit, setup } from 'xstate';

/** What was counted. */
export interface WindowFigures {
  readonly lines: number;
  readonly requests: number;
  readonly errors: number;
}

/** Which window; epoch ms, `endAt` exclusive. */
export interface WindowInput {
  readonly startAt: number;
  readonly endAt: number;
}

/** What a window remembers. */
export interface WindowContext extends WindowInput, WindowFigures {
  /** How often lines came after it was closed. */
  readonly corrections: number;
}

/** Lines of the window were committed. */
export interface WindowCounted extends WindowFigures {
  readonly type: 'window.counted';
}
/** Event time has come to `watermark`; windows that end at `closedThrough` or before are over. Epoch ms. */
export interface TimePassed {
  readonly type: 'time.passed';
  readonly watermark: number;
  readonly closedThrough: number;
}
export type WindowEvent = WindowCounted | TimePassed;

/** What the machine tells its owner: figures of the whole window; of a correction what it added. */
export type WindowEmitted =
  | ({ readonly type: 'window.closed' } & WindowInput & WindowFigures)
  | ({ readonly type: 'window.corrected' } & WindowInput & WindowFigures);

export const windowMachine = setup({
  types: {
    context: {} as WindowContext,
    events: {} as WindowEvent,
    emitted: {} as WindowEmitted,
    input: {} as WindowInput,
  },
  guards: {
    isOver: ({ context }, params: TimePassed) => context.endAt <= params.closedThrough,
    isPast: ({ context }, params: TimePassed) => context.endAt <= params.watermark,
  },
  actions: {
    count: assign({
      lines: ({ context }, params: WindowCounted) => context.lines + params.lines,
      requests: ({ context }, params: WindowCounted) => context.requests + params.requests,
      errors: ({ context }, params: WindowCounted) => context.errors + params.errors,
    }),
    countCorrection: assign({ corrections: ({ context }) => context.corrections + 1 }),
    announceClosed: emit(({ context: { startAt, endAt, lines, requests, errors } }) => ({
      type: 'window.closed' as const,
      startAt,
      endAt,
      lines,
      requests,
      errors,
    })),
    announceCorrected: emit(({ context: { startAt, endAt } }, { lines, requests, errors }: WindowCounted) => ({
      type: 'window.corrected' as const,
      startAt,
      endAt,
      lines,
      requests,
      errors,
    })),
  },
}).createMachine({
  id: 'window',
  context: ({ input }) => ({ ...input, lines: 0, requests: 0, errors: 0, corrections: 0 }),
  initial: 'open',
  states: {
    open: {
      on: {
        'window.counted': { actions: { type: 'count', params: ({ event }) => event } },
        'time.passed': [
          { guard: { type: 'isOver', params: ({ event }) => event }, target: 'closed', actions: 'announceClosed' },
          { guard: { type: 'isPast', params: ({ event }) => event }, target: 'closing' },
        ],
      },
    },
    closing: {
      on: {
        'window.counted': { actions: { type: 'count', params: ({ event }) => event } },
        'time.passed': {
          guard: { type: 'isOver', params: ({ event }) => event },
          target: 'closed',
          actions: 'announceClosed',
        },
      },
    },
    closed: {
      on: {
        'window.counted': {
          actions: [
            { type: 'count', params: ({ event }) => event },
            'countCorrection',
            { type: 'announceCorrected', params: ({ event }) => event },
          ],
        },
      },
    },
  },
});
