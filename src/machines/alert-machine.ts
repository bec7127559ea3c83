/**
 * Alert life cycle, one for each rule and key: ok -> pending -> firing -> resolved (-> ok).
 * Pure: no I/O, no clock, no `after`, no `invoke`; time comes in with each closed window, effects go out by `emit`. Context
 * is numbers only, so that a snapshot is small plain JSON and restores.
 *
 * What holds at the end of a window is said to have held since the window's start: a condition that must hold for two
 * minutes fires at the end of the twelfth window of ten seconds in a row. `resolved` lasts until the next window.
 */
import { assign, emit, setup } from 'xstate';

/** The states of an alert. */
export type AlertState = 'ok' | 'pending' | 'firing' | 'resolved';

/** What an alert is made for. */
export interface AlertInput {
  /** How long the condition must hold before it fires, ms. */
  readonly forMs: number;
  /** How long a firing alert must be clear before it resolves, ms. */
  readonly clearForMs: number;
  /** True where large values are the bad ones. */
  readonly isAbove: boolean;
}

/** What an alert remembers; instants are epoch ms, or null. */
export interface AlertContext extends AlertInput {
  /** Since when the condition had held without a break, of an alert that is pending or firing. */
  readonly heldSince: number | null;
  readonly firedAt: number | null;
  /** Since when a firing alert has been clear without a break. */
  readonly clearSince: number | null;
  /** The worst value while the condition held or the alert fired, and the end of its window. */
  readonly worst: number | null;
  readonly worstAt: number | null;
}

/** A window of event time closed, and this is what the rule makes of the value at its end. */
export interface WindowClosed {
  readonly type: 'window.closed';
  readonly startAt: number;
  readonly endAt: number;
  readonly value: number | null;
  readonly holds: boolean;
  readonly clears: boolean;
}
export type AlertEvent = WindowClosed;

/** What the machine tells its owner. */
export type AlertEmitted =
  | { readonly type: 'alert.fired'; readonly at: number; readonly since: number; readonly value: number | null }
  | {
      readonly type: 'alert.resolved';
      readonly at: number;
      readonly since: number;
      readonly firedAt: number;
      readonly worst: number | null;
      readonly worstAt: number | null;
    };

type Step = { readonly context: AlertContext; readonly event: WindowClosed };

const heldSince = ({ context, event }: Step): number => context.heldSince ?? event.startAt;
const clearSince = ({ context, event }: Step): number => context.clearSince ?? event.startAt;

function isWorse({ context, event }: Step): boolean {
  if (event.value === null) return false;
  if (context.worst === null) return true;
  return context.isAbove ? event.value > context.worst : event.value < context.worst;
}

/** When the machine changes its state if all windows from now on are like the last; null where it stays as it is. */
export function dueAt(
  state: AlertState,
  { heldSince: held, clearSince: clear, ...context }: AlertContext,
): number | null {
  if (state === 'pending' && held !== null) return held + context.forMs;
  return state === 'firing' && clear !== null ? clear + context.clearForMs : null;
}

/** Tells that an event would leave the machine as it is, as most do: to ask is much cheaper than to send it. */
export function isIdle(state: AlertState, context: AlertContext, event: WindowClosed): boolean {
  if (state === 'ok') return !event.holds;
  if (state === 'resolved' || isWorse({ context, event })) return false;
  const due = dueAt(state, context);
  if (due !== null && event.endAt >= due) return false;
  if (state === 'pending') return event.holds;
  return event.clears === (context.clearSince !== null);
}

export const alertMachine = setup({
  types: {
    context: {} as AlertContext,
    events: {} as AlertEvent,
    emitted: {} as AlertEmitted,
    input: {} as AlertInput,
  },
  guards: {
    isHolding: ({ event }) => event.holds,
    isHeldLongEnough: (step) => step.event.holds && step.event.endAt - heldSince(step) >= step.context.forMs,
    isClear: ({ event }) => event.clears,
    isClearLongEnough: (step) => step.event.clears && step.event.endAt - clearSince(step) >= step.context.clearForMs,
  },
  actions: {
    noteHeld: assign({ heldSince }),
    noteWorst: assign({
      worst: (step) => (isWorse(step) ? step.event.value : step.context.worst),
      worstAt: (step) => (isWorse(step) ? step.event.endAt : step.context.worstAt),
    }),
    noteFired: assign({ firedAt: ({ event }) => event.endAt }),
    noteClear: assign({ clearSince }),
    noteUnclear: assign({ clearSince: null }),
    forget: assign({ heldSince: null, firedAt: null, clearSince: null, worst: null, worstAt: null }),
    announceFired: emit((step) => {
      const { endAt, value } = step.event;
      return { type: 'alert.fired' as const, at: endAt, since: heldSince(step), value };
    }),
    announceResolved: emit((step) => {
      const { firedAt, worst, worstAt } = step.context;
      const at = step.event.endAt;
      return { type: 'alert.resolved' as const, at, since: heldSince(step), firedAt: firedAt ?? at, worst, worstAt };
    }),
  },
}).createMachine({
  id: 'alert',
  context: ({ input }) => ({ ...input, heldSince: null, firedAt: null, clearSince: null, worst: null, worstAt: null }),
  initial: 'ok',
  states: {
    ok: {
      on: {
        'window.closed': [
          {
            guard: 'isHeldLongEnough',
            target: 'firing',
            actions: ['noteHeld', 'noteFired', 'noteWorst', 'announceFired'],
          },
          { guard: 'isHolding', target: 'pending', actions: ['noteHeld', 'noteWorst'] },
        ],
      },
    },
    pending: {
      on: {
        'window.closed': [
          {
            guard: 'isHeldLongEnough',
            target: 'firing',
            actions: ['noteHeld', 'noteFired', 'noteWorst', 'announceFired'],
          },
          { guard: 'isHolding', actions: 'noteWorst' },
          { target: 'ok', actions: 'forget' },
        ],
      },
    },
    firing: {
      on: {
        'window.closed': [
          { guard: 'isClearLongEnough', target: 'resolved', actions: ['announceResolved', 'forget'] },
          { guard: 'isClear', actions: ['noteClear', 'noteWorst'] },
          { actions: ['noteUnclear', 'noteWorst'] },
        ],
      },
    },
    resolved: {
      on: {
        'window.closed': [
          {
            guard: 'isHeldLongEnough',
            target: 'firing',
            actions: ['noteHeld', 'noteFired', 'noteWorst', 'announceFired'],
          },
          { guard: 'isHolding', target: 'pending', actions: ['noteHeld', 'noteWorst'] },
          { target: 'ok' },
        ],
      },
    },
  },
});
