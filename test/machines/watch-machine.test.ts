import { expect } from 'chai';
import fc from 'fast-check';
import type { SnapshotFrom } from 'xstate';
import { createTestModel, getShortestPaths } from 'xstate/graph';
import { standingOf, step } from '../../src/machines/standing.js';
import {
  FAR_BEHIND_BYTES,
  NOTHING_WATCHED,
  restoredCounters,
  savedCounters,
  type WatchCounters,
  type WatchEmitted,
  type WatchEvent,
  watchMachine,
} from '../../src/machines/watch-machine.js';

/** Events by one word; a backlog of one chunk is not caught up, and 64 MiB are not too far behind. */
const EVENTS = {
  start: { type: 'watch.started' },
  recover: { type: 'store.recovered' },
  small: { type: 'backlog.measured', bytes: 99 },
  chunk: { type: 'backlog.measured', bytes: 100 },
  large: { type: 'backlog.measured', bytes: FAR_BEHIND_BYTES },
  huge: { type: 'backlog.measured', bytes: FAR_BEHIND_BYTES + 1 },
  commit: { type: 'chunk.committed', bytes: 10, lines: 2, quarantined: 1 },
  void: { type: 'chunk.voided' },
  reroute: { type: 'chunk.rerouted' },
  abandon: { type: 'chunk.abandoned' },
  pause: { type: 'watch.paused' },
  resume: { type: 'watch.resumed' },
  fail: { type: 'watch.failed', code: 'MR_ERR_STORE_FAILED' },
  retry: { type: 'watch.retried' },
  stop: { type: 'stop.requested' },
  drain: { type: 'watch.drained' },
} as const satisfies Record<string, WatchEvent>;
type Word = keyof typeof EVENTS;
const ALL = Object.keys(EVENTS) as Word[]; // of the object above

function run(words: readonly Word[], counters: WatchCounters = NOTHING_WATCHED) {
  const emitted: WatchEmitted[] = [];
  const states: string[] = [];
  let standing = standingOf(watchMachine, { chunkBytes: 100, counters });
  for (const word of words) {
    const next = step(watchMachine, standing, EVENTS[word]);
    standing = JSON.parse(JSON.stringify(next.standing)) as typeof standing; // it is plain JSON at any time
    emitted.push(...next.emitted);
    states.push(standing.state);
  }
  return { emitted, states: states.join(' '), standing };
}

