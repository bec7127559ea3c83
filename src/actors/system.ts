/**
 * The actor system: a typed layer over nact 7.6.2, and the only importer of it.
 *
 * nact gives mailboxes and scheduling: one message at a time and per turn of the event loop, in order. Everything that
 * it does wrong when actors fail or stop (docs/decisions/0007, pinned in test/actors/nact-contract.test.ts) is done here:
 * handlers never throw into nact, so its fault handling never runs; the tree, the state and the names are our own; and
 * a stop goes depth-first, newest child first.
 *
 * `any` stands where actors of all kinds share one table, and where nact's own types say nothing else; what leaves this
 * file is typed.
 */
import { dispatch, type Ref, spawn as spawnNact, start, stop as stopNact } from 'nact';
import { type Fault, failure, toFault } from '../domain/errors.js';
import { type ActorCell, nodeOf } from './actor-cell.js';
import { makeRef } from './actor-ref.js';
import { EventTap } from './event-tap.js';
import type {
  ActorNode,
  ActorRef,
  Behavior,
  ChildFaultAnswer,
  Context,
  OwnFaultAnswer,
  SystemEvent,
} from './actor-types.js';

export { ask, tell } from './actor-ref.js';
export type * from './actor-types.js';

/** A running actor system. */
export interface ActorSystem {
  /** Spawns a top-level actor. @throws MR_ERR_ACTOR_NAME */
  spawn<State, Message>(name: string, behavior: Behavior<State, Message>): ActorRef<Message>;
  /** All actors that run now, parents first. */
  nodes(): readonly ActorNode[];
  /** Calls `listener` for each event until the returned function is called. A listener that throws is ignored. */
  tap(listener: (event: SystemEvent) => void): () => void;
  /** Messages that reached no actor. */
  readonly deadLetters: number;
  /** Stops all actors; resolves when every `afterStop` is done. */
  stop(): Promise<void>;
}

/** What a system needs from its owner. */
export interface SystemOptions {
  /** Told when a fault was escalated beyond a top-level actor; that actor is stopped. */
  readonly onFatal: (fault: Fault, path: string) => void;
}

const NAME = /^[A-Za-z0-9_.$+-]{1,200}$/;
let systems = 0;

/** Starts a system of its own; any number of them may run side by side. */
export function createActorSystem(name: string, options: SystemOptions): ActorSystem {
  return new NactSystem(name, options);
}

class NactSystem implements ActorSystem {
  private readonly options: SystemOptions;
  private readonly root: Ref<any>;
  private readonly cells = new Map<string, ActorCell<any, any>>();
  private readonly nactRefs = new WeakMap<ActorCell<any, any>, Ref<any>>();
  private readonly events = new EventTap();
  private births = 0;

  constructor(name: string, options: SystemOptions) {
    this.options = options;
    systems += 1;
    // D15: names are global to the process, and the typed form of `start` ignores them.
    this.root = (start as unknown as (config: { name: string }) => Ref<any>)({ name: `${name}-${systems}` });
  }

  spawn<State, Message>(name: string, behavior: Behavior<State, Message>): ActorRef<Message> {
    return this.spawnUnder(null, name, behavior);
  }

