import { expect } from 'chai';
import type { SnapshotFrom } from 'xstate';
import { createTestModel, getShortestPaths } from 'xstate/graph';
import { standingOf, step } from '../../src/machines/standing.js';
import { type WindowEmitted, type WindowEvent, windowMachine } from '../../src/machines/window-machine.js';

const WINDOW = { startAt: 0, endAt: 10_000 };
const counted = (lines: number): WindowEvent => ({ type: 'window.counted', lines, requests: 1, errors: 0 });
const passed = (watermark: number, closedThrough: number): WindowEvent => ({
  type: 'time.passed',
  watermark,
  closedThrough,
});
const EVENTS = [counted(2), passed(9999, 0), passed(10_000, 0), passed(15_000, 10_000)];
const modelled = {
  events: EVENTS,
  input: WINDOW,
  stopWhen: ({ context }: SnapshotFrom<typeof windowMachine>) => context.lines > 6,
};

function run(events: readonly WindowEvent[]) {
  const emitted: WindowEmitted[] = [];
  const states: string[] = [];
  let standing = standingOf(windowMachine, WINDOW);
  for (const event of events) {
    const next = step(windowMachine, standing, event);
    standing = JSON.parse(JSON.stringify(next.standing)) as typeof standing; // it is plain JSON at any time
    emitted.push(...next.emitted);
    states.push(standing.state);
  }
  return { emitted, states, standing };
}

describe('machines/window', () => {
  it('closes by the watermark, and is corrected by whoever comes then', () => {
    const { emitted, states, standing } = run([
      counted(2),
      passed(9999, 0),
      passed(10_000, 0),
      counted(3),
      passed(15_000, 10_000),
      counted(4),
    ]);

    expect(states).to.deep.equal(['open', 'open', 'closing', 'closing', 'closed', 'closed']);
    expect(emitted).to.deep.equal([
      { type: 'window.closed', ...WINDOW, lines: 5, requests: 2, errors: 0 },
      { type: 'window.corrected', ...WINDOW, lines: 4, requests: 1, errors: 0 },
    ]);
    expect(standing.context).to.deep.equal({ ...WINDOW, lines: 9, requests: 3, errors: 0, corrections: 1 });
  });

  it('passes through at once when it is long over', () => {
    expect(run([counted(2), passed(99_000, 90_000)]).states).to.deep.equal(['open', 'closed']);
  });

  it('reaches each of its states, and no other, by model', () => {
    const states = getShortestPaths(windowMachine, modelled).map(({ state }) => state.value);

    expect([...new Set(states)].sort()).to.deep.equal(['closed', 'closing', 'open']);
  });

  it('agrees with its test model on every path, stepped without an actor', () => {
    const paths = createTestModel(windowMachine).getShortestPaths(modelled);

    expect(paths.length).to.be.greaterThan(10);
    for (const { steps, state } of paths) {
      const events = steps.flatMap(({ event }) => (event.type.startsWith('xstate.') ? [] : [event as WindowEvent]));
      const { standing, emitted } = run(events);
      expect(standing).to.deep.equal({ state: state.value, context: state.context });
      expect(emitted.filter(({ type }) => type === 'window.closed').length).to.equal(state.value === 'closed' ? 1 : 0);
      expect(emitted.filter(({ type }) => type === 'window.corrected').length).to.equal(state.context.corrections);
    }
  });
});
