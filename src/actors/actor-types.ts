/** What an actor is made of, and what may be seen of it from outside. */
import type { Fault } from '../domain/errors.js';

declare const inbox: unique symbol;

/** Address of an actor that accepts `Message`; contravariant, so that a wrong message is a compile error. */
export interface ActorRef<in Message> {
  /** Unique in its system, such as `/supervisor/coordinator`. It is an identity: a successor of that name is reached, too. */
  readonly path: string;
  readonly name: string;
  readonly [inbox]: (message: Message) => void;
}

/** What an actor says of its own fault. Nothing else is offered: to go on after a fault would hide it. */
export type OwnFaultAnswer = 'stop' | 'escalate';

/** What a parent says of a child's fault. A restart is a stop and a new spawn. */
export type ChildFaultAnswer = 'stopChild' | 'escalate';

/** What a handler may do besides returning its next state. */
export interface Context<Message> {
  readonly self: ActorRef<Message>;
  /** Aborted when the actor is stopped; the handler that runs then still runs to its end, but its outcome is void. */
  readonly signal: AbortSignal;
  /** Spawns a child. @throws MR_ERR_ACTOR_NAME for a name that is in use or malformed, or what `initialState` throws */
  spawn<ChildState, Child>(name: string, behavior: Behavior<ChildState, Child>): ActorRef<Child>;
  /** Stops a child and all below it, the newest first; resolves when their `afterStop` are done. */
  stop(child: ActorRef<never>): Promise<void>;
}

/** What an actor does. All five are required: silence is no policy. */
export interface Behavior<State, Message> {
  /** Synchronous, without I/O: anything that takes time is an ordinary first message. */
  readonly initialState: (context: Context<Message>) => State;
  /** Handles one message at a time and returns the next state. */
  readonly receive: (state: State, message: Message, context: Context<Message>) => State | Promise<State>;
  readonly onOwnFault: (error: unknown, message: Message, context: Context<Message>) => OwnFaultAnswer;
  /** Runs beside the mailbox, so it touches no state: it answers, and tells its own actor an ordinary message. */
  readonly onChildFault: (
    error: unknown,
    message: unknown,
    context: Context<Message>,
    child: ActorRef<never>,
  ) => ChildFaultAnswer;
  /** Called exactly once, with the last state. */
  readonly afterStop: (state: State) => void | Promise<void>;
}

/** An actor as the REPL and the inspector show it. */
export interface ActorNode {
  readonly path: string;
  readonly name: string;
  readonly parent: string | null;
  readonly status: 'idle' | 'busy' | 'crashed' | 'stopped';
  /** Number of the spawn in its system: of two actors of one path the successor has the larger one. */
  readonly incarnation: number;
  /** Messages that wait, without the one at work. */
  readonly mailbox: number;
  readonly handled: number;
  /** Duration of the newest handler that ended, ms; null before the first. */
  readonly lastMs: number | null;
  readonly lastError: Fault | null;
}

/** What happens in a system, for whoever listens. */
export type SystemEvent =
  | { readonly type: 'spawned'; readonly path: string; readonly incarnation: number }
  | { readonly type: 'message'; readonly path: string; readonly message: unknown }
  | {
      readonly type: 'crashed';
      readonly path: string;
      readonly fault: Fault;
      readonly answer: OwnFaultAnswer | ChildFaultAnswer;
    }
  /** A handler ended, well or not, after its actor was stopped: its outcome is void. */
  | { readonly type: 'late'; readonly path: string; readonly fault: Fault | null }
  | { readonly type: 'stopped'; readonly path: string }
  | { readonly type: 'deadLetter'; readonly path: string; readonly message: unknown };
