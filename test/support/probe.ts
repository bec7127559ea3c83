import type { ActorRef, ActorSystem, Behavior } from '../../src/actors/system.js';

/** An actor that keeps what it is told, for a test to look at and to wait for. */
export interface Probe<Message> {
  readonly ref: ActorRef<Message>;
  readonly messages: readonly Message[];
  /** Resolves with the first message, past or future, for which `isWanted` holds; rejects after two seconds. */
  waitFor(isWanted: (message: Message) => boolean): Promise<Message>;
}

const WAIT_MS = 2000;

/** Spawns a probe as a top-level actor. */
export function spawnProbe<Message>(system: ActorSystem, name: string): Probe<Message> {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  const behavior: Behavior<null, Message> = {
    initialState: () => null,
    receive: (state, message) => {
      messages.push(message);
      for (const look of waiting) look();
      return state;
    },
    onOwnFault: () => 'stop',
    onChildFault: () => 'stopChild',
    afterStop: () => undefined,
  };
  const ref = system.spawn(name, behavior);
  const waitFor = (isWanted: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`${name} waited in vain; it has ${JSON.stringify(messages)}`));
      }, WAIT_MS);
      const look = (): void => {
        const found = messages.find(isWanted);
        if (found === undefined) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { ref, messages, waitFor };
}