describe('machines/watch', () => {
  const stories: readonly [string, readonly Word[], string][] = [
    [
      'catches up until the backlog is below one chunk, and again when it is above 64 MiB',
      ['start', 'recover', 'chunk', 'small', 'large', 'huge', 'large', 'small'],
      'recovering catchingUp catchingUp following following catchingUp catchingUp following',
    ],
    [
      'pauses and resumes by catching up',
      ['start', 'recover', 'pause', 'small', 'resume', 'small', 'pause'],
      'recovering catchingUp paused paused catchingUp following paused',
    ],
    [
      'is degraded until it is tried again, from anywhere',
      ['fail', 'fail', 'retry', 'fail', 'retry', 'recover'],
      'degraded degraded recovering degraded recovering catchingUp',
    ],
    [
      'is still paused after a failure',
      ['start', 'recover', 'pause', 'fail', 'retry', 'recover', 'resume'],
      'recovering catchingUp paused degraded recovering paused catchingUp',
    ],
    [
      'takes a pause and its end while it cannot pause',
      ['start', 'pause', 'recover', 'fail', 'resume', 'retry', 'recover'],
      'recovering recovering paused degraded degraded recovering catchingUp',
    ],
    ['drains and stops, from anywhere', ['fail', 'stop', 'stop', 'drain'], 'degraded draining draining stopped'],
    ['stays stopped', ['stop', 'drain', 'stop', 'fail', 'start'], 'draining stopped stopped stopped stopped'],
    ['stops where it fails while it drains', ['start', 'stop', 'fail', 'retry'], 'recovering draining stopped stopped'],
  ];
  for (const [title, words, states] of stories) {
    it(title, () => {
      expect(run(words).states).to.equal(states);
    });
  }

  it('tells what becomes of it, each once', () => {
    const words: readonly Word[] = ['start', 'recover', 'small', 'huge', 'fail', 'fail', 'retry', 'recover', 'stop'];
    const before: readonly WatchEmitted[] = [
      { type: 'watch.caughtUp' },
      { type: 'watch.fellBehind', bytes: FAR_BEHIND_BYTES + 1 },
      { type: 'watch.degraded', code: 'MR_ERR_STORE_FAILED' },
    ];

    expect(run([...words, 'drain']).emitted).to.deep.equal([...before, { type: 'watch.ended', fault: null }]);
    expect(run([...words, 'fail']).emitted).to.deep.equal([
      ...before,
      { type: 'watch.ended', fault: 'MR_ERR_STORE_FAILED' },
    ]);
  });

  it('counts on from what was saved', () => {
    const words: readonly Word[] = ['start', 'recover', 'commit', 'void', 'reroute', 'abandon'];
    const { counters } = run(words).standing.context;
    const once = {
      chunks: 1,
      bytes: 10,
      lines: 2,
      voided: 1,
      retried: 1,
      quarantined: 1,
      abandoned: 1,
      incarnations: 1,
    };

    const twice = run(words, restoredCounters(savedCounters(counters))).standing.context.counters;

    expect(counters).to.deep.equal(once);
    expect(Object.entries(twice)).to.deep.equal(Object.entries(once).map(([name, count]) => [name, 2 * count]));
    expect([restoredCounters(''), restoredCounters('{"version":0}')]).to.deep.equal([NOTHING_WATCHED, NOTHING_WATCHED]);
  });

  it('never counts backwards, ends once, and is paused, degraded or ended only with the mark of it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL), { maxLength: 40 }), (words) => {
        const [before, after] = [run(words.slice(0, -1)), run(words)];

        const { state, context } = after.standing;
        for (const name of Object.keys(NOTHING_WATCHED) as (keyof WatchCounters)[]) {
          expect(context.counters[name]).to.be.at.least(before.standing.context.counters[name]);
        }
        if (state === 'paused') expect(context.isPaused).to.equal(true);
        if (state === 'catchingUp' || state === 'following')
          expect([context.isPaused, context.fault]).to.deep.equal([false, null]);
        if (state === 'degraded') expect(context.fault).to.equal('MR_ERR_STORE_FAILED');
        expect(after.emitted.filter(({ type }) => type === 'watch.ended').length).to.equal(state === 'stopped' ? 1 : 0);
      }),
    );
  });

  const sum = ({ context }: SnapshotFrom<typeof watchMachine>): number =>
    Object.values(context.counters).reduce((total: number, count: number) => total + count, 0);
  const modelled = {
    events: ALL.map((word): WatchEvent => EVENTS[word]),
    input: { chunkBytes: 100, counters: NOTHING_WATCHED },
    stopWhen: (state: SnapshotFrom<typeof watchMachine>) => state.status === 'done' || sum(state) > 2,
  };

  it('reaches each of its states, and no other, by model', () => {
    const states = getShortestPaths(watchMachine, modelled).map(({ state }) => state.value);

    expect([...new Set(states)].sort()).to.deep.equal(
      ['starting', 'recovering', 'catchingUp', 'following', 'paused', 'degraded', 'draining', 'stopped'].sort(),
    );
  });

  it('agrees with its test model on every path, stepped without an actor', () => {
    const paths = createTestModel(watchMachine).getShortestPaths(modelled);

    expect(paths.length).to.be.greaterThan(20);
    for (const { steps, state } of paths) {
      let standing = standingOf(watchMachine, modelled.input);
      for (const { event } of steps) {
        if (!event.type.startsWith('xstate.')) standing = step(watchMachine, standing, event as WatchEvent).standing;
      }
      expect(standing).to.deep.equal({ state: state.value, context: state.context });
    }
  });
});
