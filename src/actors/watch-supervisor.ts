/**
 * Supervisor of a daemon: starts Archivist, Watcher, Analyzer and Coordinator, of which each knows what is not committed yet. So
 * when one of them fails or falls silent all of them end, and others begin anew from the last commit (one for all).
 *
 * Receives `SupervisorMessage` from the clock port, its children and its own fault policy.
 * Sends    `ClockTicked` to its children.
 * Fails    with its first child: whoever made the system makes the next.
 */
import { assertNever } from '../domain/assert-never.js';
import { failure, MillraceError, toFault } from '../domain/errors.js';
import type { ClockTicked } from './messages/clock.js';
import type { SupervisorMessage } from './messages/supervisor.js';
import { type ActorRef, type Behavior, type Context, tell } from './system.js';

/** What the Supervisor of a daemon needs. */
export interface WatchSupervisorDeps {
  /** Spawns the children, in the order in which they need each other. */
  readonly spawnChildren: (context: Context<SupervisorMessage>) => readonly ActorRef<ClockTicked>[];
  /** Heartbeats that a child may leave unanswered before it counts as silent. */
  readonly maxSilentTicks: number;
}

/** The children, and how many heartbeats each has not answered. */
export interface WatchSupervisorState {
  readonly children: readonly ActorRef<ClockTicked>[];
  readonly silentTicks: ReadonlyMap<string, number>;
}

/** Makes the behavior of the Supervisor of a daemon. */
export function watchSupervisorBehavior(deps: WatchSupervisorDeps): Behavior<WatchSupervisorState, SupervisorMessage> {
  return {
    initialState: () => ({ children: [], silentTicks: new Map() }),
    receive: (state, message, context) => {
      switch (message.type) {
        case 'supervisor.start':
          return { ...state, children: deps.spawnChildren(context) };
        case 'supervisor.tick':
          return onTick(state, message.now, context, deps);
        case 'child.alive':
          return { ...state, silentTicks: new Map(state.silentTicks).set(message.name, 0) };
        case 'child.faulted':
          throw new MillraceError(message.fault.code, message.fault.message);
        case 'child.respawn':
          return state; // one for all: nobody comes back alone
        default:
          return assertNever(message);
      }
    },
    onOwnFault: () => 'escalate',
    onChildFault: (error, _message, context, child) => {
      tell(context.self, { type: 'child.faulted', name: child.name, fault: toFault(error) });
      return 'stopChild';
    },
    afterStop: () => undefined,
  };
}

/** @throws MR_ERR_ACTOR_SILENT */
function onTick(
  state: WatchSupervisorState,
  now: number,
  context: Context<SupervisorMessage>,
  { maxSilentTicks }: WatchSupervisorDeps,
): WatchSupervisorState {
  const silentTicks = new Map<string, number>();
  for (const child of state.children) {
    const silent = state.silentTicks.get(child.name) ?? 0;
    if (silent >= maxSilentTicks) throw failure('MR_ERR_ACTOR_SILENT', [child.path, silent]);
    tell(child, { type: 'clock.ticked', now, replyTo: context.self });
    silentTicks.set(child.name, silent + 1);
  }
  return { ...state, silentTicks };
}