  nodes(): readonly ActorNode[] {
    return [...this.cells.values()].map(nodeOf).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  get deadLetters(): number {
    return this.events.deadLetters;
  }

  tap(listener: (event: SystemEvent) => void): () => void {
    return this.events.listen(listener);
  }

  async stop(): Promise<void> {
    const tops = [...this.cells.values()].filter((cell) => cell.parent === null).reverse();
    await Promise.all(tops.map((cell) => this.stopTree(cell)));
    stopNact(this.root);
  }

  private spawnUnder<State, Message>(
    parent: ActorCell<any, any> | null,
    name: string,
    behavior: Behavior<State, Message>,
  ): ActorRef<Message> {
    const path = `${parent?.ref.path ?? ''}/${name}`;
    const isOrphan = parent !== null && parent.status === 'stopped';
    if (!NAME.test(name) || this.cells.has(path) || isOrphan) throw failure('MR_ERR_ACTOR_NAME', [path]);
    const cell = this.makeCell(parent, path, behavior);
    cell.state = this.beginState(cell);
    const nactParent = parent === null ? this.root : this.nactRefs.get(parent);
    // D8: `spawn` only; D16: a policy of our own, though no fault reaches it. D7: nact never sees a name twice.
    const nactRef = spawnNact(nactParent ?? this.root, () => this.handleNext(cell), `${name}.${cell.incarnation}`, {
      onCrash: (_m: any, _e: any, ctx: any) => ctx.resume,
    });
    this.nactRefs.set(cell, nactRef);
    this.cells.set(path, cell);
    parent?.children.set(name, cell as ActorCell<any, any>);
    this.events.publish({ type: 'spawned', path, incarnation: cell.incarnation });
    return cell.ref;
  }

  private makeCell<State, Message>(
    parent: ActorCell<any, any> | null,
    path: string,
    behavior: Behavior<State, Message>,
  ): ActorCell<State, Message> {
    this.births += 1;
    const ref = makeRef<Message>(path, {
      deliver: (message) => this.deliver(path, message),
      watch: (onStop) => this.watch(path, onStop),
    });
    const abort = new AbortController();
    const cell = {
      ref,
      parent,
      behavior,
      abort,
      incarnation: this.births,
      children: new Map(),
      waiting: [],
      onStop: new Set<() => void>(),
      status: 'idle' as const,
      handled: 0,
      lastMs: null,
      lastError: null,
    };
    const context: Context<Message> = {
      self: ref,
      signal: abort.signal,
      spawn: (name, child) => this.spawnUnder(complete as ActorCell<any, any>, name, child),
      stop: (child) => this.stopChild(complete as ActorCell<any, any>, child),
    };
    const complete = Object.assign(cell, { context }) as unknown as ActorCell<State, Message>; // `state` follows in spawnUnder
    return complete;
  }

  /** The initial state; where there is none, the children that were spawned on the way to it are stopped (D9). */
  private beginState<State, Message>(cell: ActorCell<State, Message>): State {
    try {
      const state = cell.behavior.initialState(cell.context);
      if (!(state instanceof Promise)) return state;
      // D5: nact does not await it, and the first message would see a promise.
      state.catch(() => undefined);
      throw new TypeError(`The initial state of ${cell.ref.path} is a promise`);
    } catch (error) {
      cell.status = 'stopped';
      for (const child of [...cell.children.values()].reverse()) void this.stopTree(child);
      throw error;
    }
  }

  private deliver(path: string, message: unknown): boolean {
    const cell = this.cells.get(path);
    const nactRef = cell === undefined ? undefined : this.nactRefs.get(cell);
    if (cell === undefined || nactRef === undefined) {
      this.events.deadLetter(path, message);
      return false;
    }
    cell.waiting.push(message);
    if (this.events.hasListeners) this.events.publish({ type: 'message', path, message });
    dispatch(nactRef, true); // the message waits in the cell; nact says when it is due
    return true;
  }

  /** One turn of an actor. It never throws and never rejects: faults do not reach nact (D2-D4, D6). */
  private async handleNext(cell: ActorCell<any, any>): Promise<void> {
    if (cell.status === 'stopped') return;
    const message = cell.waiting.shift();
    const startedAt = performance.now();
    cell.status = 'busy';
    try {
      const next: unknown = await cell.behavior.receive(cell.state, message, cell.context);
      if (this.isStopped(cell)) return this.events.publish({ type: 'late', path: cell.ref.path, fault: null });
      if (next === undefined) throw new TypeError(`A handler of ${cell.ref.path} returned no state`);
      cell.state = next;
      cell.status = 'idle';
    } catch (error) {
      if (this.isStopped(cell))
        return this.events.publish({ type: 'late', path: cell.ref.path, fault: toFault(error) });
      cell.status = 'crashed';
      await this.onFault(cell, error, message);
    } finally {
      cell.handled += 1;
      cell.lastMs = performance.now() - startedAt;
    }
  }

  private isStopped(cell: ActorCell<any, any>): boolean {
    return cell.status === 'stopped';
  }

  /** Asks the actor, then its parents in turn, until one answers with a stop. */
  private async onFault(cell: ActorCell<any, any>, error: unknown, message: unknown): Promise<void> {
    const fault = toFault(error);
    cell.lastError = fault;
    const own = answerOf<OwnFaultAnswer>('escalate', () => cell.behavior.onOwnFault(error, message, cell.context));
    this.events.publish({ type: 'crashed', path: cell.ref.path, fault, answer: own });
    let failed = cell;
    if (own === 'escalate') {
      for (let parent = cell.parent; ; failed = parent, parent = parent.parent) {
        if (parent === null) {
          const stopped = this.stopTree(failed);
          this.options.onFatal(fault, failed.ref.path);
          return stopped;
        }
        const answer = this.askParent(parent, failed, { error, message });
        this.events.publish({ type: 'crashed', path: failed.ref.path, fault, answer });
        if (answer === 'stopChild') break;
      }
    }
    await this.stopTree(failed);
  }

  private askParent(
    parent: ActorCell<any, any>,
    child: ActorCell<any, any>,
    what: { error: unknown; message: unknown },
  ): ChildFaultAnswer {
    return answerOf<ChildFaultAnswer>('escalate', () =>
      parent.behavior.onChildFault(what.error, what.message, parent.context, child.ref),
    );
  }

  private stopChild(parent: ActorCell<any, any>, child: ActorRef<never>): Promise<void> {
    const cell = this.cells.get(child.path);
    return cell === undefined || cell.parent !== parent ? Promise.resolve() : this.stopTree(cell);
  }

  /** D1: depth-first, newest child first. The tree is gone when this returns; what it returns waits for `afterStop`. */
  private stopTree(cell: ActorCell<any, any>): Promise<void> {
    const below = [...cell.children.values()].reverse().map((child) => this.stopTree(child));
    if (this.isStopped(cell)) return Promise.all(below).then(() => undefined);
    cell.status = 'stopped';
    cell.abort.abort();
    const nactRef = this.nactRefs.get(cell);
    if (nactRef !== undefined) stopNact(nactRef);
    if (this.cells.get(cell.ref.path) === cell) this.cells.delete(cell.ref.path);
    cell.parent?.children.delete(cell.ref.name);
    for (const message of cell.waiting.splice(0)) this.events.deadLetter(cell.ref.path, message);
    for (const onStop of cell.onStop) onStop();
    this.events.publish({ type: 'stopped', path: cell.ref.path });
    return Promise.all([...below, this.finish(cell)]).then(() => undefined);
  }

  private async finish(cell: ActorCell<any, any>): Promise<void> {
    try {
      await cell.behavior.afterStop(cell.state);
    } catch (error) {
      this.events.publish({ type: 'crashed', path: cell.ref.path, fault: toFault(error), answer: 'stop' });
    }
  }

  private watch(path: string, onStop: () => void): (() => void) | null {
    const cell = this.cells.get(path);
    if (cell === undefined) return null;
    cell.onStop.add(onStop);
    return () => cell.onStop.delete(onStop);
  }
}

/** A policy that throws, or answers nonsense, escalates. */
function answerOf<Answer extends string>(fallback: Answer, ask: () => Answer): Answer {
  try {
    const answer = ask();
    return answer === 'stop' || answer === 'stopChild' ? answer : fallback;
  } catch {
    return fallback;
  }
}
