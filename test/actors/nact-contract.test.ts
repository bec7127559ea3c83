/**
 * Pins the defects of bare nact 7.6.2 that `src/actors/system.ts` cures (docs/decisions/0007 has the list): another
 * version shows here what it changed, and which cure can go. One test each, so the file is long.
 */
import { expect } from 'chai';
import * as nact from 'nact';
import { settle } from '../support/settle.js';
import { strayRejections } from '../support/stray-rejections.js';

type Ref = nact.Ref<unknown>;
type Receive<State> = (
  state: State,
  message: string,
  context: nact.ActorContext<string, Ref>,
) => State | Promise<State>;
type Props<State> = nact.ActorProps<State, string, Ref>;

let systems = 0;

/** A name for a system: they are global to the process (D15). */
function nameAnew(): string {
  systems += 1;
  return `contract-${systems}`;
}

/** The form of `start` that takes a name is not in the types (D15). */
function startNamed(name: string): Ref {
  return (nact.start as unknown as (config: { readonly name: string }) => Ref)({ name });
}

/** `nact.spawn` with messages that are texts. */
function spawn<State>(parent: Ref, name: string, receive: Receive<State>, props: Props<State> = {}): Ref {
  return nact.spawn(parent, receive, name, props);
}

function tellAll(target: Ref, ...messages: readonly string[]): void {
  for (const message of messages) nact.dispatch(target, message);
}

/** A handler that notes what it gets, and throws at `fail`. */
function noting(handled: string[]): Receive<null> {
  return (state, message) => {
    if (message === 'fail') throw new Error('asked to fail');
    handled.push(message);
    return state;
  };
}

