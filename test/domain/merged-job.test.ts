/** What the Analyzer has merged, with both ways to merge summaries: each byte once, and whole again after a crash. */
import { expect } from 'chai';
import { MillraceError } from '../../src/domain/errors.js';
import { MergedJob } from '../../src/domain/merged-job.js';
import { type NewSummaryMerger, ReferenceMerger, type SummaryMerger } from '../../src/domain/summary/summary-merger.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { newKernelMerger } from '../support/merger-twins.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';
import { CONTENT, PLAN } from '../support/simulated-job.js';

const CHUNK_BYTES = 200;
const engines = createEngineTwins();
const CHUNKS = Array.from({ length: Math.ceil(CONTENT.length / CHUNK_BYTES) }, (_, index) => {
  const range = { start: index * CHUNK_BYTES, end: Math.min(CONTENT.length, (index + 1) * CHUNK_BYTES) };
  const report = engines.kernel({ bytes: memoryBytes(CONTENT), range, plan: planOf(PLAN) });
  return { chunk: { id: `c${index}`, file: 0, slot: null, ...range }, report };
});

const MERGERS: Readonly<Record<string, NewSummaryMerger>> = {
  reference: () => new ReferenceMerger(SUMMARY_PLAN),
  kernel: () => newKernelMerger(),
};

/** A merger that throws something else than an error of ours after its merge number `fatal`, counted from 1; once. */
function failingAt(fatal: number, newMerger: NewSummaryMerger): NewSummaryMerger {
  let merges = 0;
  return () => {
    const inner = newMerger();
    const merger: SummaryMerger = {
      merge: (encoded) => {
        inner.merge(encoded);
        merges += 1;
        if (merges === fatal) throw new Error('made to fail behind a merge');
      },
      encode: () => inner.encode(),
      read: () => inner.read(),
    };
    return merger;
  };
}

/** Everything that a report tells of. */
function allOf({ state }: MergedJob): object {
  const account = state.accounts[0];
  return {
    summary: Buffer.from(state.encodedSummary()).toString('hex'),
    receipt: state.coverage.receipt(),
    lines: account?.totalLines(),
    content: account?.content(),
    slowest: state.examples.slowest(),
  };
}

function settleAll(job: MergedJob): MergedJob {
  for (const { chunk, report } of CHUNKS) expect(job.settle(chunk, report).type).to.equal('merged');
  return job;
}

describe('domain/merged-job', () => {
  const expected = allOf(settleAll(new MergedJob(() => new ReferenceMerger(SUMMARY_PLAN), [CONTENT.length])));

  for (const [name, newMerger] of Object.entries(MERGERS)) {
    describe(`with the ${name}`, () => {
      const newJob = (makes = newMerger): MergedJob => new MergedJob(makes, [CONTENT.length]);

      it('merges all results, in any order', () => {
        const job = newJob();
        for (const { chunk, report } of CHUNKS.toReversed()) job.settle(chunk, report);

        expect(allOf(job)).to.deep.equal(expected);
        expect(job.state.summary.parts.totals.parsed).to.equal(400);
      });

      it('merges no result twice', () => {
        const job = newJob();
        for (const { chunk, report } of CHUNKS.slice(0, 3)) job.settle(chunk, report);
        const before = job.state.encodedSummary();

        for (const { chunk, report } of CHUNKS.slice(0, 3)) {
          expect(job.settle(chunk, report)).to.deep.equal({ type: 'duplicate' });
        }

        expect(job.state.encodedSummary()).to.deep.equal(before);
      });

      it('refuses what is damaged, anywhere in it, and is as it was', () => {
        const job = newJob();
        const intact: string[] = [];
        for (const { chunk, report } of CHUNKS.slice(0, 3)) {
          for (let at = 0; at < report.length; at += 1) {
            const cut = job.settle(chunk, report.slice(0, at));
            expect(cut.type).to.equal('refused');
            if (cut.type === 'refused') expect(cut.error).to.be.instanceOf(MillraceError);
          }
          intact.push(job.settle(chunk, report).type);
        }
        for (const { chunk, report } of CHUNKS.slice(3)) intact.push(job.settle(chunk, report).type);

        expect(intact.every((type) => type === 'merged')).to.equal(true);
        expect(allOf(job)).to.deep.equal(expected);
      });

      it('refuses a summary that is damaged in a result that is not, and takes the whole one after it', () => {
        const job = newJob();

        for (const { chunk, report } of CHUNKS) {
          const versionAt = Buffer.from(report).indexOf('MRS', 'latin1') + 3;
          const refused = job.settle(chunk, report.with(versionAt, 9));
          expect(refused.type === 'refused' && refused.error.code).to.equal('MR_ERR_SUMMARY_CORRUPT');
          expect(job.settle(chunk, report).type).to.equal('merged');
        }

        expect(allOf(job)).to.deep.equal(expected);
      });

      for (const fatal of [1, 2, 3, 40, 64, 65, 66, 100]) {
        it(`is whole again after a crash in merge ${fatal}, and merges on`, () => {
          const job = newJob(failingAt(fatal, newMerger));
          let crashes = 0;

          for (const { chunk, report } of CHUNKS) {
            try {
              job.settle(chunk, report);
            } catch {
              crashes += 1;
              expect(job.recovered().settle(chunk, report).type).to.equal('merged');
            }
          }

          expect(crashes).to.equal(1);
          expect(allOf(job)).to.deep.equal(expected);
        });
      }
    });
  }
});
