/**
 * Machines without actors: how one stands is its state and its context, and a step is a function of both and an event.
 * Where there are thousands of a kind nothing else is kept of each: some 200 bytes, while a running actor takes 4 KB
 * (docs/architecture.md has the measurement). The machines have no children, timers or history, so that this is all there is.
 */
import {
  type AnyStateMachine,
  type ContextFrom,
  type EmittedFrom,
  type EventFrom,
  initialTransition,
  type InputFrom,
  type SnapshotFrom,
  transition,
} from 'xstate';

/** How a machine with flat states stands: plain JSON. */
export interface Standing<Machine extends AnyStateMachine> {
  readonly state: SnapshotFrom<Machine>['value'];
  readonly context: ContextFrom<Machine>;
}

/** What an event makes of it, and what the machine tells its owner thereby, in order. */
export interface Step<Machine extends AnyStateMachine> {
  readonly standing: Standing<Machine>;
  readonly emitted: readonly EmittedFrom<Machine>[];
}

/** How a machine that was made for `input` stands at first. */
export function standingOf<Machine extends AnyStateMachine>(
  machine: Machine,
  input: InputFrom<Machine>,
): Standing<Machine> {
  const logic: AnyStateMachine = machine; // the types of xstate do not follow a machine that is a parameter
  const [{ value, context }] = initialTransition(logic, input);
  return { state: value as Standing<Machine>['state'], context: context as ContextFrom<Machine> }; // of this machine
}

/** Sends one event. A machine that has ended stays as it is, as its actor would. */
export function step<Machine extends AnyStateMachine>(
  machine: Machine,
  { state, context }: Standing<Machine>,
  event: EventFrom<Machine>,
): Step<Machine> {
  const logic: AnyStateMachine = machine; // as above
  const before = logic.resolveState({ value: state, context });
  if (before.status === 'done') return { standing: { state, context }, emitted: [] };
  const [next, actions] = transition(logic, before, event);
  return {
    standing: { state: next.value as Standing<Machine>['state'], context: next.context as ContextFrom<Machine> },
    emitted: actions.flatMap(
      ({ type, params }: { type: string; params?: unknown }) =>
        type === 'xstate.emit' ? [(params as { event: EmittedFrom<Machine> }).event] : [], // what `emit` makes
    ),
  };
}
