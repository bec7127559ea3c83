/** Messages travel by reference, so nobody may change one: every simulated job runs with frozen messages. */
import { expect } from 'chai';
import type { ChunkParsed } from '../../src/actors/messages/analyzer.js';
import type { Behavior } from '../../src/actors/system.js';
import { InlineDispatcher } from '../support/inline-dispatcher.js';
import { CONTENT, PLAN, type SimulatedResult, simulateJob } from '../support/simulated-job.js';

function isResult(message: unknown): message is ChunkParsed {
  return typeof message === 'object' && message !== null && 'report' in message;
}

/** Runs a job whose Analyzer does something to the first result, after it has handled it. */
function simulateWith(change: (result: ChunkParsed) => void): Promise<SimulatedResult> {
  let isChanged = false;
  return simulateJob({
    dispatcher: new InlineDispatcher(CONTENT, PLAN, () => null),
    wrap: <State, Message>(_name: string, behavior: Behavior<State, Message>): Behavior<State, Message> => ({
      ...behavior,
      receive: (state, message, context) => {
        const next = behavior.receive(state, message, context);
        if (isChanged || !isResult(message)) return next;
        isChanged = true;
        change(message);
        return next;
      },
    }),
  });
}

describe('actors/messages', () => {
  it('are changed by nobody', async () => {
    const { faults, changedBytes } = await simulateWith(() => undefined);

    expect({ faults, changedBytes }).to.deep.equal({ faults: [], changedBytes: [] });
  });

  it('cannot be changed: whoever tries is at fault', async () => {
    const flat = await simulateWith((result) => Object.assign(result, { attempt: 9 }));
    const deep = await simulateWith(({ chunk }) => Object.assign(chunk, { start: 9 }));

    expect([flat.faults, deep.faults]).to.deep.equal([
      [['analyzer', 'MR_ERR_UNEXPECTED']],
      [['analyzer', 'MR_ERR_UNEXPECTED']],
    ]);
  });

  it('carry bytes that are changed by nobody unseen', async () => {
    const { changedBytes } = await simulateWith(({ report }) => report.fill(0));

    expect(changedBytes).to.deep.equal(['/supervisor/analyzer']);
  });
});
