import type { Behavior } from '../../src/actors/system.js';

/** Ways in which a handler can fail. `throws late` is after the message was handled, with its effects. */
export const HANDLER_FAILURES = [
  'throws',
  'throws late',
  'rejects',
  'rejects after stop',
  'never answers',
  'policy throws',
] as const;
export type HandlerFailure = (typeof HANDLER_FAILURES)[number];

/** Gives a parent whose children are wrapped as they are spawned. */
export function withChildren<State, Message>(
  behavior: Behavior<State, Message>,
  wrap: <ChildState, Child>(child: Behavior<ChildState, Child>) => Behavior<ChildState, Child>,
): Behavior<State, Message> {
  return {
    ...behavior,
    receive: (state, message, context) =>
      behavior.receive(state, message, { ...context, spawn: (name, child) => context.spawn(name, wrap(child)) }),
  };
}

/** Makes every `every`-th message over all incarnations fail in this way, at most `times` times. */
export function failing(how: HandlerFailure, every: number, times: number) {
  let handled = 0;
  let failed = 0;
  return <State, Message>(behavior: Behavior<State, Message>): Behavior<State, Message> => ({
    ...behavior,
    receive: (state, message, context) => {
      handled += 1;
      if (handled % every !== 0 || failed >= times) return behavior.receive(state, message, context);
      failed += 1;
      if (how === 'throws late') void behavior.receive(state, message, context);
      if (how === 'throws' || how === 'throws late' || how === 'policy throws') throw new Error(`made to fail: ${how}`);
      return new Promise((_, reject) => {
        if (how === 'rejects') reject(new Error('made to reject'));
        if (how === 'rejects after stop')
          context.signal.addEventListener('abort', () => reject(new Error('made to reject late')));
      });
    },
    onOwnFault: (error, message, context) => {
      if (how === 'policy throws') throw new Error('made to fail: policy');
      return behavior.onOwnFault(error, message, context);
    },
  });
}
