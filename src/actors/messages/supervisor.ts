import type { Fault } from '../../domain/errors.js';
import type { ChildAlive } from './clock.js';

/** Spawns the children and starts the job. */
export interface SupervisorStart {
  readonly type: 'supervisor.start';
}

/** The Supervisor's own fault policy: a child crashed, and is stopped. */
export interface ChildFaulted {
  readonly type: 'child.faulted';
  readonly name: string;
  readonly fault: Fault;
}

/** Its back-off is over: spawn the child again. */
export interface ChildRespawn {
  readonly type: 'child.respawn';
  readonly name: string;
}

/** The clock port ticked. */
export interface SupervisorTick {
  readonly type: 'supervisor.tick';
  /** Monotonic, ms. */
  readonly now: number;
}

/** The Supervisor's inbox. */
export type SupervisorMessage = SupervisorStart | ChildFaulted | ChildRespawn | SupervisorTick | ChildAlive;
