import type { SystemEvent } from './actor-types.js';

/** Hands the events of a system to whoever listens, and counts what reached nobody. */
export class EventTap {
  /** Messages that reached no actor. */
  deadLetters = 0;
  private readonly listeners = new Set<(event: SystemEvent) => void>();

  /** False while building an event would be for nothing. */
  get hasListeners(): boolean {
    return this.listeners.size > 0;
  }

  /** Calls `listener` for each event until the returned function is called. */
  listen(listener: (event: SystemEvent) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  publish(event: SystemEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch {} // an observer must not change what it observes
    }
  }

  deadLetter(path: string, message: unknown): void {
    this.deadLetters += 1;
    this.publish({ type: 'deadLetter', path, message });
  }
}
