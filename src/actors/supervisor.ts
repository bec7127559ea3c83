/**
 * Supervisor: starts the Analyzer and the Coordinator, and brings them back when they crash or fall silent.
 *
 * Receives `SupervisorMessage` from the clock port, its children and its own fault policy.
 * Sends    `ClockTicked` to both children, `AnalyzerRestarted` and the first `SourceReady` to the Coordinator.
 * Fails    when a child exceeds its restart budget: that ends the job, and the process, with an error.
 */
import { assertNever } from '../domain/assert-never.js';
import { type Fault, failure, toFault } from '../domain/errors.js';
import { decideRestart, type RestartBudget } from '../domain/supervision.js';
import type { AnalyzerMessage } from './messages/analyzer.js';
import type { ChildAlive } from './messages/clock.js';
import type { CoordinatorMessage } from './messages/coordinator.js';
import type { ChildFaulted, ChildRespawn, SupervisorMessage, SupervisorTick } from './messages/supervisor.js';
import type { Scheduler } from './scheduler.js';
import { type ActorRef, type Behavior, type Context, tell } from './system.js';

/** What the Supervisor needs. The two spawn functions know the behaviors and what their predecessors handed on. */
export interface SupervisorDeps {
  readonly spawnAnalyzer: (context: SupervisorContext) => ActorRef<AnalyzerMessage>;
  readonly spawnCoordinator: (
    context: SupervisorContext,
    analyzer: ActorRef<AnalyzerMessage>,
  ) => ActorRef<CoordinatorMessage>;
  readonly scheduler: Scheduler;
  /** Monotonic clock, ms. */
  readonly now: () => number;
  readonly restarts: RestartBudget;
  /** Heartbeats that a child may leave unanswered before it counts as silent. */
  readonly maxSilentTicks: number;
  /** Told of every fault of a child, for the log. */
  readonly onChildFault: (name: string, fault: Fault) => void;
}

type SupervisorContext = Context<SupervisorMessage>;

interface Child {
  readonly crashedAt: readonly number[];
  /** Heartbeats without answer. */
  readonly silentTicks: number;
  readonly isUp: boolean;
}

/** The children by name, and their addresses, which stay valid over restarts. */
export interface SupervisorState {
  readonly children: ReadonlyMap<string, Child>;
  readonly analyzer: ActorRef<AnalyzerMessage> | null;
  readonly coordinator: ActorRef<CoordinatorMessage> | null;
}

const STARTED: Child = { crashedAt: [], silentTicks: 0, isUp: true };

/** Makes the behavior of the Supervisor. */
export function supervisorBehavior(deps: SupervisorDeps): Behavior<SupervisorState, SupervisorMessage> {
  return {
    initialState: () => ({ children: new Map(), analyzer: null, coordinator: null }),
    receive: (state, message, context) => {
      switch (message.type) {
        case 'supervisor.start':
          return onStart(context, deps);
        case 'child.faulted':
          return onChildFaulted(state, message, context, deps);
        case 'child.respawn':
          return onChildRespawn(state, message, context, deps);
        case 'supervisor.tick':
          return onTick(state, message, context, deps);
        case 'child.alive':
          return onChildAlive(state, message);
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

function onStart(context: SupervisorContext, deps: SupervisorDeps): SupervisorState {
  const analyzer = deps.spawnAnalyzer(context);
  const coordinator = deps.spawnCoordinator(context, analyzer);
  tell(coordinator, { type: 'source.ready' });
  return { children: new Map([analyzer, coordinator].map((child) => [child.name, STARTED])), analyzer, coordinator };
}

/** @throws MR_ERR_RESTART_BUDGET, which ends the job */
function onChildFaulted(
  state: SupervisorState,
  { name, fault }: ChildFaulted,
  context: SupervisorContext,
  deps: SupervisorDeps,
): SupervisorState {
  const child = state.children.get(name) ?? STARTED;
  if (!child.isUp) return state;
  const now = deps.now();
  deps.onChildFault(name, fault);
  const directive = decideRestart(child.crashedAt, now, deps.restarts);
  if (directive.action === 'escalate') throw failure('MR_ERR_RESTART_BUDGET', [name, child.crashedAt.length], fault);
  deps.scheduler.after(directive.delayMs, () => tell(context.self, { type: 'child.respawn', name }));
  return withChild(state, name, { crashedAt: [...child.crashedAt, now], silentTicks: 0, isUp: false });
}

function onChildRespawn(
  state: SupervisorState,
  { name }: ChildRespawn,
  context: SupervisorContext,
  deps: SupervisorDeps,
): SupervisorState {
  const child = state.children.get(name) ?? STARTED;
  const up = withChild(state, name, { ...child, isUp: true, silentTicks: 0 });
  if (name === state.analyzer?.name) {
    const analyzer = deps.spawnAnalyzer(context);
    if (state.coordinator !== null) tell(state.coordinator, { type: 'analyzer.restarted' });
    return { ...up, analyzer };
  }
  if (state.analyzer === null) return up;
  const coordinator = deps.spawnCoordinator(context, state.analyzer);
  tell(coordinator, { type: 'source.ready' });
  return { ...up, coordinator };
}

/** A child that leaves too many heartbeats unanswered is stopped and treated as crashed. */
function onTick(
  state: SupervisorState,
  { now }: SupervisorTick,
  context: SupervisorContext,
  deps: SupervisorDeps,
): SupervisorState {
  let next = state;
  for (const ref of [state.analyzer, state.coordinator]) {
    const child = ref === null ? undefined : state.children.get(ref.name);
    if (ref === null || child === undefined || !child.isUp) continue;
    if (child.silentTicks < deps.maxSilentTicks) {
      tell(ref as ActorRef<AnalyzerMessage & CoordinatorMessage>, { type: 'clock.ticked', now, replyTo: context.self }); // both accept it
      next = withChild(next, ref.name, { ...child, silentTicks: child.silentTicks + 1 });
      continue;
    }
    void context.stop(ref);
    const fault = toFault(failure('MR_ERR_ACTOR_SILENT', [ref.path, child.silentTicks]));
    tell(context.self, { type: 'child.faulted', name: ref.name, fault });
  }
  return next;
}

function onChildAlive(state: SupervisorState, { name }: ChildAlive): SupervisorState {
  const child = state.children.get(name);
  return child === undefined ? state : withChild(state, name, { ...child, silentTicks: 0 });
}

function withChild(state: SupervisorState, name: string, child: Child): SupervisorState {
  return { ...state, children: new Map(state.children).set(name, child) };
}