/** A door that a handler waits at until the test opens it. */
function door(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Resolves with what came first: the settlement of `event`, or a timer of our own. */
function firstOf(event: Promise<unknown>, name: string, withinMs: number): Promise<string> {
  return Promise.race([
    event.then(
      () => name,
      () => name,
    ),
    new Promise<string>((resolve) => setTimeout(resolve, withinMs, 'nothing')),
  ]);
}

/** What nact itself prints while `run` goes on: lines of `console.log`. */
async function printed(run: () => Promise<void>): Promise<number> {
  const { log } = console;
  let lines = 0;
  console.log = () => {
    lines += 1;
  };
  try {
    await run();
  } finally {
    console.log = log;
  }
  return lines;
}

describe('nact 7.6.2, bare', () => {
  let system: Ref;

  beforeEach(() => {
    system = startNamed(nameAnew());
  });

  afterEach(() => nact.stop(system));

  it('D1: a stop leaves the actors below at work, and calls no afterStop of theirs', async () => {
    const handled: string[] = [];
    const stopped: string[] = [];
    const noteStop = (name: string): Props<null> => ({ afterStop: () => void stopped.push(name) });
    const parent = spawn(system, 'parent', noting(handled), noteStop('parent'));
    const child = spawn(parent, 'child', noting(handled), noteStop('child'));
    const top = spawn(system, 'top', noting(handled), noteStop('top'));

    tellAll(child, 'one', 'two');
    nact.stop(parent);
    tellAll(top, 'three', 'four');
    nact.stop(system);
    await settle();

    expect({ handled, stopped }).to.deep.equal({ handled: ['one', 'three', 'two', 'four'], stopped: ['parent'] });
  });

  it('D2: a parent that answers an escalation with resume runs two handlers at once; the child stays frozen', async () => {
    const handled: string[] = [];
    let running = 0;
    let most = 0;
    let last = 0;
    const parent = spawn<number>(
      system,
      'parent',
      async (state) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return state + 1;
      },
      {
        initialState: 0,
        onCrash: (_message, _error, context) => context.resume,
        afterStop: (state) => {
          last = state;
        },
      },
    );
    const child = spawn(parent, 'child', noting(handled), { onCrash: (_message, _error, context) => context.escalate });

    tellAll(parent, 'one', 'two', 'three', 'four', 'five');
    tellAll(child, 'fail', 'later');
    await settle();
    nact.stop(parent);
    await settle();

    expect({ most, isShort: last < 5, handled }).to.deep.equal({ most: 2, isShort: true, handled: [] });
  });

  it('D3: an answer about children to an own fault, or a policy that throws, hangs the actor', async () => {
    const outcomes: Record<string, { handled: string[]; strays: string[] }> = {};
    const policies: readonly [string, NonNullable<Props<null>['onCrash']>][] = [
      ['resume', (_message, _error, context) => context.resume],
      ['stopAllChildren', (_message, _error, context) => context.stopAllChildren],
      ['resetAllChildren', (_message, _error, context) => context.resetAllChildren],
      ['stopChild', (_message, _error, context) => context.stopChild],
      ['resetChild', (_message, _error, context) => context.resetChild],
      ['rejects', () => Promise.reject(new RangeError('policy'))],
    ];
    for (const [name, onCrash] of policies) {
      const handled: string[] = [];
      const strays = await strayRejections(() =>
        tellAll(spawn(system, name, noting(handled), { onCrash }), 'fail', 'later'),
      );
      outcomes[name] = { handled, strays };
    }

    expect(outcomes).to.deep.equal({
      resume: { handled: ['later'], strays: [] },
      stopAllChildren: { handled: [], strays: [] },
      resetAllChildren: { handled: [], strays: [] },
      stopChild: { handled: [], strays: ['TypeError'] },
      resetChild: { handled: [], strays: ['TypeError'] },
      rejects: { handled: [], strays: ['RangeError'] },
    });
  });

  it('D4: reset with an initial state that keeps throwing lets nothing else happen', async () => {
    let attempts = 0;
    let attemptsAtFirstTurn = 0;
    setImmediate(() => {
      attemptsAtFirstTurn = attempts;
    });

    spawn<null>(system, 'phoenix', (state) => state, {
      initialStateFunc: () => {
        attempts += 1;
        if (attempts < 5000) throw new Error('no state'); // without a limit it would not end
        return null;
      },
      onCrash: (_message, _error, context) => context.reset,
    });
    await settle();

    expect(attemptsAtFirstTurn).to.equal(5000);
  });

  it('D5: an initial state is not awaited, and one that throws can be resumed without any', async () => {
    const states: unknown[] = [];
    const crashedAt: unknown[] = [];
    const note: Receive<unknown> = (state) => {
      states.push(state instanceof Promise ? 'a promise' : state);
      return null;
    };

    const strays = await strayRejections(() => {
      const async = spawn(system, 'async', note, { initialStateFunc: () => Promise.reject(new RangeError('late')) });
      const broken = spawn(system, 'broken', note, {
        initialStateFunc: () => {
          throw new Error('no state');
        },
        onCrash: (message, _error, context) => {
          crashedAt.push(message);
          return context.resume;
        },
      });
      tellAll(async, 'one');
      tellAll(broken, 'one');
    });

    expect({ states, crashedAt, strays }).to.deep.equal({
      states: ['a promise', undefined],
      crashedAt: [undefined],
      strays: ['RangeError'],
    });
  });

  it('D6: a handler outlives the stop of its actor: it dispatches, and its fault stops the actor again', async () => {
    const { opened, open } = door();
    const results: string[] = [];
    const stopped: string[] = [];
    const parents: unknown[] = [];
    const sink = spawn(system, 'sink', noting(results));
    const spawnLate = (name: string, answer: 'escalate' | 'stop'): Ref =>
      spawn<string>(
        system,
        name,
        async (_state, message) => {
          await opened;
          if (message === 'fail') throw new Error('too late');
          tellAll(sink, `late ${name}`);
          return 'new';
        },
        {
          initialState: 'old',
          afterStop: (state) => void stopped.push(`${name} ${state}`),
          onCrash: (_message, _error, context) => {
            parents.push(context.parent);
            return context[answer];
          },
        },
      );

    const strays = await strayRejections(async () => {
      for (const [name, answer, message] of [
        ['ends', 'stop', 'work'],
        ['fails', 'stop', 'fail'],
        ['escalates', 'escalate', 'fail'],
      ] as const) {
        const late = spawnLate(name, answer);
        tellAll(late, message);
        await settle();
        nact.stop(late);
      }
      await settle();
      open();
    });

    expect({ results, stopped, parents, strays }).to.deep.equal({
      results: ['late ends'],
      stopped: ['ends old', 'fails old', 'escalates old', 'fails old'],
      parents: [undefined, undefined],
      strays: ['TypeError'],
    });
  });

  it('D7: a reference leads to whoever has the name: old references and slow answers hit the successor', async () => {
    const handled: string[] = [];
    const stopped: string[] = [];
    const noteStop = (name: string): Props<null> => ({ afterStop: () => void stopped.push(name) });
    const old = spawn(system, 'name', noting([]), noteStop('old'));
    nact.stop(old);
    spawn(system, 'name', noting(handled), noteStop('new'));
    tellAll(old, 'to the old one');
    await settle();
    nact.stop(old);

    const { opened, open } = door();
    const parent = spawn(system, 'parent', noting([]), {
      onCrash: (_message, _error, context) => opened.then(() => context.stopChild),
    });
    const first = spawn(parent, 'child', noting([]), { onCrash: (_message, _error, context) => context.escalate });
    tellAll(first, 'fail');
    await settle();
    nact.stop(first);
    spawn(parent, 'child', noting([]), noteStop('new child'));
    open();
    await settle();

    expect({ handled, stopped }).to.deep.equal({
      handled: ['to the old one'],
      stopped: ['old', 'new', 'new child'],
    });
  });

  it('D8: spawnStateless asks no policy: faults vanish', async () => {
    const handled: string[] = [];
    const crashes: unknown[] = [];
    const props: nact.StatelessActorProps<string, Ref> = {
      onCrash: (_message, error, context) => {
        crashes.push(error);
        return context.stop;
      },
    };
    const handle = noting(handled);
    const stateless = nact.spawnStateless(
      system,
      (message: string, context) => void handle(null, message, context),
      'stateless',
      props,
    );

    tellAll(stateless, 'fail', 'later');
    await settle();

    expect({ handled, crashes }).to.deep.equal({ handled: ['later'], crashes: [] });
  });

  it('D9: a spawn that throws leaves a zombie, which keeps the name', () => {
    const spawnWith = (props: Props<null>) => () => spawn(system, 'zombie', noting([]), props);

    expect(spawnWith({ shutdownAfter: 'soon' as never })).to.throw('Shutdown should be specified as a number');
    expect(spawnWith({})).to.throw('already exists');
  });

  it('D10: times from 2^31 ms on, and Infinity, are taken for none at all', async () => {
    const outcomes: string[] = [];
    for (const milliseconds of [2 ** 31, 3e9, Number.POSITIVE_INFINITY]) {
      const asked: Ref[] = [];
      const silent = spawn(system, `silent-${milliseconds}`, noting([]));
      const answer = nact.query(silent, (replyTo: Ref) => (asked.push(replyTo), 'question'), milliseconds);
      outcomes.push(await firstOf(answer, 'timed out', 20));
      for (const replyTo of asked) tellAll(replyTo, 'answer'); // ends a timer that was not fooled
    }
    const hasStopped = door();
    const brief = spawn(system, 'brief', noting([]), {
      shutdownAfter: Number.POSITIVE_INFINITY,
      afterStop: hasStopped.open,
    });
    outcomes.push(await firstOf(hasStopped.opened, 'stopped', 20));
    nact.stop(brief);

    expect(outcomes).to.deep.equal(['timed out', 'timed out', 'timed out', 'stopped']);
  });

  it('D11: an idle actor that is resumed forgets its first shutdown timer, which stops it at work', async () => {
    const log: string[] = [];
    const hasStopped = door();
    const sleepy = spawn<null>(
      system,
      'sleepy',
      async (state) => {
        log.push('begin');
        await firstOf(hasStopped.opened, 'stopped', 300);
        log.push('end');
        return state;
      },
      {
        shutdownAfter: 50,
        initialStateFunc: () => {
          throw new Error('no state');
        },
        onCrash: (_message, _error, context) => context.resume,
        afterStop: () => {
          log.push('stopped');
          hasStopped.open();
        },
      },
    );

    await settle(); // the answer of the policy sets a second timer over the first
    tellAll(sleepy, 'work');
    await hasStopped.opened;
    await settle();

    expect(log).to.deep.equal(['begin', 'stopped', 'end']);
  });

  it('D12: each message costs a copy of the map of children', async () => {
    const seen: ReadonlyMap<string, unknown>[] = [];
    const parent = spawn<null>(system, 'parent', (state, _message, { children }) => {
      seen.push(children);
      return state;
    });
    for (let child = 0; child < 100; child += 1) spawn(parent, `child-${child}`, noting([]));

    tellAll(parent, 'one', 'two');
    await settle();

    expect(seen.map(({ size }) => size)).to.deep.equal([100, 100]);
    expect(new Set(seen).size).to.equal(2);
  });

  it('D13: a mailbox takes any number of messages, and says nothing to their sender', async () => {
    let waiting = 0;
    const slow = spawn(system, 'slow', noting([]), {
      afterStop: (_state, { mailbox }) => {
        waiting = mailbox.length;
      },
    });

    for (let count = 0; count < 10_000; count += 1) nact.dispatch(slow, 'more');
    nact.stop(slow);
    await settle();

    expect(waiting).to.equal(9999);
  });

  it('D14: what can be imported is not what the types declare', () => {
    const added = ['default', 'module.exports']; // by Node, not by nact
    const names = Object.keys(nact).filter((name) => !added.includes(name));

    expect(names.sort()).to.deep.equal([
      'Nobody',
      'configurePersistence',
      'dispatch',
      'logNothing',
      'logToConsole',
      'persistentQuery',
      'query',
      'spawn',
      'spawnPersistent',
      'spawnStateless',
      'start',
      'stop',
    ]); // neither the declared `Ref`, `ActorPath`, `ActorSystem`, `configureLogging` nor `seconds` and its like
  });

  it('D15: start ignores a name in its typed form, and systems of one name cut each other off', async () => {
    const [unnamed, shared] = [nameAnew(), nameAnew()];
    const ignoring = nact.start(unnamed);
    const handled: string[] = [];
    const spawnIn = (parent: Ref, name: string): Ref => spawn(parent, name, noting(handled));
    const first = startNamed(shared);
    const inFirst = spawnIn(first, 'first');
    const inSecond = spawnIn(startNamed(shared), 'second');

    tellAll(inFirst, 'to the first');
    tellAll(inSecond, 'to the second');
    await settle();
    nact.stop(first);
    tellAll(inSecond, 'to the second, later');
    await settle();
    nact.stop(ignoring);

    expect((ignoring as { readonly name?: string }).name).to.not.equal(unnamed);
    expect(handled).to.deep.equal(['to the second']);
  });

  it('D16: without a policy a fault is printed to stdout, and the actor stopped', async () => {
    const handled: string[] = [];
    const usual = spawn(system, 'usual', noting(handled));
    const escalating = spawn(system, 'escalating', noting(handled), {
      onCrash: (_message, _error, context) => context.escalate,
    });

    const lines = await printed(async () => {
      tellAll(usual, 'fail', 'later');
      tellAll(escalating, 'fail', 'later');
      await settle();
    });

    expect({ lines, handled }).to.deep.equal({ lines: 2, handled: [] });
  });
});
