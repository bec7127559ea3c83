import type { ActorRef } from '../system.js';

/** The Supervisor's heartbeat: time for whoever keeps deadlines, and a question that a living actor answers. */
export interface ClockTicked {
  readonly type: 'clock.ticked';
  /** Monotonic, ms. */
  readonly now: number;
  readonly replyTo: ActorRef<ChildAlive>;
}

/** The answer to a heartbeat. */
export interface ChildAlive {
  readonly type: 'child.alive';
  readonly name: string;
}
