/** The promises of the actor layer, one test each, among them every cure of docs/decisions/0007: so the file is long. */
import { expect } from 'chai';
import {
  type ActorRef,
  type ActorSystem,
  ask,
  type Behavior,
  createActorSystem,
  type SystemEvent,
  tell,
} from '../../src/actors/system.js';
import type { Fault } from '../../src/domain/errors.js';
import { spawnProbe } from '../support/probe.js';
import { settle } from '../support/settle.js';
import { strayRejections } from '../support/stray-rejections.js';

type Job =
  | { readonly type: 'add'; readonly by: number }
  | { readonly type: 'fail' }
  | { readonly type: 'get'; readonly replyTo: ActorRef<number> };

/** A counter that can be made to throw; `over` replaces parts of it. */
function counter(over: Partial<Behavior<number, Job>> = {}): Behavior<number, Job> {
  return {
    initialState: () => 0,
    receive: (state, message) => {
      if (message.type === 'fail') throw new Error('asked to fail');
      if (message.type === 'add') return state + message.by;
      tell(message.replyTo, state);
      return state;
    },
    onOwnFault: () => 'escalate',
    onChildFault: () => 'stopChild',
    afterStop: () => undefined,
    ...over,
  };
}

const valueOf = (target: ActorRef<Job>): Promise<number> =>
  ask<Job, number>(target, (replyTo) => ({ type: 'get', replyTo }), 1000);

