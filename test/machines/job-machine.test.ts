import { expect } from 'chai';
import fc from 'fast-check';
import { createActor, type Snapshot, type SnapshotFrom } from 'xstate';
import { createTestModel, getShortestPaths } from 'xstate/graph';
import { chunksOwed, type JobEmitted, type JobEvent, jobMachine } from '../../src/machines/job-machine.js';

const MERGED: JobEvent = { type: 'chunk.merged', bytes: 10, lines: 2, quarantined: 0 };
const ALL_EVENTS: readonly JobEvent[] = [
  { type: 'job.started' },
  { type: 'plan.completed', files: 1 },
  { type: 'source.drained', chunks: 2 },
  MERGED,
  { type: 'chunk.duplicated' },
  { type: 'chunk.rerouted' },
  { type: 'chunk.split', parts: 2 },
  { type: 'chunk.abandoned' },
  { type: 'job.paused' },
  { type: 'job.resumed' },
  { type: 'job.cancelled' },
  { type: 'job.failed', reason: 'restart budget' },
];

/** Runs a job over `events`, from the start or from a saved snapshot; the outcomes that it announced, and how it stands. */
function run(events: readonly JobEvent[], from?: Snapshot<unknown>) {
  const job = createActor(jobMachine, from === undefined ? {} : { snapshot: from });
  const ended: JobEmitted[] = [];
  job.on('job.ended', (event) => ended.push(event));
  job.start();
  for (const event of events) job.send(event);
  const saved = JSON.parse(JSON.stringify(job.getPersistedSnapshot())) as Snapshot<unknown>;
  return { ended, snapshot: job.getSnapshot(), saved };
}

/** Bounds the state space of the model: an ended job goes nowhere, and three counted events show all there is. */
function isFarEnough({ status, context }: SnapshotFrom<typeof jobMachine>): boolean {
  const { merged, abandoned, split, retried, duplicates } = context;
  return status === 'done' || merged + abandoned + split + retried + duplicates > 2;
}

/** The events of the shortest path to each state, counters included, that the bounded model reaches. */
function pathsToAllStates(): JobEvent[][] {
  const paths = getShortestPaths(jobMachine, { events: ALL_EVENTS, stopWhen: isFarEnough, limit: 20_000 });
  return paths.map(({ steps }) => steps.flatMap(({ event }) => (event.type.startsWith('xstate.') ? [] : [event])));
}

const STATES = ['idle', 'planning', 'running', 'paused', 'draining', 'completed', 'degraded', 'failed', 'cancelled'];
const ENDS = ['completed', 'degraded', 'failed', 'cancelled'];

const STARTED: readonly JobEvent[] = [{ type: 'job.started' }, { type: 'plan.completed', files: 1 }];

