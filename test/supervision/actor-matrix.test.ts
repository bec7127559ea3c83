/** The supervision matrix, part one: {ways to fail} x {worker, coordinator, analyzer}, on the real actors. */
import { expect } from 'chai';
import { drawFault } from '../../src/domain/chaos.js';
import type { ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { failing, HANDLER_FAILURES, withChildren } from '../support/failing-behavior.js';
import { InlineDispatcher, type Misfortune } from '../support/inline-dispatcher.js';
import { CONTENT, PLAN, type SimulatedResult, simulateJob } from '../support/simulated-job.js';

const LINES = 400;

function dispatcher(misfortuneOf: (task: ChunkTask) => Misfortune = () => null): InlineDispatcher {
  return new InlineDispatcher(CONTENT, PLAN, misfortuneOf);
}

/** What must hold after any failure: everything counted once, all bytes settled, the digest of the undisturbed run. */
function expectWhole(result: SimulatedResult, undisturbed: SimulatedResult): void {
  const receipt = result.merged.state.coverage.receipt();
  expect(result.outcome).to.equal('completed');
  expect([receipt.complete, receipt.counted]).to.deep.equal([true, CONTENT.length]);
  expect(result.merged.state.accounts[0]?.lines('parsed')).to.equal(LINES);
  expect(result.context.lines).to.equal(LINES);
  const starts = result.source.settled.map(({ start }) => start);
  expect(new Set(starts).size).to.equal(starts.length);
  expect(result.digest).to.equal(undisturbed.digest);
  expect(result.changedBytes).to.deep.equal([]);
}

describe('supervision matrix: actors', () => {
  let undisturbed: SimulatedResult;

  before(async () => {
    undisturbed = await simulateJob({ dispatcher: dispatcher() });
    expect(undisturbed.merged.state.accounts[0]?.lines('parsed')).to.equal(LINES);
  });

  describe('worker', () => {
    for (const how of ['throws', 'rejects', 'rejects after stop', 'never answers', 'answers rubbish'] as const) {
      it(`that ${how} loses its chunk to a new worker, which scans it whole`, async () => {
        const isBad = ({ chunk, attempt }: ChunkTask): boolean => attempt === 1 && (chunk.start / 2000) % 3 === 0;
        const inline = dispatcher((task) => (isBad(task) ? how : null));

        const result = await simulateJob({ dispatcher: inline });

        expectWhole(result, undisturbed);
        const retried = inline.attempts.filter(({ attempt }) => attempt === 2);
        expect(retried.map(({ start }) => start).sort((a, b) => a - b)).to.deep.equal(
          inline.attempts
            .filter(({ start, attempt }) => attempt === 1 && (start / 2000) % 3 === 0)
            .map(({ start }) => start),
        );
        expect(result.context.retried).to.equal(retried.length);
      });
    }

    for (const how of HANDLER_FAILURES) {
      it(`whose handler ${how === 'policy throws' ? 'throws, and whose policy throws,' : how} is replaced by a new worker`, async () => {
        const fail = failing(how, 3, 2);
        const inline = dispatcher();

        const result = await simulateJob({
          dispatcher: inline,
          leaseMs: 20,
          wrap: (name, behavior) => (name === 'coordinator' ? withChildren(behavior, fail) : behavior),
        });

        expectWhole(result, undisturbed);
        expect(result.faults).to.deep.equal([]);
        // Twice at one chunk, it is split. One that throws after its scan began may still be counted, and is then not retried.
        const again = result.context.retried + result.context.split;
        expect(again).to.be.within(how === 'throws late' ? 0 : 2, 2);
      });
    }

    it('that always throws on one line leads to its quarantine', async () => {
      const evil = CONTENT.indexOf('Order 123 ');
      const lineStart = CONTENT.lastIndexOf('\n', evil) + 1;
      const inline = dispatcher(({ chunk, mode }) =>
        mode === 'parse' && chunk.start <= lineStart && lineStart < chunk.end ? 'throws' : null,
      );

      const result = await simulateJob({ dispatcher: inline });

      const [account] = result.merged.state.accounts;
      expect([account?.lines('parsed'), account?.lines('quarantined')]).to.deep.equal([LINES - 1, 1]);
      expect(result.merged.state.samples.of('quarantined').map(({ offset }) => offset)).to.deep.equal([lineStart]);
      expect(result.merged.state.coverage.receipt().complete).to.equal(true);
    });

    it('that can never read its chunk makes the job end degraded, with the range in the receipt', async () => {
      const inline = dispatcher(({ chunk }) => (chunk.start === 2000 ? 'answers rubbish' : null));

      const result = await simulateJob({ dispatcher: inline });

      const receipt = result.merged.state.coverage.receipt();
      expect(result.outcome).to.equal('degraded');
      expect(receipt.complete).to.equal(false);
      expect(receipt.abandoned.map(({ start, end }) => [start, end])).to.deep.equal([[2000, 4000]]);
      expect(inline.attempts.filter(({ start }) => start === 2000)).to.have.length(4);
    });
  });

  for (const name of ['coordinator', 'analyzer'] as const) {
    describe(name, () => {
      for (const how of HANDLER_FAILURES) {
        for (const every of [1, 2, 5, 11]) {
          it(`that ${how === 'policy throws' ? 'throws, and whose policy throws,' : how} at message ${every} is restarted, and its successor goes on`, async () => {
            const fail = failing(how, every, 1);

            const result = await simulateJob({
              dispatcher: dispatcher(),
              chunkBytes: 500, // so that much is still to do when it fails
              wrap: (which, behavior) => (which === name ? fail(behavior) : behavior),
            });

            expectWhole(result, undisturbed);
            expect(result.faults.map(([faulty]) => faulty)).to.deep.equal([name]);
          });
        }
      }

      it('that fails again and again is given up, and the job fails', async () => {
        const fail = failing('throws', 1, 100);

        const outcome = await simulateJob({
          dispatcher: dispatcher(),
          wrap: (which, behavior) => (which === name ? fail(behavior) : behavior),
        }).then(
          () => 'ended',
          (error: Error) => error.message,
        );

        expect(outcome).to.equal('MR_ERR_RESTART_BUDGET');
      });
    });
  }

  it('undoes a merge that was cut short in the middle', async () => {
    let merges = 0;
    const whole = Summary.prototype.merge;
    Summary.prototype.merge = function torn(this: Summary, other: Summary): void {
      merges += 1;
      whole.call(this, other);
      if (merges === 4) throw new Error('made to fail in the middle of a merge');
    };

    try {
      const result = await simulateJob({ dispatcher: dispatcher() });

      expectWhole(result, undisturbed);
      expect(result.faults.map(([faulty]) => faulty)).to.deep.equal(['analyzer']);
    } finally {
      Summary.prototype.merge = whole;
    }
  });

  it('changes nothing when workers, coordinator and analyzer fail together with duplicates', async () => {
    const chaos = { rates: { crash: 0, exit: 0, hang: 0, slow: 0, duplicate: 0.5 }, seed: 3 };
    const isDrawn = ({ chunk, attempt }: ChunkTask): boolean =>
      drawFault({ rates: { ...chaos.rates, crash: 0.4 }, seed: 9 }, chunk, attempt) === 'crash';
    const fails = { coordinator: failing('throws late', 11, 2), analyzer: failing('throws', 7, 2) };

    const result = await simulateJob({
      dispatcher: dispatcher((task) => (isDrawn(task) && task.attempt === 1 ? 'rejects' : null)),
      chaos,
      chunkBytes: 500,
      wrap: (name, behavior) => fails[name](behavior),
    });

    expectWhole(result, undisturbed);
    expect(result.faults).to.have.length(4);
    expect(result.context.duplicates).to.be.greaterThan(0);
  });
});