describe('actors/system', () => {
  let system: ActorSystem;
  let events: SystemEvent[];
  let fatal: { fault: Fault; path: string }[];

  beforeEach(() => {
    fatal = [];
    events = [];
    system = createActorSystem('test', { onFatal: (fault, path) => fatal.push({ fault, path }) });
    system.tap((event) => events.push(event));
  });

  afterEach(() => system.stop());

  const eventsOf = (type: SystemEvent['type']): string[] =>
    events.filter((event) => event.type === type).map(({ path }) => path);

  it('handles messages one at a time, in order, also when handlers await', async () => {
    const seen: string[] = [];
    const slow = system.spawn(
      'slow',
      counter({
        receive: async (state, message) => {
          seen.push(`begin ${state}`);
          await new Promise((resolve) => setImmediate(resolve));
          seen.push(`end ${state}`);
          return message.type === 'add' ? state + message.by : state;
        },
      }),
    );

    tell(slow, { type: 'add', by: 1 });
    tell(slow, { type: 'add', by: 1 });
    await settle();

    expect(seen).to.deep.equal(['begin 0', 'end 0', 'begin 1', 'end 1']);
  });

  it('never handles a message inside of tell', () => {
    let isHandled = false;
    const target = system.spawn('target', counter({ receive: (state) => ((isHandled = true), state) }));

    tell(target, { type: 'add', by: 1 });

    expect(isHandled).to.equal(false);
  });

  it('runs any number of systems of one name side by side', async () => {
    const other = createActorSystem('test', { onFatal: () => undefined });
    const here = system.spawn('counter', counter());
    const there = other.spawn('counter', counter());

    tell(here, { type: 'add', by: 1 });
    tell(there, { type: 'add', by: 2 });
    const values = [await valueOf(here), await valueOf(there)];
    await other.stop();

    expect(values).to.deep.equal([1, 2]);
    expect(await valueOf(here)).to.equal(1);
  });

  it('stops depth-first, the newest child first, and calls afterStop once with the last state', async () => {
    const stopped: string[] = [];
    const named = (name: string, children: readonly string[] = []): Behavior<string, Job> => ({
      initialState: () => name,
      receive: (state, _message, context) => {
        for (const child of children) {
          const ref = context.spawn(child, named(`${name}/${child}`, child === 'b' ? ['deep'] : []));
          if (child === 'b') tell(ref, { type: 'add', by: 1 });
        }
        return `${state}!`;
      },
      onOwnFault: () => 'stop',
      onChildFault: () => 'stopChild',
      afterStop: (state) => {
        stopped.push(state);
      },
    });
    const top = system.spawn('top', named('top', ['a', 'b']));
    tell(top, { type: 'add', by: 1 });
    await settle();
    expect(tell({ path: '/top/b', name: 'b' } as never, {} as never)).to.equal(false); // a forged reference leads nowhere

    await system.stop();
    await system.stop();

    expect(stopped).to.deep.equal(['top/b/deep', 'top/b!', 'top/a', 'top!']);
    expect(system.nodes()).to.deep.equal([]);
  });

  it('drops no queued message in silence when an actor stops', async () => {
    const target = system.spawn('target', counter());

    for (let count = 0; count < 3; count += 1) tell(target, { type: 'add', by: 1 });
    await system.stop();

    expect(system.deadLetters).to.equal(3);
    expect(eventsOf('deadLetter')).to.deep.equal(['/target', '/target', '/target']);
    expect(tell(target, { type: 'add', by: 1 })).to.equal(false);
  });

  it('reaches a successor of the same path through an old reference', async () => {
    const children: ActorRef<Job>[] = [];
    const parent = system.spawn('parent', {
      ...counter(),
      receive: async (state: number, _message: Job, context) => {
        for (const child of children) await context.stop(child);
        children.push(context.spawn('child', counter({ initialState: () => children.length * 100 })));
        return state;
      },
    });
    tell(parent, { type: 'add', by: 1 });
    await settle();
    const [old] = children;
    const before = old && (await valueOf(old));

    tell(parent, { type: 'add', by: 1 });
    await settle();

    expect([before, old && (await valueOf(old))]).to.deep.equal([0, 100]);
    expect(eventsOf('spawned')).to.deep.equal(['/parent', '/parent/child', '/parent/child']);
  });

  it('refuses names that are in use or malformed, and initial states that are promises or throw', () => {
    system.spawn('taken', counter());

    for (const name of ['taken', '', 'with blank', 'a/b', 'ü', '%']) {
      expect(() => system.spawn(name, counter()))
        .to.throw()
        .with.property('code', 'MR_ERR_ACTOR_NAME');
    }
    expect(() => system.spawn('later', counter({ initialState: (() => Promise.resolve(0)) as never }))).to.throw(
      'is a promise',
    );
    expect(() =>
      system.spawn(
        'broken',
        counter({
          initialState: () => {
            throw new Error('no state');
          },
        }),
      ),
    ).to.throw('no state');
    expect(system.nodes().map((node) => node.name)).to.deep.equal(['taken']);
  });

  it('leaves nothing behind of an actor whose initial state throws: neither children nor its name', async () => {
    const stopped: string[] = [];
    const parentOfTwo = counter({
      initialState: (context) => {
        for (const name of ['older', 'newer']) {
          context.spawn(name, counter({ afterStop: () => void stopped.push(name) }));
        }
        throw new Error('no state');
      },
    });

    expect(() => system.spawn('top', parentOfTwo)).to.throw('no state');
    await settle();

    expect(stopped).to.deep.equal(['newer', 'older']);
    expect(system.nodes()).to.deep.equal([]);
    expect(await valueOf(system.spawn('top', counter()))).to.equal(0);
  });

  it('lets no initial state that is a promise reject into the void', async () => {
    const later = counter({ initialState: (() => Promise.reject(new Error('late'))) as never });

    const strays = await strayRejections(() => expect(() => system.spawn('later', later)).to.throw('is a promise'));

    expect(strays).to.deep.equal([]);
  });

  it('stops an actor that answers its own fault with stop, and all below it, without asking its parent', async () => {
    const stopped: string[] = [];
    const noteStop = (name: string): Partial<Behavior<number, Job>> => ({ afterStop: () => void stopped.push(name) });
    const asked: unknown[] = [];
    let deep: ActorRef<Job> | undefined;
    const middle = counter({
      ...noteStop('middle'),
      initialState: (context) => {
        deep = context.spawn('deep', counter(noteStop('deep')));
        return 0;
      },
      onOwnFault: () => 'stop',
    });
    const top = counter({ onChildFault: (error) => (asked.push(error), 'stopChild') });
    let ref: ActorRef<Job> | undefined;
    system.spawn('top', { ...top, initialState: (context) => ((ref = context.spawn('middle', middle)), 0) });

    if (ref !== undefined) tell(ref, { type: 'fail' });
    for (let count = 0; count < 3; count += 1) if (deep !== undefined) tell(deep, { type: 'add', by: 1 });
    await settle();

    expect({ stopped, asked, fatal }).to.deep.equal({ stopped: ['deep', 'middle'], asked: [], fatal: [] });
    expect(eventsOf('deadLetter')).to.deep.equal(Array(3).fill('/top/middle/deep'));
    expect(system.nodes().map(({ path }) => path)).to.deep.equal(['/top']);
  });

  it('keeps a parent at one message at a time while its children fail', async () => {
    let running = 0;
    let most = 0;
    const busy = counter({
      receive: async (state, message, context) => {
        if (message.type === 'get') return (tell(message.replyTo, state), state);
        running += 1;
        most = Math.max(most, running);
        tell(context.spawn(`child-${state}`, counter()), { type: 'fail' });
        for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return state + 1;
      },
    });
    const parent = system.spawn('parent', busy);

    for (let count = 0; count < 5; count += 1) tell(parent, { type: 'add', by: 1 });

    expect([await valueOf(parent), most]).to.deep.equal([5, 1]);
    expect(eventsOf('stopped')).to.have.length(5);
  });

  it('prints nothing itself of a fault, and lets none go astray', async () => {
    const printed: unknown[] = [];
    const { log } = console;
    console.log = (...values: unknown[]) => printed.push(values);

    const strays = await strayRejections(() => tell(system.spawn('target', counter()), { type: 'fail' })).finally(
      () => {
        console.log = log;
      },
    );

    expect({ printed, strays, faults: fatal.length }).to.deep.equal({ printed: [], strays: [], faults: 1 });
  });

  it('stops a child whose fault its parent answers with stopChild, and goes on itself', async () => {
    const faults: unknown[] = [];
    const parent = system.spawn('parent', {
      ...counter({
        onChildFault: (error, message, _context, child) => (
          faults.push([String(error), message, child.path]), 'stopChild'
        ),
      }),
      receive: (state: number, message: Job, context) => {
        if (message.type === 'add') tell(context.spawn(`child-${message.by}`, counter()), { type: 'fail' });
        else if (message.type === 'get') tell(message.replyTo, state + 1);
        return state + 1;
      },
    });

    tell(parent, { type: 'add', by: 1 });
    await settle();

    expect(faults).to.deep.equal([['Error: asked to fail', { type: 'fail' }, '/parent/child-1']]);
    expect(eventsOf('stopped')).to.deep.equal(['/parent/child-1']);
    expect(await valueOf(parent)).to.equal(2);
    expect(fatal).to.deep.equal([]);
  });

  const fatalCases: readonly [string, Partial<Behavior<number, Job>>][] = [
    ['throws', {}],
    ['rejects', { receive: () => Promise.reject(new Error('asked to fail')) }],
    ['throws undefined', { receive: () => Promise.reject(undefined) }],
    ['returns no state', { receive: (() => undefined) as never }],
    [
      'has a policy that throws',
      {
        onOwnFault: () => {
          throw new Error('policy');
        },
      },
    ],
    ['has a policy that answers nonsense', { onOwnFault: (() => 'resume') as never }],
  ];
  for (const [title, over] of fatalCases) {
    it(`reports a top-level actor that ${title} as fatal, and stops it`, async () => {
      const target = system.spawn('target', counter(over));

      tell(target, { type: 'fail' });
      await settle();

      expect(fatal.map(({ path }) => path)).to.deep.equal(['/target']);
      expect(system.nodes()).to.deep.equal([]);
    });
  }

  it('escalates through a parent whose policy throws', async () => {
    const parent = system.spawn('parent', {
      ...counter({
        onChildFault: () => {
          throw new Error('policy');
        },
      }),
      receive: (state: number, _message: Job, context) => (
        tell(context.spawn('child', counter()), { type: 'fail' }), state
      ),
    });

    tell(parent, { type: 'add', by: 1 });
    await settle();

    expect(fatal.map(({ path }) => path)).to.deep.equal(['/parent']);
    expect(eventsOf('stopped')).to.deep.equal(['/parent/child', '/parent']);
  });

  for (const [title, isRejected] of [
    ['ends', false],
    ['rejects', true],
  ] as const) {
    it(`voids a handler that ${title} after its actor was stopped`, async () => {
      let release: () => void = () => undefined;
      let signal: AbortSignal | undefined;
      const states: number[] = [];
      const target = system.spawn(
        'target',
        counter({
          receive: async (_state, _message, context) => {
            signal = context.signal;
            await new Promise<void>((resolve) => {
              release = resolve;
            });
            if (isRejected) throw new Error('too late');
            return 99;
          },
          afterStop: (state) => {
            states.push(state);
          },
        }),
      );
      tell(target, { type: 'add', by: 1 });
      await settle();

      await system.stop();
      release();
      await settle();

      expect(signal?.aborted).to.equal(true);
      expect(states).to.deep.equal([0]);
      expect(eventsOf('late')).to.deep.equal(['/target']);
      expect(fatal).to.deep.equal([]);
    });
  }

  it('rejects a question at once when its target stops or does not run, and in time when it never answers', async () => {
    const silent = system.spawn('silent', counter({ receive: (state) => state }));
    const codeOf = (question: Promise<unknown>): Promise<unknown> =>
      question.then(
        () => 'answered',
        (error: { code: string }) => error.code,
      );

    const late = await codeOf(ask<Job, number>(silent, (replyTo) => ({ type: 'get', replyTo }), 5));
    const open = codeOf(ask<Job, number>(silent, (replyTo) => ({ type: 'get', replyTo }), 2 ** 40));
    await system.stop();
    const after = await codeOf(valueOf(silent));

    expect([late, await open, after]).to.deep.equal(['MR_ERR_ASK_TIMEOUT', 'MR_ERR_ASK_STOPPED', 'MR_ERR_ASK_STOPPED']);
  });

  it('ends the timer of a question that cannot even be built', async () => {
    const target = system.spawn('target', counter());
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    await settle(); // mocha has a timer of its own
    const before = timers();

    const answer = await ask<Job, number>(
      target,
      () => {
        throw new Error('no question');
      },
      60_000,
    ).catch((error: Error) => error.message);

    expect([answer, timers()]).to.deep.equal(['no question', before]);
  });

  it('shows each actor with its mailbox, its count and its last fault', async () => {
    const target = system.spawn('target', counter());
    const probe = spawnProbe<number>(system, 'probe');
    tell(target, { type: 'add', by: 1 });
    tell(target, { type: 'get', replyTo: probe.ref });
    const before = system.nodes()[1];
    await probe.waitFor(() => true);
    await settle();
    const after = system.nodes()[1];

    expect({ ...before, incarnation: 0 }).to.deep.equal({
      path: '/target',
      name: 'target',
      parent: null,
      status: 'idle',
      incarnation: 0,
      mailbox: 2,
      handled: 0,
      lastMs: null,
      lastError: null,
    });
    expect([after?.mailbox, after?.handled, after?.status]).to.deep.equal([0, 2, 'idle']);
    expect(after?.lastMs).to.be.a('number');
  });

  it('is not disturbed by a listener that throws', async () => {
    system.tap(() => {
      throw new Error('observer');
    });
    const target = system.spawn('target', counter());

    tell(target, { type: 'add', by: 3 });

    expect(await valueOf(target)).to.equal(3);
  });

  it('lets the compiler refuse wrong messages, widened references and texts for references', () => {
    const target = system.spawn('target', counter());
    const unchecked = (): void => {
      // @ts-expect-error a message that is not in the inbox
      tell(target, { type: 'unknown' });
      // @ts-expect-error a reference to a wider inbox
      const widened: ActorRef<Job | string> = target;
      // @ts-expect-error a path is no reference
      tell('/target', { type: 'fail' });
      tell(widened, 'text');
    };

    expect(unchecked).to.be.a('function');
  });
});
