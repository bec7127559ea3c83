/** The inside of one actor: its state, its waiting messages, and its place in the tree. */
import type { Fault } from '../domain/errors.js';
import type { ActorNode, ActorRef, Behavior, Context } from './actor-types.js';

/** Mutable counterpart of ActorNode; owned by the system that made it. */
export interface ActorCell<State = unknown, Message = unknown> {
  readonly ref: ActorRef<Message>;
  readonly parent: ActorCell | null;
  /** In the order of their birth. */
  readonly children: Map<string, ActorCell>;
  readonly behavior: Behavior<State, Message>;
  readonly abort: AbortController;
  readonly incarnation: number;
  /** Messages that were handed to nact and not handled yet, oldest first. */
  readonly waiting: Message[];
  /** Set when the cell is complete. */
  context: Context<Message>;
  state: State;
  status: ActorNode['status'];
  handled: number;
  lastMs: number | null;
  lastError: Fault | null;
  /** Called when the actor stops, by those who wait for its answer. */
  readonly onStop: Set<() => void>;
}

/** What is shown of a cell. */
export function nodeOf(cell: ActorCell): ActorNode {
  const { ref, parent, status, incarnation, waiting, handled, lastMs, lastError } = cell;
  return {
    path: ref.path,
    name: ref.name,
    parent: parent === null ? null : parent.ref.path,
    status,
    incarnation,
    mailbox: waiting.length,
    handled,
    lastMs,
    lastError,
  };
}