describe('machines/job', () => {
  const stories: readonly [string, readonly JobEvent[], string][] = [
    [
      'completes when the last chunk is merged',
      [...STARTED, MERGED, { type: 'source.drained', chunks: 2 }, MERGED],
      'completed',
    ],
    ['completes at once when there is nothing to do', [...STARTED, { type: 'source.drained', chunks: 0 }], 'completed'],
    [
      'ends degraded with an abandoned chunk',
      [...STARTED, { type: 'source.drained', chunks: 1 }, { type: 'chunk.abandoned' }],
      'degraded',
    ],
    [
      'waits for all parts of a split chunk',
      [...STARTED, { type: 'source.drained', chunks: 1 }, { type: 'chunk.split', parts: 3 }, MERGED, MERGED],
      'draining',
    ],
    [
      'completes when the parts of a split chunk are merged',
      [...STARTED, { type: 'source.drained', chunks: 1 }, { type: 'chunk.split', parts: 3 }, MERGED, MERGED, MERGED],
      'completed',
    ],
    [
      'stays paused with nothing left to settle',
      [...STARTED, { type: 'job.paused' }, MERGED, { type: 'source.drained', chunks: 1 }],
      'paused',
    ],
    [
      'ends after a pause',
      [...STARTED, { type: 'job.paused' }, MERGED, { type: 'source.drained', chunks: 1 }, { type: 'job.resumed' }],
      'completed',
    ],
    [
      'is not ended by a duplicate',
      [...STARTED, { type: 'source.drained', chunks: 2 }, MERGED, { type: 'chunk.duplicated' }],
      'draining',
    ],
    ['is cancelled from anywhere', [{ type: 'job.started' }, { type: 'job.cancelled' }], 'cancelled'],
    ['fails from anywhere', [{ type: 'job.failed', reason: 'x' }], 'failed'],
  ];
  for (const [title, events, state] of stories) {
    it(title, () => {
      expect(run(events).snapshot.value).to.equal(state);
    });
  }

  it('announces its end exactly once, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL_EVENTS), { maxLength: 40 }), (events) => {
        const { ended, snapshot } = run(events);

        expect(snapshot.status).to.be.oneOf(['active', 'done']);
        expect(ended).to.deep.equal(snapshot.status === 'done' ? [{ type: 'job.ended', outcome: snapshot.value }] : []);
      }),
    );
  });

  it('counts every chunk once, whatever the order of results', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(MERGED, { type: 'chunk.abandoned' } as const), { maxLength: 30 }),
        (results) => {
          const { snapshot } = run([...STARTED, ...results, { type: 'source.drained', chunks: results.length }]);

          const losses = results.filter((result) => result.type === 'chunk.abandoned').length;
          expect(snapshot.value).to.equal(losses > 0 ? 'degraded' : 'completed');
          expect(snapshot.context.lines).to.equal((results.length - losses) * 2);
          expect(chunksOwed(snapshot.context)).to.equal(0);
        },
      ),
    );
  });

  it('reaches each of its states, and no other, by model', () => {
    const reached = pathsToAllStates().map((events) => String(run(events).snapshot.value));

    expect([...new Set(reached)].sort()).to.deep.equal([...STATES].sort());
  });

  it('leaves its states at no event, and an end not at all, wherever it is', () => {
    for (const events of pathsToAllStates()) {
      const before = run(events);
      const isEnd = ENDS.includes(before.snapshot.value);

      for (const event of ALL_EVENTS) {
        const after = run([...events, event]);
        expect(STATES).to.include(after.snapshot.value);
        if (isEnd) expect([after.ended, after.saved]).to.deep.equal([before.ended, before.saved]);
      }
      expect(before.ended).to.have.length(isEnd ? 1 : 0);
    }
  });

  it('goes on alike from a snapshot that was saved at any step of any path', () => {
    for (const events of pathsToAllStates()) {
      const whole = run(events);
      for (let step = 0; step <= events.length; step += 1) {
        const first = run(events.slice(0, step));
        const second = run(events.slice(step), first.saved);

        expect([...first.ended, ...second.ended]).to.deep.equal(whole.ended);
        expect(second.snapshot.value).to.equal(whole.snapshot.value);
        expect(second.snapshot.context).to.deep.equal(whole.snapshot.context);
      }
    }
  });

  it('agrees with its test model on every path to an end', async () => {
    const model = createTestModel(jobMachine);
    const paths = model.getShortestPaths({
      events: ALL_EVENTS,
      toState: (state) => state.status === 'done',
      stopWhen: isFarEnough,
      limit: 20_000,
    });

    expect(paths.length).to.be.greaterThan(10);
    for (const path of paths) {
      const { ended, snapshot } = run(
        path.steps.map((step) => step.event).filter((event) => !event.type.startsWith('xstate.')) as JobEvent[],
      );
      expect(snapshot.value).to.deep.equal(path.state.value);
      expect(snapshot.context).to.deep.equal(path.state.context);
      expect(ended).to.have.length(1);
    }
  });

  it('goes on from a persisted snapshot', () => {
    const events: readonly JobEvent[] = [
      ...STARTED,
      MERGED,
      { type: 'job.paused' },
      MERGED,
      { type: 'job.resumed' },
      { type: 'source.drained', chunks: 3 },
    ];
    const first = createActor(jobMachine).start();
    events.slice(0, 4).forEach((event) => first.send(event));
    const saved = JSON.parse(JSON.stringify(first.getPersistedSnapshot()));

    const second = createActor(jobMachine, { snapshot: saved }).start();
    events.slice(4).forEach((event) => second.send(event));

    expect(second.getSnapshot().value).to.equal('draining');
    expect(second.getSnapshot().context).to.deep.equal(run(events).snapshot.context);
    second.send(MERGED);
    expect(second.getSnapshot().value).to.equal('completed');
  });
});
