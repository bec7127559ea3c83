/** References: what they lead to is hidden, so that none can be forged from a path. */
import { failure } from '../domain/errors.js';
import type { ActorRef } from './actor-types.js';

/** Where a reference leads. */
export interface Receiver {
  /** Takes a message; false where nobody is there for it. */
  readonly deliver: (message: unknown) => boolean;
  /** Calls `onStop` when the actor stops, until the returned function is called; null where it does not run. */
  readonly watch: (onStop: () => void) => (() => void) | null;
}

const receivers = new WeakMap<object, Receiver>();
const MAX_TIMER_MS = 2 ** 31 - 1; // D10: a timer takes anything above for 1 ms
let questions = 0;

/** Makes the reference of an actor. It outlives the actor: a successor of the same path is reached by it. */
export function makeRef<Message>(path: string, receiver: Receiver): ActorRef<Message> {
  const ref = Object.freeze({ path, name: path.slice(path.lastIndexOf('/') + 1) }) as ActorRef<Message>; // the inbox is a phantom
  receivers.set(ref, receiver);
  return ref;
}

/** Sends a message; false means that nobody was there to take it: a dead letter. */
export function tell<Message>(target: ActorRef<Message>, message: NoInfer<Message>): boolean {
  return receivers.get(target)?.deliver(message) ?? false;
}

/**
 * Sends a question and resolves with its answer. For REPL, inspector and tests: actors use `replyTo` and a message.
 * @throws MR_ERR_ASK_TIMEOUT, and at once MR_ERR_ASK_STOPPED when the target does not run or stops, or what `build` throws
 */
export function ask<Message, Reply>(
  target: ActorRef<Message>,
  build: (replyTo: ActorRef<Reply>) => NoInfer<Message>,
  timeoutMs: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let forget: (() => void) | null = null;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      forget?.();
      settle();
    };
    const timer = setTimeout(
      () => end(() => reject(failure('MR_ERR_ASK_TIMEOUT', [target.path, timeoutMs]))),
      Math.min(timeoutMs, MAX_TIMER_MS),
    );
    const onStopped = (): void => end(() => reject(failure('MR_ERR_ASK_STOPPED', [target.path])));
    questions += 1;
    const deliver = (reply: unknown): boolean => {
      end(() => resolve(reply as Reply)); // the type of the reference says so
      return true;
    };
    const replyTo = makeRef<Reply>(`/ask-${questions}`, { deliver, watch: () => null });
    forget = receivers.get(target)?.watch(onStopped) ?? null;
    if (forget === null) return onStopped();
    try {
      tell(target, build(replyTo));
    } catch (error) {
      end(() => reject(error));
    }
  });
}
